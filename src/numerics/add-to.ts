/** out += c v, over the length of `out`. */
export function addTo(out: Float64Array, c: number, v: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += c * v[i];
}
