import { affine, type AffineField } from "../models/gallery/affine.js";
import { chooseBarycentres } from "../models/attention/choose-barycentres.js";
import { gaussianAttention } from "../models/attention/gaussian-attention.js";
import { drawAtoms } from "../models/heads/gaussian-heads.js";
import { noisyAttention } from "../models/attention/noisy-attention.js";
import { randomQuadraticForm } from "../models/gallery/random-quadratic-form.js";
import { rotation } from "../models/gallery/rotation.js";
import { sphericalBrownian } from "../models/gallery/spherical-brownian.js";
import type { Model } from "../types.js";
import type { ModelConfig } from "../config/config.js";

const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());

const fieldOf = ({
  matrix,
  offset,
}: Extract<ModelConfig, { name: "affine" }>["noise"][number]): AffineField => ({
  ...(matrix && { matrix: flat(matrix) }),
  ...(offset && { offset: Float64Array.from(offset) }),
});

/**
 * The model a configuration names. Its atoms are drawn from the stream "atoms" of the seed. `tolerance` replaces the
 * configuration's own, the error allowed in softmax sums by harmonics.
 */
export function buildModel(config: ModelConfig, seed: string, tolerance?: number): Model {
  switch (config.name) {
    case "rotation":
      return rotation(config.dimension, config.generator && flat(config.generator));
    case "spherical-brownian":
      return sphericalBrownian(config.dimension);
    case "random-quadratic-form":
      return randomQuadraticForm(config.dimension);
    case "affine": {
      const { name, dimension, calculus, drift, noise } = config;
      return affine({ name, dimension, calculus, drift: drift && fieldOf(drift), noise: noise.map(fieldOf) });
    }
    case "noisy-attention": {
      const { dimension, beta, coupling, attention } = config;
      return noisyAttention({ dimension, beta, coupling, sums: attention });
    }
    case "gaussian-attention": {
      const { dimension, beta, sigmaA = 0, freshAtoms, atoms } = config;
      return gaussianAttention({
        dimension,
        beta,
        barycentres: chooseBarycentres(config.attention, tolerance ?? config.tolerance),
        sigmaV: config.sigmaV ?? 1 / Math.sqrt(dimension),
        atoms:
          atoms === "fresh"
            ? {
                count: freshAtoms,
                redraw: (path, step) => drawAtoms(seed, freshAtoms, dimension, sigmaA, path, step + 1),
              }
            : typeof atoms === "number"
              ? drawAtoms(seed, atoms, dimension, sigmaA)
              : atoms.map(flat),
      });
    }
  }
}

/** What a reader of the result must know of the model. */
export function describeModel(config: ModelConfig, model: Model): Record<string, number | string> {
  const facts: Record<string, number | string> = {
    model: model.name,
    calculus: model.calculus,
    channels: model.channels,
  };
  if (config.name === "gaussian-attention") {
    if (config.sigmaA !== undefined) {
      facts.effectiveBeta = config.beta * config.dimension * config.sigmaA * config.sigmaA;
    }
    if (config.atoms === "fresh") {
      facts.atoms = "fresh every step: right in law only, not path by path";
    }
  }
  return facts;
}
