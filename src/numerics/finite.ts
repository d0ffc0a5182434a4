/**
 * Whether every number is one. A sum is finite only if its terms are; four of them at once, so that none waits for the one
 * before. Where large terms overflow, each is looked at by itself.
 */
export function allFinite(v: Float64Array): boolean {
  const whole = v.length - (v.length % 4);
  let s = 0;
  let t = 0;
  let u = 0;
  let w = 0;
  for (let i = 0; i < whole; i += 4) {
    s += v[i];
    t += v[i + 1];
    u += v[i + 2];
    w += v[i + 3];
  }
  for (let i = whole; i < v.length; i++) s += v[i];
  return Number.isFinite(s + t + (u + w)) || v.every(Number.isFinite);
}
