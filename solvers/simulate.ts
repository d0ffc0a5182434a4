import type { CommonNoise, Evolution, Interval, Observable } from "../src/types.js";

export interface Simulation {
  readonly evolution: Evolution;
  readonly noise: CommonNoise;
  /** Uniform steps on [0, noise.horizon]. */
  readonly steps: number;
  /** Whether the evolution is to be given Lévy areas; the noise must then have them. */
  readonly area?: boolean;
  /** Numbers to read off the law, by name. */
  readonly observe?: Readonly<Record<string, Observable>>;
  /** Observe every so many steps (and at the start and the end); 1 unless given. */
  readonly every?: number;
  /** Called after every step with its number, from 1; after it returns true the run stops there. */
  readonly onStep?: (step: number, time: number) => boolean | void;
}

export interface Trajectory {
  /** Times of observation. */
  readonly times: readonly number[];
  /** One series per observable. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** Set when the run ended before the horizon: when, and why. Everything observed until then is kept. */
  readonly stopped?: { readonly time: number; readonly cause: string };
}

/** A run that cannot go on. Evolutions throw it; `simulate` turns it into `stopped`. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** The one loop: noise -> interval -> evolution -> observables, for particles, densities and transformers alike. */
export function simulate({
  evolution,
  noise,
  steps,
  area,
  observe = {},
  every = 1,
  onStep,
}: Simulation): Trajectory {
  if (area && !noise.area) throw new RangeError("noise: carries no Lévy areas, and this run needs them");
  const K = noise.channels;
  const dt = noise.horizon / steps;
  const dW = new Float64Array(K);
  const L = area ? new Float64Array(K * K) : null;
  const times: number[] = [];
  const values: Record<string, number[]> = Object.fromEntries(Object.keys(observe).map((name) => [name, []]));

  const record = (time: number): void => {
    times.push(time);
    for (const [name, observable] of Object.entries(observe)) values[name].push(observable(evolution.law));
  };

  evolution.reset(noise.path);
  record(0);
  for (let step = 0; step < steps; step++) {
    const time = step * dt;
    noise.increment(steps, step, dW);
    if (L) noise.area?.(steps, step, L);
    const interval: Interval = { path: noise.path, step, time, dt, dW, area: L };
    try {
      evolution.advance(interval);
      refuseNonFinite(evolution);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return { times, values, stopped: { time, cause: error.message } };
    }
    const done = step + 1 === steps;
    if (done || (step + 1) % every === 0) record((step + 1) * dt);
    if (onStep?.(step + 1, (step + 1) * dt)) break;
  }
  return { times, values };
}

function refuseNonFinite({ law }: Evolution): void {
  let sum = 0;
  for (const v of law.points) sum += v;
  for (const v of law.weights) sum += v;
  if (!Number.isFinite(sum))
    throw new Stopped("the state is no longer finite: the step is too large for the field");
}
