import { brownianRotations } from "../models/gallery/brownian-rotations.js";
import { defineModel } from "../models/define-model.js";
import { gaussianAttention } from "../models/attention/gaussian-attention.js";
import { drawAtoms } from "../models/heads/gaussian-heads.js";
import { randomQuadraticForm } from "../models/gallery/random-quadratic-form.js";
import { uniformLaw } from "../laws/uniform.js";
import { pointsLaw } from "../laws/points.js";
import { stream } from "../noise/stream.js";
import type { Measure, Model } from "../types.js";

/** An equation whose fields do not commute, with a start, a horizon and levels at which errors are asymptotic. */
export interface OrderProblem {
  readonly name: string;
  readonly model: Model;
  readonly initial: Measure;
  readonly horizon: number;
}

/** Tokens of attention problems. */
const TOKENS = 8;

const tokens = (dimension: number): Measure =>
  uniformLaw(dimension).sample(TOKENS, stream("order problems", "initial"), dimension);

/** Gaussian attention at beta = 1 with M fixed atoms of effective inverse temperature about one. */
export function attentionProblem(dimension: number, atoms: number): OrderProblem {
  const sigma = 1 / Math.sqrt(dimension);
  return {
    name: `gaussian attention, d = ${dimension}, M = ${atoms}, n = ${TOKENS}`,
    model: gaussianAttention({
      dimension,
      beta: 1,
      sigmaV: sigma,
      atoms: drawAtoms("order problems", atoms, dimension, sigma),
    }),
    initial: tokens(dimension),
    horizon: 0.25,
  };
}

/** Two tokens of the random quadratic form; its noise is strong (2 dB in the overlap), so its horizon is short. */
export function quadraticFormProblem(dimension: number): OrderProblem {
  return {
    name: `random quadratic form, d = ${dimension}`,
    model: randomQuadraticForm(dimension),
    initial: tokens(dimension),
    horizon: 0.125,
  };
}

/** Random rotations of one particle of R^3 from (0, 0, 1). */
export function rotationsProblem(): OrderProblem {
  return {
    name: "random rotations in R^3",
    model: brownianRotations(),
    initial: pointsLaw([[0, 0, 1]], undefined, "euclidean").sample(1, stream("order problems", "initial"), 0),
    horizon: 1,
  };
}

/**
 * A model as a user would write it, without derivatives: tokens on S^2 drawn to their mean m and pushed along fields that
 * depend on it, g_1 = m x x and g_2 = (1 + <m, x>) e_1.
 */
export function definedProblem(): OrderProblem {
  const model = defineModel({
    name: "mean-and-twist",
    dimension: 3,
    statistic: {
      size: 3,
      of(law, m) {
        m.fill(0);
        for (let i = 0; i < law.count; i++)
          for (let a = 0; a < 3; a++) m[a] += law.weights[i] * law.points[3 * i + a];
      },
    },
    drift: (_x, out, m) => out.set(m),
    noise: [
      (x, out, m) => {
        out[0] = m[1] * x[2] - m[2] * x[1] - x[1];
        out[1] = m[2] * x[0] - m[0] * x[2] + x[0];
        out[2] = m[0] * x[1] - m[1] * x[0];
      },
      (x, out, m) => {
        out[0] = 0.7 * (1 + m[0] * x[0] + m[1] * x[1] + m[2] * x[2]);
      },
    ],
  });
  return { name: "user-defined interacting model", model, initial: tokens(3), horizon: 0.25 };
}
