import type { CommonNoise, Evolution, Interval, Observable } from "../src/types.js";
import { handsArea, type AreaChoice } from "./area.js";
import { recordSeries } from "./record-series.js";

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
  /** Called after every step with its number, from 1; after it returns true the run stops there. */
  readonly onStep?: (step: number, time: number) => boolean | void;
}

export interface Trajectory<Name extends string = string> {
  /** Times of observation. */
  readonly times: readonly number[];
  /** One series per observable, by the names observed. */
  readonly values: Readonly<Record<Name, readonly number[]>>;
  /** Set when the run ended before the horizon: when, and why. Everything observed until then is kept. */
  readonly stopped?: { readonly time: number; readonly cause: string };
}

/** A run that cannot go on. Evolutions throw it; `simulate` turns it into `stopped`. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * The one loop: noise -> interval -> evolution -> observables, for particles, densities and transformers alike. `values` of
 * the result are keyed by the names observed. A step that cannot be taken ends the run, with `stopped` set; a RangeError is
 * thrown for areas that are insisted on and not there.
 */
export function simulate<Name extends string = never>({
  evolution,
  noise,
  steps,
  area = "auto",
  observe = {} as Record<Name, Observable>,
  every = 1,
  onStep,
}: Simulation<Name>): Trajectory<Name> {
  const K = noise.channels;
  const dt = noise.horizon / steps;
  const dW = new Float64Array(K);
  const series = recordSeries(observe);
  const { times, values } = series;
  const record = (time: number): void => {
    const bad = series.record(time, evolution.law);
    if (bad) throw new Stopped(`the observable "${bad.name}" is ${bad.value}`);
  };

  try {
    evolution.reset(noise.path);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return { times, values, stopped: { time: 0, cause: error.message } };
  }
  const choice = area === true ? "full" : area === false ? "none" : area;
  const L = handsArea(choice, evolution, noise) ? new Float64Array(K * K) : null;
  record(0);
  for (let step = 0; step < steps; step++) {
    const time = step * dt;
    noise.increment(steps, step, dW);
    if (L) noise.area?.(steps, step, L);
    const interval: Interval = { path: noise.path, step, time, dt, dW, area: L };
    let advanced = false;
    try {
      evolution.advance(interval);
      advanced = true;
      if (!isFinite(evolution)) {
        throw new Stopped("the state is no longer finite: the step is too large for the field");
      }
      if (step + 1 === steps || (step + 1) % every === 0) record((step + 1) * dt);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // An evolution that refuses a step is still where it was: its last good state, if it has not been observed yet.
      if (!advanced && times[times.length - 1] < time) record(time);
      return { times, values, stopped: { time, cause: error.message } };
    }
    if (onStep?.(step + 1, (step + 1) * dt)) break;
  }
  return { times, values };
}

function isFinite({ law }: Evolution): boolean {
  let sum = 0;
  for (const v of law.points) sum += v;
  for (const v of law.weights) sum += v;
  return Number.isFinite(sum);
}
