import { allFinite } from "../src/numerics/finite.js";
import { gridTime } from "../src/numerics/grid-time.js";
import { checkOptions, maybe } from "../src/numerics/options.js";
import { EVOLUTION, NOISE } from "../src/numerics/shapes.js";
import { Stopped } from "../src/numerics/stopped.js";
import type { CommonNoise, Evolution, Interval, Observable } from "../src/types.js";
import { AREA_CHOICES, handsArea, type AreaChoice } from "./area.js";
import { recordSeries } from "./record-series.js";

export { Stopped };

export interface Simulation<Name extends string = string> {
  readonly evolution: Evolution;
  readonly noise: CommonNoise;
  /** Uniform steps on [0, noise.horizon]. */
  readonly steps: number;
  /**
   * Whether the evolution is given the noise's Lévy areas: "auto" (unless given) where its scheme needs them and the noise
   * has them, "full" or true always, "none" or false never. Its diagnostics say the order it has without.
   */
  readonly area?: AreaChoice | boolean;
  /** Numbers to read off the law, by name. */
  readonly observe?: Readonly<Record<Name, Observable>>;
  /** Observe every so many steps (and at the start and the end); 1 unless given. */
  readonly every?: number;
  /** Asked after every step: true ends the run there. */
  readonly stopping?: () => boolean;
  /** Called after every step with its number, from 1; after it returns true the run stops there. */
  readonly onStep?: (step: number, time: number) => boolean | void;
}

export interface Trajectory<Name extends string = string> {
  /** Times of observation, the last one exactly the horizon. */
  readonly times: readonly number[];
  /** One series per observable, by the names observed. */
  readonly values: Readonly<Record<Name, readonly number[]>>;
  /** Set when the run ended before the horizon: when, and why. Everything observed until then is kept. */
  readonly stopped?: { readonly time: number; readonly cause: string; readonly interrupted?: true };
}

/**
 * The one loop: noise -> interval -> evolution -> observables, for particles, densities and transformers alike. `values` of
 * the result are keyed by the names observed. A start that cannot be, a step that cannot be taken, and `stopping` end the
 * run with `stopped` set. Throws a RangeError before anything happens for options that make no sense, a noise with other
 * channels than the model's, and steps that the noise does not have; and for areas that are insisted on and not there.
 */
export function simulate<Name extends string = never>(options: Simulation<Name>): Trajectory<Name> {
  const { evolution, noise, steps, every = 1, stopping, onStep } = checked(options);
  const { area = "auto", observe = {} as Record<Name, Observable> } = options;
  const { horizon, channels: K, path } = noise;
  const dt = horizon / steps;
  const dW = new Float64Array(K);
  // A grid that the noise does not have is refused here.
  noise.increment(steps, 0, dW);
  const choice = area === true ? "full" : area === false ? "none" : area;
  const series = recordSeries(observe);
  const { times, values } = series;
  const record = (time: number): void => {
    const bad = series.record(time, evolution.law);
    if (bad) throw new Stopped(`the observable "${bad.name}" is ${bad.value}`);
  };
  /** The law as it stands, where it has not been observed yet; nothing where an observable is not finite. */
  const recordLast = (time: number): void => {
    if (times[times.length - 1] !== time) series.record(time, evolution.law);
  };
  const ended = (time: number, { message: cause, interrupted }: Stopped): Trajectory<Name> => ({
    times,
    values,
    stopped: { time, cause, ...(interrupted && { interrupted }) },
  });

  let L: Float64Array | null;
  try {
    evolution.reset(path);
    if (!isFinite(evolution)) throw new Stopped("the start is not finite");
    L = handsArea(choice, evolution, noise) ? new Float64Array(K * K) : null;
    record(0);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return ended(0, error);
  }
  let end = 0;
  for (let step = 0; step < steps; step++) {
    const time = end;
    end = gridTime(horizon, step + 1, steps);
    if (step > 0) noise.increment(steps, step, dW);
    if (L) noise.area?.(steps, step, L);
    const interval: Interval = { path, step, time, end, dt, dW, area: L, stopping };
    let advanced = false;
    try {
      const seen = evolution.advance(interval);
      advanced = true;
      if (seen !== true && !isFinite(evolution)) {
        throw new Stopped(
          `at t = ${end}, step ${step + 1} of ${steps}: the state is no longer finite: the step is too large for the field`,
        );
      }
      if (step + 1 === steps || (step + 1) % every === 0) record(end);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // An evolution that refuses a step is still where it was: its last good state.
      if (!advanced) recordLast(time);
      return ended(time, error);
    }
    if (onStep?.(step + 1, end)) {
      recordLast(end);
      break;
    }
    if (step + 1 < steps && stopping?.()) {
      recordLast(end);
      return ended(end, new Stopped("interrupted", { interrupted: true }));
    }
  }
  return { times, values };
}

/** The options, once they make sense together. */
function checked<Name extends string>(options: Simulation<Name>): Simulation<Name> {
  checkOptions("simulate", options, {
    evolution: EVOLUTION,
    noise: NOISE,
    steps: "whole",
    area: maybe([...AREA_CHOICES, true, false]),
    observe: maybe({ each: "function" }),
    every: maybe("whole"),
    stopping: maybe("function"),
    onStep: maybe("function"),
  });
  const { evolution, noise, steps } = options;
  const { model } = evolution;
  if (model && model.channels !== noise.channels) {
    const has = `${noise.channels} channel${noise.channels === 1 ? "" : "s"}`;
    throw new RangeError(`noise: has ${has}, and the model "${model.name}" has ${model.channels}`);
  }
  if (!(noise.horizon > 0 && noise.horizon < Infinity && noise.horizon / steps > 0)) {
    throw new RangeError(`noise: horizon ${noise.horizon} in ${steps} steps, want steps of positive length`);
  }
  return options;
}

const isFinite = ({ law }: Evolution): boolean => allFinite(law.points) && allFinite(law.weights);
