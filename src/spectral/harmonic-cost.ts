/** Measured times of the inner loops for a barycentre, in nanoseconds a point of the law: only ratios matter. */
export const COST = {
  /** The direct sum by products of matrices, in dimension 2 and 3. */
  pair: { 2: 3, 3: 2.5 },
  /** The direct sum point by point, for tilts of any length. */
  point: { 2: 25, 3: 25 },
} as const;

/**
 * Whether averages over n points at n tilts are cheaper by harmonics of this degree (degree-needed.ts) than by a direct sum
 * of that cost. It hardly changes with the number of functions.
 */
export function harmonicIsCheaper(
  dimension: 2 | 3,
  count: number,
  degree: number,
  direct: Readonly<Record<2 | 3, number>> = COST.pair,
): boolean {
  const harmonic = dimension === 2 ? 25 * (degree + 1) : 1.5 * (degree + 1) * (degree + 2);
  return harmonic + 60 < direct[dimension] * count;
}
