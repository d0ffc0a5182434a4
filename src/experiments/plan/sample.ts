import type { Config } from "../../config/config.js";
import { orderOf } from "../../../solvers/area.js";
import { follow, type Pace, type Spread } from "./pace.js";
import { prepare, type Prepared } from "./prepared.js";
import { stepDifference, type StepDifference } from "./step-difference.js";

/** What is learnt of a run from a few of its steps. */
export interface Sample {
  readonly made: Made;
  readonly pace: Pace;
  readonly spread: Spread;
  /** The difference that halved steps make, or the sentence that says why there is none. */
  readonly difference: StepDifference | string;
}

/** What is ready to run. */
export interface Made {
  /** Seconds on the clock when work on it began, and when it was ready. */
  readonly from: number;
  readonly to: number;
  readonly channels: number;
  /** Tokens, or nodes that carry the law. */
  readonly points: number;
  /** Whether it is given Lévy areas. */
  readonly area: boolean;
  /** The strong order it promises, as it is; absent where no scheme steps it. */
  readonly strongOrder?: number;
  /** Degree of the density where it starts, and the share of its highest degrees there. */
  readonly spectrum?: { readonly lmax: number; readonly tail: number };
}

export interface SampleTime {
  /** Seconds now. */
  readonly clock: () => number;
  /** Seconds on that clock at which the sample is to end, as far as whole steps permit it. */
  readonly until: number;
}

/** Steps are timed for this share of the time, and no longer than so many seconds. */
const SHARE = 0.55;
const ENOUGH = 0.5;

/**
 * Takes a few steps of a run, and yields what it learns as soon as it is known: what there is to run, the time its steps
 * take, how far its paths differ, what halved steps change. Who cuts it off has everything until then. Throws a ConfigError
 * like the run itself.
 */
export function* sample(config: Config, { clock, until }: SampleTime): Generator<Partial<Sample>> {
  const from = clock();
  const run = prepare(config);
  yield { made: { ...factsOf(run), from, to: clock() } };
  const now = clock();
  const { pace, spread } = follow(run, clock, now + Math.min(ENOUGH, SHARE * (until - now)));
  yield { pace, spread };
  yield {
    difference: pace.stopped ? "the sample could not go on" : stepDifference(run, pace, { clock, until }),
  };
}

function factsOf({ config: { solver }, problem, built, area }: Prepared): Omit<Made, "from" | "to"> {
  const { channels } = problem.model;
  const { law, scheme, commuting = () => true, diagnostics } = built.evolution;
  const { lmax, tail } = diagnostics();
  const own = solver.kind === "particles" && solver.kappa > 0;
  return {
    channels,
    points: law.count,
    area,
    ...(scheme && { strongOrder: strongOrder(orderOf(scheme, commuting, area), channels, own) }),
    ...(typeof lmax === "number" &&
      typeof tail === "object" &&
      tail.length > 0 && { spectrum: { lmax, tail: tail[0] } }),
  };
}

/** Without any noise the orders of the schemes here are those of Euler's method, one; tokens of their own noise have a half. */
const strongOrder = (order: number, channels: number, own: boolean): number =>
  own ? Math.min(0.5, order) : channels === 0 ? 1 : order;
