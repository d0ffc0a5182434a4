import type { LayerStep } from "../../models/attention/corrector.js";
import type { HeadLaw } from "../../models/heads/gaussian-heads.js";
import { wrap } from "../../sphere/measure.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { atan2 } from "../../numerics/arctangent.js";
import { cos, sin } from "../../numerics/sine-cosine.js";
import type { Periodic } from "./periodic.js";
import type { PairStep } from "./twisted.js";

/** Finitely many weighted heads in place of a law of them: the nodes of a quadrature. */
export interface HeadNodes {
  /** Sum to one. */
  readonly weights: Float64Array;
  /** Writes the head of node q for tokens at angles 0 and delta. */
  head(q: number, delta: number, V: Float64Array, A: Float64Array): void;
}

/**
 * One layer of the random transformer (H = 1, `solvers/transformer.ts` itself) as an operator on functions of two tokens
 * on the circle: its expectation over the heads is a sum over their nodes, with no statistical error.
 */
export function chainStep(
  nodes: HeadNodes,
  grid: Periodic,
  eta: number,
  beta: number,
  layerStep: LayerStep = "ambient",
): PairStep {
  const N = grid.nodes.length;
  let delta = 0;
  const law: HeadLaw = {
    name: "quadrature",
    dimension: 2,
    sample: (q, _layer, _head, V, A) => nodes.head(q, delta, V, A),
  };
  const chain = transformer({
    heads: law,
    headsPerLayer: 1,
    eta,
    beta,
    layerStep,
    initial: wrap(Float64Array.of(1, 0, 1, 0), 2),
  });
  const x = chain.law.points;
  const row = new Float64Array(N);
  const overlap = new Float64Array(N * N);
  const re = new Float64Array(N * N);
  const im = new Float64Array(N * N);
  grid.nodes.forEach((node, i) => {
    delta = node;
    const cosine = cos(node);
    const sine = sin(node);
    for (let q = 0; q < nodes.weights.length; q++) {
      x[0] = 1;
      x[1] = 0;
      x[2] = cosine;
      x[3] = sine;
      chain.advance(noiseless(q, 0));
      grid.basis(atan2(x[0] * x[3] - x[1] * x[2], x[0] * x[2] + x[1] * x[3]), row);
      const w = nodes.weights[q];
      const c = w * x[0];
      const s = w * x[1];
      for (let j = 0, e = i * N; j < N; j++, e++) {
        overlap[e] += w * row[j];
        re[e] += c * row[j];
        im[e] += s * row[j];
      }
    }
  });
  return { overlap, position: { re, im } };
}
