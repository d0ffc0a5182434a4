import { checkOptions } from "../../numerics/options.js";
import { stream } from "../../noise/stream.js";
import { independentHeads, product } from "./independent-heads.js";
import type { HeadLaw } from "./law.js";

export type { HeadLaw, HeadMoments } from "./law.js";

export interface GaussianHeads {
  readonly dimension: number;
  /** V_ij ~ N(0, sigmaV^2) */
  readonly sigmaV: number;
  /** A = W W'^T with W_ij, W'_ij ~ N(0, sigmaA^2), all independent. */
  readonly sigmaA: number;
  readonly seed: string;
}

/** Gaussian heads (G) of arXiv:2604.01978: V and the two factors of A with independent centred Gaussian entries. */
export function gaussianHeads(options: GaussianHeads): HeadLaw {
  checkOptions("gaussianHeads", options, {
    dimension: "whole",
    sigmaV: "number",
    sigmaA: "number",
    seed: "string",
  });
  const { dimension, sigmaV, sigmaA, seed } = options;
  return independentHeads({ dimension, V: { sigma: sigmaV }, A: { sigma: sigmaA }, seed });
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
