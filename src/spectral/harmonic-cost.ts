/**
 * Whether averages over n points at n tilts are cheaper by harmonics of this degree (degree-needed.ts) than by the
 * direct sum. The numbers are measured times of the inner loops for a barycentre, moments and sums, in nanoseconds; only
 * their ratio matters, and it hardly changes with the number of functions.
 */
export function harmonicIsCheaper(dimension: 2 | 3, count: number, degree: number): boolean {
  const harmonic = dimension === 2 ? 25 * (degree + 1) : 1.5 * (degree + 1) * (degree + 2);
  return harmonic + 60 < 25 * count;
}
