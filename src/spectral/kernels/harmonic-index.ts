/** Position of (l, m) among the coefficients on the sphere (d = 3): degree by degree, so lower degrees are a prefix. */
export const index = (l: number, m: number): number => l * l + l + m;

/** Position of (l, m), m = -l or l, among the coefficients on the circle (d = 2). */
export const circleIndex = (l: number, m: number): number => (l === 0 ? 0 : m < 0 ? 2 * l - 1 : 2 * l);

/** Number of harmonics of degree at most lmax: (lmax+1)^2 on the sphere, 2 lmax + 1 on the circle. */
export const harmonicCount = (dimension: 2 | 3, lmax: number): number =>
  dimension === 3 ? (lmax + 1) * (lmax + 1) : 2 * lmax + 1;

/** [size] degrees and orders of the coefficients, in their order. */
export function degreesAndOrders(
  dimension: 2 | 3,
  lmax: number,
): { readonly degrees: Int32Array; readonly orders: Int32Array } {
  const size = harmonicCount(dimension, lmax);
  const degrees = new Int32Array(size);
  const orders = new Int32Array(size);
  let position = 0;
  for (let l = 0; l <= lmax; l++) {
    const step = dimension === 3 || l === 0 ? 1 : 2 * l;
    for (let m = -l; m <= l; m += step) {
      degrees[position] = l;
      orders[position] = m;
      position++;
    }
  }
  return { degrees, orders };
}

/** Eigenvalue -l (l + d - 2) of the Laplace-Beltrami operator on S^{d-1}. */
export const laplacianEigenvalue = (dimension: number, l: number): number => -l * (l + dimension - 2);

/** Throws unless lmax is a non-negative integer. */
export function requireDegree(where: string, lmax: number): void {
  if (!Number.isInteger(lmax) || lmax < 0)
    throw new RangeError(`${where}: lmax must be a non-negative integer, got ${lmax}.`);
}
