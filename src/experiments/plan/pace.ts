import { ensemble } from "../../studies/statistics.js";
import type { Measure } from "../../types.js";
import { simulate } from "../../../solvers/simulate.js";
import type { Prepared } from "./prepared.js";

/** Seconds that each part of a run takes. */
export interface Pace {
  /** A path's start. */
  readonly start: number;
  readonly step: number;
  /** All observables of one time. */
  readonly observation: number;
  /** What the first steps took beyond that, while the engine learnt to run them. */
  readonly learning: number;
  /** How many steps were timed. */
  readonly steps: number;
  /** Set where a path could not go on. */
  readonly stopped?: { readonly path: number; readonly time: number; readonly cause: string };
}

/** How paths and tokens differ, where the sample ended. */
export interface Spread {
  /** Paths that came to the horizon, and the standard deviation over them of every observable there; empty below two. */
  readonly paths: number;
  readonly deviations: Readonly<Record<string, number>>;
  /** Root mean square distance of a point from the mean of all. */
  readonly tokens: number;
}

/** The first share of the time, in which the engine still learns to run the steps. */
const WARM = 0.3;

/** Seconds that are enough for a reading of the observables. */
const READING = 0.01;

/** Path after path until the time is over, or the run is done: the time its parts take, and how far its paths differ. */
export function follow(
  run: Prepared,
  clock: () => number,
  until: number,
): { readonly pace: Pace; readonly spread: Spread } {
  const { config, built, grid, area, names, read, noise } = run;
  const { evolution } = built;
  const { steps } = grid;
  const warm = clock() + WARM * (until - clock());
  const [firsts, early, later] = [tally(), tally(), tally()];
  const finals = ensemble(names.length);
  let stopped: Pace["stopped"];
  for (let path = 0; path < config.ensemble.paths && !stopped && (path === 0 || clock() < until); path++) {
    let taken = 0;
    let last = clock();
    const trajectory = simulate({
      evolution,
      noise: noise(path),
      steps,
      area,
      every: steps,
      onStep(step) {
        const now = clock();
        // The first step of a path is timed with its start.
        (step === 1 ? firsts : now < warm ? early : later).add(now - last);
        [last, taken] = [now, step];
        return now >= until;
      },
    });
    if (trajectory.stopped) stopped = { path, ...trajectory.stopped };
    else if (taken === steps) {
      const numbers = read(evolution.law);
      if (numbers.every(Number.isFinite)) finals.add(numbers);
    }
  }
  const timed = [later, early, firsts].find(({ count }) => count > 0);
  const step = timed?.mean() ?? 0;
  return {
    pace: {
      start: timed === firsts ? 0 : Math.max(0, firsts.mean() - step),
      step,
      observation: timeOf(() => read(evolution.law), clock),
      learning: timed === later ? Math.max(0, early.sum - early.count * step) : 0,
      steps: timed?.count ?? 0,
      ...(stopped && { stopped }),
    },
    spread: {
      paths: finals.count,
      deviations: Object.fromEntries(
        finals.count < 2
          ? []
          : names.map((name, i) => [name, finals.standardError()[i] * Math.sqrt(finals.count)]),
      ),
      tokens: spreadOf(evolution.law),
    },
  };
}

/** A mean of times. */
function tally() {
  let [count, sum] = [0, 0];
  return {
    get count() {
      return count;
    },
    get sum() {
      return sum;
    },
    add(seconds: number) {
      count++;
      sum += seconds;
    },
    mean: () => sum / count,
  };
}

/** Seconds that a call takes. */
function timeOf(call: () => void, clock: () => number): number {
  const from = clock();
  let [calls, taken] = [0, 0];
  do {
    call();
    calls++;
    taken = clock() - from;
  } while (taken < READING);
  return taken / calls;
}

/** Root of the trace of the covariance. */
function spreadOf({ count: n, dimension: d, points, weights }: Measure): number {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) mean[a] += weights[i] * points[i * d + a];
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) sum += weights[i] * (points[i * d + a] - mean[a]) ** 2;
  return Math.sqrt(sum);
}
