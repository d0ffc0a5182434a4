import { chebyshev } from "../../numerics/chebyshev.js";
import { normalQuadrature } from "../../numerics/gauss-hermite.js";
import { chiSquareQuadrature } from "../../numerics/gauss-laguerre.js";
import type { HeadLaw } from "../../models/heads/law.js";
import { wrap } from "../../sphere/measure.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { pairOverlap, placePair } from "./token-pair.js";
import { transitionMatrix } from "./transition-matrix.js";

/** Two tokens of Gaussian heads at beta = 0, sigma_V^2 = 1/d: overlap at the start and time on the diffusive clock. */
export interface TwoTokens {
  readonly dimension: number;
  readonly start: number;
  readonly time: number;
}

/** How finely a layer is integrated: nodes a Gaussian number, degree of the polynomials in the overlap. */
export interface Resolution {
  readonly nodes: number;
  readonly degree: number;
}

/** In high dimension every Gaussian number matters less. The finer one is the value, their difference its error. */
export const resolutions = (d: number): readonly [Resolution, Resolution] =>
  d < 8
    ? [
        { nodes: 6, degree: 24 },
        { nodes: 8, degree: 32 },
      ]
    : [
        { nodes: 4, degree: 18 },
        { nodes: 5, degree: 24 },
      ];

/**
 * E R and E R^2 after `layers` layers of the transformer itself with eta^2/H = time / layers, no statistical error. At
 * beta = 0 a layer adds (eta/H) sum_h V_h xbar to both tokens, and with xbar along the first axis only the first column
 * of the sum counts: two Gaussian entries in the tokens' plane and one length, of a chi-square variable, across it. They
 * are integrated by quadrature from every Chebyshev point in R; H heads of variance 1/d are one of variance 1/(dH).
 */
export function chainMoments(
  tokens: TwoTokens,
  layers: number,
  resolution: Resolution = resolutions(tokens.dimension)[1],
): { first: number; second: number } {
  const nodes = chebyshev(resolution.degree);
  const { points, basis } = nodes;
  const layer = integratedLayer(tokens.dimension, Math.sqrt(tokens.time / layers), resolution.nodes);
  const matrix = transitionMatrix(nodes, layer);
  const n = points.length;
  const at = new Float64Array(n);
  basis(tokens.start, at);
  const mean = (f: (R: number) => number): number => {
    let values: Float64Array = points.map(f);
    for (let l = 0; l < layers; l++) {
      const old = values;
      values = old.map((_, i) => old.reduce((s, v, j) => s + matrix[i * n + j] * v, 0));
    }
    return values.reduce((s, v, j) => s + at[j] * v, 0);
  };
  return { first: mean((R) => R), second: mean((R) => R * R) };
}

/** One layer of step eta from overlap R: lands on every node of the quadrature over the column of V that counts. */
function integratedLayer(d: number, eta: number, nodes: number) {
  const normal = normalQuadrature(nodes);
  const across = d > 2 ? chiSquareQuadrature(d - 2, nodes) : { nodes: [0], weights: [1] };
  const column = new Float64Array(Math.min(d, 3));
  const heads: HeadLaw = {
    name: "quadrature",
    dimension: d,
    sample(_path, _layer, _head, V) {
      V.fill(0);
      column.forEach((v, a) => (V[a * d] = v / Math.sqrt(d)));
    },
  };
  const initial = wrap(new Float64Array(2 * d).fill(Math.sqrt(1 / d)), d);
  const chain = transformer({ heads, headsPerLayer: 1, eta, beta: 0, initial });
  const interval = noiseless(0, 0);
  return (R: number, land: (weight: number, place: number) => void): void => {
    for (let p = 0; p < nodes; p++) {
      for (let q = 0; q < nodes; q++) {
        for (let r = 0; r < across.nodes.length; r++) {
          column[0] = normal.nodes[p];
          column[1] = normal.nodes[q];
          if (d > 2) column[2] = Math.sqrt(across.nodes[r]);
          placePair(R, chain.law);
          chain.advance(interval);
          land(normal.weights[p] * normal.weights[q] * across.weights[r], pairOverlap(chain.law));
        }
      }
    }
  };
}
