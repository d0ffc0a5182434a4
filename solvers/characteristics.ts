import { wrap } from "../src/sphere/measure.js";
import type { Evolution, HarmonicTransform, Model, Scheme } from "../src/types.js";
import { movedPoints } from "./particles.js";

export interface Characteristics {
  readonly model: Model;
  readonly scheme: Scheme;
  readonly transform: HarmonicTransform;
  /** Initial density with respect to the surface measure. */
  readonly density: (x: Float64Array, offset: number) => number;
}

/**
 * The law by its characteristics: one particle on each quadrature node, with weight rho_0 * (quadrature weight), moved
 * by a particle scheme. Given the common noise the mean-field limit is a deterministic pushforward of the initial
 * density, so this is spectrally accurate in the number of nodes, and independent of the density solver. The quadrature
 * error of the mass is kept as it is and reported.
 */
export function characteristics({ model, scheme, transform, density }: Characteristics): Evolution {
  const { nodes, weights, count, dimension } = transform;
  const carried = Float64Array.from({ length: count }, (_, i) => weights[i] * density(nodes, i * dimension));
  const evolution = movedPoints(
    { model, scheme, initial: wrap(nodes.slice(), dimension, carried) },
    "quadrature",
  );
  const mass = carried.reduce((s, w) => s + w, 0);
  return { ...evolution, diagnostics: () => ({ ...evolution.diagnostics(), nodes: count, mass }) };
}
