import { stream } from "../../noise/stream.js";
import { planHarmonics } from "../../spectral/harmonics.js";
import type { Evolution } from "../../types.js";
import { milstein } from "../../../solvers/schemes/milstein.js";
import { particles } from "../../../solvers/particles.js";
import { simulate, type Trajectory } from "../../../solvers/simulate.js";
import { buildInitialLaw } from "../../config/build-initial.js";
import { buildModel } from "../../config/build-model.js";
import { buildNoise, givesArea } from "../../config/build-noise.js";
import { gridOf } from "../../config/build-evolution.js";
import type { Config } from "../../config/config.js";
import type { Stop } from "../stop.js";
import { agreeSettings, DEGREES, isSnapshot, lawObservables } from "./settings.js";
import { stopOf, type SideOptions } from "./side.js";

/** Error of the softmax sums of random tokens: four digits below the sampling error n^{-1/2} of the largest cloud. */
const TOKEN_TOLERANCE = 1e-7;

/** Tokens drawn on top of the maps. */
const SHOWN = 512;

/** Random tokens under the same noise. */
export interface TokenSide {
  readonly levels: readonly number[];
  readonly repetitions: number;
  /** [level][repetition][moment] at the horizon: all repetitions of every level, or those until it ended early. */
  readonly moments: readonly (readonly Float64Array[])[];
  readonly times: readonly number[];
  /** Observables of the largest cloud, first repetition. */
  readonly observables: Readonly<Record<string, readonly number[]>>;
  /** [snapshot] points of a cloud of `SHOWN` tokens. */
  readonly shown: readonly Float64Array[];
  readonly stopped?: Stop;
}

/** Clouds of independent tokens of every size, moved by Milstein's scheme under the same noise. */
export function tokenSide(config: Config, { onProgress, stopping }: SideOptions = {}): TokenSide {
  const { tokens: levels, repetitions, tokenSteps: steps } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed, TOKEN_TOLERANCE);
  const law = buildInitialLaw(config.initial, model);
  const { horizon, steps: own, finest = own } = gridOf(config);
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

  const total = levels.reduce((s, n) => s + n, 0) * repetitions + SHOWN;
  const moments = levels.map((): Float64Array[] => []);
  let largest: Trajectory = { times: [], values: {} };
  let stopped: Stop | undefined;
  let [moved, done] = [0, 0];
  const through = (trajectory: Trajectory, n: number): boolean => {
    if (trajectory.stopped) {
      const of = levels.length * repetitions + 1;
      stopped = stopOf(trajectory.stopped, { done, of, unit: "clouds of tokens" });
      return false;
    }
    done++;
    onProgress?.((moved += n), total);
    return true;
  };

  const shown: Float64Array[] = [];
  const few = cloud(SHOWN);
  const keep = (step: number): void => {
    if (isSnapshot(step, steps)) shown.push(few.law.points.slice());
  };
  few.reset(0);
  keep(0);
  let going = through(simulate({ evolution: few, noise, steps, area, stopping, onStep: keep }), SHOWN);

  for (let i = 0; going && i < levels.length; i++) {
    const n = levels[i];
    const evolution = cloud(n);
    for (let r = 0; going && r < repetitions; r++) {
      evolution.repetition(r);
      const keeps = r === 0 && i === levels.length - 1;
      const trajectory: Trajectory = simulate({
        evolution,
        noise,
        steps,
        area,
        stopping,
        observe: keeps ? observe : {},
      });
      if (keeps) largest = trajectory;
      going = through(trajectory, n);
      if (going) {
        const out = new Float64Array(harmonics.size);
        harmonics.moments(evolution.law, out);
        moments[i].push(out);
      }
    }
  }
  return {
    levels,
    repetitions,
    moments,
    times: largest.times,
    observables: largest.values,
    shown,
    ...(stopped && { stopped }),
  };
}
