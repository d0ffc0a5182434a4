import { stream } from "../../noise/stream.js";
import { planHarmonics } from "../../spectral/harmonics.js";
import type { Evolution } from "../../types.js";
import { milstein } from "../../../solvers/schemes/milstein.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
import { buildInitialLaw } from "../../config/build-initial.js";
import { buildModel } from "../../config/build-model.js";
import { buildNoise, givesArea } from "../../config/build-noise.js";
import { gridOf } from "../../config/build-evolution.js";
import type { Config } from "../../config/config.js";
import { agreeSettings, DEGREES, isSnapshot, lawObservables } from "./settings.js";

/** Error of the softmax sums of random tokens: four digits below the sampling error n^{-1/2} of the largest cloud. */
const TOKEN_TOLERANCE = 1e-7;

/** Tokens drawn on top of the maps. */
const SHOWN = 512;

/** Random tokens under the same noise. */
export interface TokenSide {
  readonly levels: readonly number[];
  /** [level][repetition][moment] at the horizon. */
  readonly moments: readonly (readonly Float64Array[])[];
  readonly times: readonly number[];
  /** Observables of the largest cloud, first repetition. */
  readonly observables: Readonly<Record<string, readonly number[]>>;
  /** [snapshot] points of a cloud of `SHOWN` tokens. */
  readonly shown: readonly Float64Array[];
}

/** Clouds of independent tokens of every size, moved by Milstein's scheme under the same noise. */
export function tokenSide(config: Config, onPath?: (done: number, total: number) => void): TokenSide {
  const { tokens: levels, repetitions, tokenSteps } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed, TOKEN_TOLERANCE);
  const law = buildInitialLaw(config.initial, model);
  const { horizon, steps: own, finest = own } = gridOf(config);
  const steps = tokenSteps ?? own;
  const { channels } = model;
  const source = stream(seed, "initial");
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const observe = lawObservables(config);

  const cloud = (n: number): Evolution & { repetition(r: number): void } => {
    let repetition = 0;
    const evolution = particles({
      model,
      scheme: milstein,
      initial: () => law.sample(n, source, repetition),
    });
    return { ...evolution, repetition: (r) => (repetition = r) };
  };

  const area = givesArea(config, cloud(levels[0]), { channels, steps: finest });
  const noise = buildNoise(config, { channels, horizon, steps: finest, area }, 0);

  let done = 0;
  const total = levels.reduce((s, n) => s + n, 0) * repetitions;
  let largest: { times: readonly number[]; values: Readonly<Record<string, readonly number[]>> } = {
    times: [],
    values: {},
  };
  const moments = levels.map((n, i) => {
    const evolution = cloud(n);
    return Array.from({ length: repetitions }, (_, r) => {
      evolution.repetition(r);
      const keeps = r === 0 && i === levels.length - 1;
      const trajectory = simulate({ evolution, noise, steps, area, observe: keeps ? observe : {} });
      if (keeps) largest = trajectory;
      const out = new Float64Array(harmonics.size);
      harmonics.moments(evolution.law, out);
      onPath?.((done += n), total);
      return out;
    });
  });

  const shown: Float64Array[] = [];
  const evolution = cloud(SHOWN);
  const keep = (step: number): void => {
    if (isSnapshot(step, steps)) shown.push(evolution.law.points.slice());
  };
  evolution.reset(0);
  keep(0);
  simulate({ evolution, noise, steps, area, onStep: keep });
  return { levels, moments, times: largest.times, observables: largest.values, shown };
}
