/** |u|^2, <u, v> and |v|^2. */
export interface Products {
  readonly uu: number;
  readonly uv: number;
  readonly vv: number;
}

/**
 * Scalar products of two Gaussian vectors with correlation `cosine`: u = draws[from..] and v = cosine u + sine
 * draws[from+d..], d entries each. They are Wx and Wy for a Gaussian matrix W and unit vectors x, y at that cosine.
 */
export function correlatedProducts(draws: Float64Array, from: number, d: number, cosine: number): Products {
  const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  let [uu, uv, vv] = [0, 0, 0];
  for (let a = from; a < from + d; a++) {
    const u = draws[a];
    const v = cosine * u + sine * draws[a + d];
    uu += u * u;
    uv += u * v;
    vv += v * v;
  }
  return { uu, uv, vv };
}
