import type { InitialLaw } from "./law.js";
import { checkCount, checkDimension } from "./law.js";
import { pointsLaw } from "./points.js";

/** Dimensions that n unit vectors span whose overlaps are all gamma. */
export function simplexRank(n: number, gamma: number): number {
  if (gamma === 1) return 1;
  return isRegular(n, gamma) ? Math.max(1, n - 1) : n;
}

/** The least overlap that n unit vectors can share. */
const lowestOverlap = (n: number): number => (n > 1 ? -1 / (n - 1) : -1);

/** Whether they are the corners of the regular simplex. */
const isRegular = (n: number, gamma: number): boolean => gamma < lowestOverlap(n) + 1e-12;

/**
 * n unit vectors of R^d whose overlaps are all gamma: the rows of the Cholesky factor of (1-gamma) I + gamma 11^T, in
 * closed form. Such vectors exist for -1/(n-1) <= gamma <= 1 and n <= d, for n = d+1 only at gamma = -1/(n-1) (the regular
 * simplex), and for any n at gamma = 1; anything else is a RangeError that says so.
 */
export function simplexLaw(dimension: number, n: number, gamma: number): InitialLaw {
  checkDimension("simplexLaw", dimension);
  checkCount("simplexLaw", n);
  const lowest = lowestOverlap(n);
  if (!(gamma >= lowest - 1e-12 && gamma <= 1))
    throw new RangeError(
      `simplexLaw: gamma is ${gamma}; ${n} vectors can share overlaps from ${lowest} to 1`,
    );
  const rank = simplexRank(n, gamma);
  if (rank > dimension)
    throw new RangeError(
      `simplexLaw: ${n} vectors with overlaps ${gamma} span ${rank} dimensions, more than the ${dimension} there are`,
    );
  const rows = Array.from({ length: n }, () => new Array<number>(dimension).fill(0));
  for (let j = 0; j < rank; j++) {
    const below = j === 0 ? 1 - gamma : 1 + (j - 1) * gamma;
    const diagonal = j === 0 ? 1 : Math.sqrt(((1 - gamma) * (1 + j * gamma)) / below);
    rows[j][j] = diagonal;
    for (let i = j + 1; i < n; i++) rows[i][j] = j === 0 ? gamma : (gamma * (1 - gamma)) / below / diagonal;
  }
  return { ...pointsLaw(rows), name: "simplex" };
}
