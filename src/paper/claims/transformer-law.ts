import { vmfMixture } from "../../laws/vmf-mixture.js";
import { drawAtoms, gaussianHeads, type HeadLaw } from "../../models/heads/gaussian-heads.js";
import { gaussianAttention } from "../../models/attention/gaussian-attention.js";
import { brownian } from "../../noise/brownian.js";
import { stream } from "../../noise/stream.js";
import { harmonicMoment } from "../../observables/harmonic-moment.js";
import { meanOverlap } from "../../observables/mean-overlap.js";
import { overlap } from "../../observables/overlap.js";
import { ensemble, meanAndError } from "../../studies/statistics.js";
import type { Evolution, Observable } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../../solvers/particles.js";
import { reached } from "../../../solvers/reached.js";
import { simulate } from "../../../solvers/simulate.js";
import { transformer } from "../../../solvers/transformer.js";
import { hypot } from "../../numerics/hypot.js";
import { judge, withinErrors, type Claim } from "../../studies/claim.js";
import type { Estimate } from "./estimate.js";

export interface TransformerLaw {
  readonly paths: number;
  readonly tokens?: number;
  readonly beta?: number;
  readonly heads?: number;
  readonly horizon?: number;
  readonly seed?: string;
}

const observables: Readonly<Record<string, Observable>> = {
  overlap: overlap(0, 1),
  "mean overlap": meanOverlap,
  "moment (2,0)": harmonicMoment(3, 2, 0),
};

export interface Means {
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
}

const SIGMA = 1 / Math.sqrt(3);

/** Means at the horizon of three observables over transformers of `layers` layers on S^2, eta^2 = H horizon / layers. */
export function transformerMeans(layers: number, options: TransformerLaw): Means {
  const { beta = 1, heads: H = 2, horizon = 0.5, seed = "in law", tokens = 8 } = options;
  const start = initial(`${seed}/transformer`, tokens);
  const evolution = transformer({
    heads: gaussianHeads({ dimension: 3, sigmaV: SIGMA, sigmaA: SIGMA, seed: `${seed}/transformer` }),
    headsPerLayer: H,
    eta: Math.sqrt((horizon * H) / layers),
    beta,
    initial: start,
  });
  return means(evolution, 1, layers, horizon, seed, options.paths);
}

/** The same means over the stochastic equation with fresh atoms every step, by Euler–Maruyama (weak order one). */
export function equationMeans(steps: number, options: TransformerLaw): Means {
  const { beta = 1, horizon = 0.5, seed = "in law", tokens = 8 } = options;
  const count = 2;
  const model = gaussianAttention({
    dimension: 3,
    beta,
    sigmaV: SIGMA,
    atoms: { count, redraw: (path, step) => drawAtoms(`${seed}/equation`, count, 3, SIGMA, path, step) },
  });
  const evolution = particles({ model, scheme: eulerMaruyama, initial: initial(`${seed}/equation`, tokens) });
  return means(evolution, model.channels, steps, horizon, `${seed}/equation`, options.paths);
}

function initial(seed: string, tokens: number) {
  const law = vmfMixture(3, [{ weight: 1, kappa: 1, mean: [0, 0, 1] }]);
  const source = stream(seed, "initial");
  return (path: number) => law.sample(tokens, source, path);
}

function means(
  evolution: Evolution,
  channels: number,
  steps: number,
  horizon: number,
  seed: string,
  paths: number,
): Means {
  const running = ensemble(Object.keys(observables).length);
  for (let path = 0; path < paths; path++) {
    const noise = brownian({ seed, path, channels, horizon, steps });
    reached(simulate({ evolution, noise, steps }));
    running.add(Object.values(observables).map((observable) => observable(evolution.law)));
  }
  return { mean: running.mean(), standardError: running.standardError() };
}

/** The heads of half as many layers: V = (V_1 + V_2) / sqrt 2 and A = A_1 of two layers, so again Gaussian heads. */
function everySecondLayer(heads: HeadLaw): HeadLaw {
  const other = { V: new Float64Array(9), A: new Float64Array(9) };
  return {
    ...heads,
    sample(path, layer, head, V, A) {
      heads.sample(path, 2 * layer + 1, head, other.V, other.A);
      heads.sample(path, 2 * layer, head, V, A);
      for (let e = 0; e < 9; e++) V[e] = (V[e] + other.V[e]) * Math.SQRT1_2;
    },
  };
}

/**
 * What twice as many layers change in the mean overlap, E f(L layers) - E f(2L layers), at the same time and with the same
 * weights as far as they go, which takes most of the noise away. At first order in eta^2 / H it is half the error of L layers.
 */
export function layerDifference(layers: number, options: TransformerLaw): Estimate {
  const { beta = 1, heads: H = 1, horizon = 4, seed = "layers", tokens = 8, paths } = options;
  const fine = gaussianHeads({ dimension: 3, sigmaV: SIGMA, sigmaA: SIGMA, seed });
  const start = initial(seed, tokens);
  const [coarse, twice] = (
    [
      [everySecondLayer(fine), layers],
      [fine, 2 * layers],
    ] as const
  ).map(([heads, count]) => {
    const eta = Math.sqrt((horizon * H) / count);
    const evolution = transformer({ heads, headsPerLayer: H, eta, beta, initial: start });
    return (path: number): number => {
      const noise = brownian({ seed, path, channels: 1, horizon, steps: count });
      reached(simulate({ evolution, noise, steps: count }));
      return meanOverlap(evolution.law);
    };
  });
  return meanAndError(Float64Array.from({ length: paths }, (_, path) => coarse(path) - twice(path)));
}

/** The error of the chain falls with eta^2 / H: what doubling 4 layers changes against what doubling 32 does, four standard errors around. */
export function fallingErrorClaims(options: TransformerLaw): Claim[] {
  const [few, many] = [4, 32].map((layers) => layerDifference(layers, options));
  const reach = 4 * hypot(few.standardError, many.standardError);
  const fall = Math.abs(few.mean) - Math.abs(many.mean);
  return [
    judge(
      "transformer, d = 3, n = 8, beta = 1, t = 4: |change of the mean overlap from 4 to 8 layers| - |from 32 to 64|",
      fall,
      [fall - reach, fall + reach],
      [0, 1],
    ),
  ];
}

/** Transformers at small eta^2 / H against the equation: every mean within 4 standard errors. */
export function transformerLawClaims(layers: number, options: TransformerLaw): Claim[] {
  const chain = transformerMeans(layers, options);
  const equation = equationMeans(layers, options);
  return Object.keys(observables).map((name, q) =>
    withinErrors(
      `transformer against the equation, d = 3, n = ${options.tokens ?? 8}, ${layers} layers: ${name}`,
      chain.mean[q] - equation.mean[q],
      hypot(chain.standardError[q], equation.standardError[q]),
    ),
  );
}
