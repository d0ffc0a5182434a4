import { stream } from "../noise/stream.js";

/** A law of attention heads theta = (V, A), sampled by (path, layer, head): the same triple gives the same head. */
export interface HeadLaw {
  readonly name: string;
  /** d */
  readonly dimension: number;
  /** Writes V[d,d] and A[d,d], row by row. */
  sample(path: number, layer: number, head: number, V: Float64Array, A: Float64Array): void;
}

export interface GaussianHeads {
  readonly dimension: number;
  /** V_ij ~ N(0, sigmaV^2) */
  readonly sigmaV: number;
  /** A = W W'^T with W_ij, W'_ij ~ N(0, sigmaA^2), all independent. */
  readonly sigmaA: number;
  readonly seed: string;
}

/** Gaussian heads (G) of arXiv:2604.01978: V and the two factors of A with independent centred Gaussian entries. */
export function gaussianHeads({ dimension: d, sigmaV, sigmaA, seed }: GaussianHeads): HeadLaw {
  const weights = stream(seed, "weights");
  const dd = d * d;
  const draws = new Float64Array(3 * dd);
  return {
    name: "gaussian",
    dimension: d,
    sample(path, layer, head, V, A) {
      weights.normals(path, layer, draws, head * 3 * dd);
      for (let e = 0; e < dd; e++) V[e] = sigmaV * draws[e];
      product(draws, dd, d, sigmaA * sigmaA, A);
    },
  };
}

/** A = scale * W W'^T, W and W' row by row from `offset` in draws. */
function product(draws: Float64Array, offset: number, d: number, scale: number, A: Float64Array): void {
  const primed = offset + d * d;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let s = 0;
      for (let c = 0; c < d; c++) s += draws[offset + a * d + c] * draws[primed + b * d + c];
      A[a * d + b] = scale * s;
    }
  }
}

/**
 * M key matrices A = W W'^T with N(0, sigmaA^2) factors from the stream "atoms": the Monte Carlo discretization of the
 * law of A. They belong to the definition of the noise and stay fixed for a whole run; `draw` numbers independent sets.
 */
export function drawAtoms(
  seed: string,
  count: number,
  dimension: number,
  sigmaA: number,
  path = 0,
  draw = 0,
): Float64Array[] {
  const atoms = stream(seed, "atoms");
  const d = dimension;
  const draws = new Float64Array(2 * d * d);
  return Array.from({ length: count }, (_, m) => {
    atoms.normals(path, draw, draws, m * 2 * d * d);
    const A = new Float64Array(d * d);
    product(draws, 0, d, sigmaA * sigmaA, A);
    return A;
  });
}
