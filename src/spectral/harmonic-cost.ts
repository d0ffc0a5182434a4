/**
 * Whether averages over n points at n tilts are cheaper by harmonics of this degree than by the direct sum, from the
 * measured time of the inner loops (nanoseconds; only their ratio matters).
 */
export function harmonicIsCheaper(dimension: 2 | 3, count: number, degree: number): boolean {
  const directPair = 15;
  const degreeTerm = 8;
  const terms = dimension === 2 ? degree + 1 : ((degree + 1) * (degree + 2)) / 2;
  return degreeTerm * terms + 20 * (degree + 20) < directPair * count;
}
