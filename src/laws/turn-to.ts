/**
 * In place: the orthogonal map that takes e_1 to `mean`: the first coordinate times -s, then the reflection along
 * mean + s e_1, s the sign of mean_1 (so nothing cancels).
 */
export function turnTo(mean: Float64Array, x: Float64Array): void {
  const s = mean[0] < 0 ? -1 : 1;
  x[0] *= -s;
  let dot = s * x[0];
  for (let a = 0; a < x.length; a++) dot += mean[a] * x[a];
  const c = dot / (1 + Math.abs(mean[0]));
  for (let a = 0; a < x.length; a++) x[a] -= c * mean[a];
  x[0] -= c * s;
}
