/** Measured times of the direct sum for a barycentre, in nanoseconds a point of the law: only ratios matter. */
export const COST = {
  /** By products of matrices, in dimension 2 and 3. */
  pair: { 2: 3.1, 3: 3.3 },
  /** Point by point, for tilts of any length. */
  point: { 2: 25, 3: 25 },
} as const;

/**
 * Whether averages over n points at n tilts are cheaper by harmonics of this degree (degree-needed.ts) than by a direct sum
 * of that cost. Harmonics take 17 (degree + 1) + 160 ns a tilt on the circle and 0.65 (degree + 1) (degree + 2) + 190 on the
 * sphere for a barycentre, and twice the share for a derivative: the mean of both counts.
 */
export function harmonicIsCheaper(
  dimension: 2 | 3,
  count: number,
  degree: number,
  direct: Readonly<Record<2 | 3, number>> = COST.pair,
): boolean {
  const harmonic = dimension === 2 ? 25 * (degree + 1) + 220 : 0.9 * (degree + 1) * (degree + 2) + 270;
  return harmonic < direct[dimension] * count;
}
