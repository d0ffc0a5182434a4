/**
 * The Euclidean norm, by operations that every engine rounds alike: scaled by the largest entry, so that nothing overflows
 * or vanishes on the way, and summed with Kahan's compensation. Infinite where an entry is, whatever the others.
 */
export function hypot(...values: readonly number[]): number {
  let largest = 0;
  let unknown = false;
  for (const v of values) {
    if (Number.isNaN(v)) unknown = true;
    else if (Math.abs(v) > largest) largest = Math.abs(v);
  }
  if (largest === Infinity) return Infinity;
  if (unknown) return NaN;
  if (largest === 0) return 0;
  let sum = 0;
  let lost = 0;
  for (const v of values) {
    const scaled = Math.abs(v) / largest;
    const term = scaled * scaled - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
  }
  return Math.sqrt(sum) * largest;
}
