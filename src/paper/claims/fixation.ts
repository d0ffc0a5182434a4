import { gaussianAttention } from "../../models/attention/gaussian-attention.js";
import { randomQuadraticForm } from "../../models/gallery/random-quadratic-form.js";
import { brownian } from "../../noise/brownian.js";
import { arcsineLaw } from "../../exact/overlap/arcsine-law.js";
import { pairAt, pairOverlap } from "../../exact/overlap/token-pair.js";
import type { Model } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../../solvers/particles.js";
import { reached } from "../../../solvers/reached.js";
import { simulate } from "../../../solvers/simulate.js";
import { withinErrors, type Claim } from "../../studies/claim.js";
import { lowTemperaturePair, type Factors } from "./low-temperature-pair.js";

/** A path has settled once 1 - |R| is below this; arcsin R is then 0.0014 from its end. */
const SETTLED = 1e-6;

/** The starting overlaps of the claims. */
export const STARTS = [-0.6, -0.2, 0.2, 0.6] as const;

/** Runs path number `path` from overlap R_0 until it settles, and says where it did (the last overlap otherwise). */
export type Settle = (R0: number, path: number) => number;

/** Two particles of a model by Euler–Maruyama until they settle or the horizon comes. `Stopped` where a path ends early. */
export function settleParticles(model: Model, horizon: number, steps: number, seed: string): Settle {
  return (R0, path) => {
    const evolution = particles({ model, scheme: eulerMaruyama, initial: pairAt(model.dimension, R0) });
    const noise = brownian({ seed, path, channels: model.channels, horizon, steps });
    let R = R0;
    const settled = (): boolean => {
      R = pairOverlap(evolution.law);
      return 1 - Math.abs(R) < SETTLED;
    };
    reached(simulate({ evolution, noise, steps, every: steps, onStep: settled }));
    return R;
  };
}

/** Two tokens at zero temperature in a background that fills the sphere; keys random rotations (c = 0) unless given. */
export function settleTokens(dimension: number, eta: number, seed: string, factors: Factors = 0): Settle {
  const draw = lowTemperaturePair({ dimension, factors, seed });
  return (R0, path) => {
    let R = R0;
    for (let layer = 0; layer < 1e6 && 1 - Math.abs(R) >= SETTLED; layer++)
      R = draw(path, layer, R).next(eta);
    return R;
  };
}

export interface Share {
  /** Share of the paths that settled at R = 1. */
  readonly share: number;
  /** What the law says of it. */
  readonly expected: number;
  /** Binomial standard error at the expected share. */
  readonly standardError: number;
}

/**
 * The share of `paths` independent paths from R_0 that end at R = 1, beside what `law` (arcsine unless given) says of it;
 * `first` numbers the first path, so that every start has fresh ones. A RangeError if a path has not settled.
 */
export function settledShare(
  settle: Settle,
  start: number,
  paths: number,
  { first = 0, law = arcsineLaw }: { readonly first?: number; readonly law?: (R0: number) => number } = {},
): Share {
  let up = 0;
  for (let path = first; path < first + paths; path++) {
    const R = settle(start, path);
    if (!(1 - Math.abs(R) < 10 * SETTLED))
      throw new RangeError(`fixation: path ${path} from ${start} is at ${R} at the horizon; want it longer`);
    if (R > 0) up++;
  }
  const expected = law(start);
  return { share: up / paths, expected, standardError: Math.sqrt((expected * (1 - expected)) / paths) };
}

/** The problems in which arcsin R is a martingale at any dimension given here. */
export function fixationProblems(seed: string): { name: string; settle: Settle }[] {
  const heads = gaussianAttention({
    dimension: 2,
    beta: 0,
    sigmaV: Math.SQRT1_2,
    atoms: [new Float64Array(4)],
  });
  return [
    {
      name: "two particles, Gaussian heads, beta = 0, d = 2",
      settle: settleParticles(heads, 256, 2048, `${seed}, heads`),
    },
    ...[2, 3].map((d) => ({
      name: `two particles, random quadratic form, d = ${d}`,
      settle: settleParticles(randomQuadraticForm(d), 32, 2048, `${seed}, form ${d}`),
    })),
    {
      name: "two tokens at zero temperature, keys rotations, d = 8",
      settle: settleTokens(8, 0.25, `${seed}, rotations`),
    },
  ];
}

/** P(R -> 1) = 1/2 + arcsin(R_0)/pi within four standard errors, at R_0 = ±0.2, ±0.6. */
export function* fixationClaims(size: "quick" | "full", seed = "fixation"): Generator<Claim> {
  const paths = size === "quick" ? 400 : 8000;
  for (const { name, settle } of fixationProblems(seed)) {
    for (const [s, start] of STARTS.entries()) {
      const { share, expected, standardError } = settledShare(settle, start, paths, { first: s * paths });
      yield withinErrors(
        `P(R -> 1), ${name}, R_0 = ${start}: ${share.toFixed(4)} of ${paths} paths, 1/2 + arcsin(R_0)/pi = ${expected.toFixed(4)}`,
        share - expected,
        standardError,
      );
    }
  }
}
