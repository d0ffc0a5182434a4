/** Running mean and covariance of vectors, one call of `add` per path (Welford): for means that share their noise. */
export interface Covariance {
  readonly count: number;
  add(values: ArrayLike<number>): void;
  /** [size] */
  mean(): Float64Array;
  /** [size,size]: the covariance of the means, unbiased; infinite below two paths. */
  ofMeans(): Float64Array;
}

export function covariance(size: number): Covariance {
  const mean = new Float64Array(size);
  const products = new Float64Array(size * size);
  const before = new Float64Array(size);
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(values) {
      count++;
      for (let i = 0; i < size; i++) {
        before[i] = values[i] - mean[i];
        mean[i] += before[i] / count;
      }
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) products[i * size + j] += before[i] * (values[j] - mean[j]);
    },
    mean: () => mean.slice(),
    ofMeans: () => products.map((s) => (count < 2 ? Infinity : s / (count - 1) / count)),
  };
}
