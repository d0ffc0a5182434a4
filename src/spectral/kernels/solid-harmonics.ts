/**
 * The recursion behind pointwise harmonics in d = 3: Y_{l,m} = Q_lm(z) Re (x+iy)^m, Y_{l,-m} = Q_lm(z) Im (x+iy)^m with
 *   Q_{l+1,m} = rise z Q_lm - fall Q_{l-1,m},  rise = 1/eps_{l+1,m}, fall = eps_lm/eps_{l+1,m}
 * (eps as in legendre.ts): polynomials in the coordinates, no angles, no pole. The largest, Q_lm(1) at m = l/sqrt(5), grows
 * like the golden ratio to the power l: doubles carry it to degree 1400.
 */
export interface SolidRecursion {
  readonly lmax: number;
  /** [lmax+1] Q_mm */
  readonly diagonal: Float64Array;
  /** The step from l to l+1 at order m stands at steps[start[m] + 2 (l - m)]: rise, fall. */
  readonly start: Int32Array;
  readonly steps: Float64Array;
}

export const LARGEST_SOLID_DEGREE = 1400;

export function planSolidRecursion(lmax: number): SolidRecursion {
  if (!(lmax <= LARGEST_SOLID_DEGREE))
    throw new RangeError(`Pointwise harmonics: lmax must be at most ${LARGEST_SOLID_DEGREE}, got ${lmax}.`);
  const start = new Int32Array(lmax + 1);
  for (let m = 1; m <= lmax; m++) start[m] = start[m - 1] + 2 * (lmax - m + 2);
  const steps = new Float64Array(start[lmax] + 2);
  const diagonal = new Float64Array(lmax + 1);
  for (let m = 0; m <= lmax; m++) {
    diagonal[m] =
      m === 0
        ? Math.sqrt(1 / (4 * Math.PI))
        : m === 1
          ? Math.sqrt(3 / (4 * Math.PI))
          : diagonal[m - 1] * Math.sqrt((2 * m + 1) / (2 * m));
    for (let l = m; l <= lmax; l++) {
      const above = (4 * (l + 1) * (l + 1) - 1) / ((l + 1 - m) * (l + 1 + m));
      steps[start[m] + 2 * (l - m)] = Math.sqrt(above);
      steps[start[m] + 2 * (l - m) + 1] =
        l === 0 ? 0 : Math.sqrt((above * (l - m) * (l + m)) / (4 * l * l - 1));
    }
  }
  return { lmax, diagonal, start, steps };
}
