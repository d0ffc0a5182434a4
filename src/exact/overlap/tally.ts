/** Running means of many numbers over samples, with their standard errors. */
export function tally(size: number) {
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  return {
    add(e: number, value: number): void {
      sum[e] += value;
      squares[e] += value * value;
    },
    result(count: number): [Float64Array, Float64Array] {
      const mean = sum.map((v) => v / count);
      const error = squares.map((v, e) =>
        Math.sqrt(Math.max(0, v / count - mean[e] * mean[e]) / (count - 1)),
      );
      return [mean, error];
    },
  };
}
