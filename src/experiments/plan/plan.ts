import type { Config } from "../../config/config.js";
import { gridOf } from "../../config/build-evolution.js";
import { initialEntryOf, modelEntryOf, solverEntryOf } from "../../config/entries.js";
import { estimate } from "../../config/estimate.js";
import type { Made, Sample } from "./sample.js";
import type { StepDifference } from "./step-difference.js";

/** What a run would take, and how wrong it would be; estimated, and null where there is nothing to estimate it from. */
export type Plan = {
  readonly model: string;
  readonly solver: string;
  /** K, those of the common noise. */
  readonly channels: number | null;
  /** Whether Lévy areas are drawn. */
  readonly area: boolean | null;
  /** Tokens that move, or nodes that carry the law. */
  readonly tokens?: number;
  readonly nodes?: number | null;
  readonly steps: number;
  readonly paths: number;
  /** Threads that share the paths. */
  readonly workers: number;
  /** Bytes, in all. */
  readonly memory: number;
  /** Seconds of a step, */
  readonly perStep: number | null;
  /** of a path with its observables, */
  readonly perPath: number | null;
  /** and of the whole. */
  readonly seconds: number | null;
  readonly error: {
    /** Of the steps: rough. */
    readonly time: TimeError | null;
    /** Of means over few paths. */
    readonly sampling: SamplingError | null;
    /** Of few tokens, against their limit law. */
    readonly meanField: MeanFieldError | null;
    /** Of a density in few harmonics. */
    readonly spectrum: { readonly lmax: number; readonly tail: number } | null;
  };
  /** Why something is null, and what else there is to know. */
  readonly notes: readonly string[];
};

export type TimeError = {
  /** 0 where the noise is redrawn every step, which is right in law only. */
  readonly strongOrder: number;
  readonly weakOrder: number;
  /** What is wrong by `law`, path by path at the horizon, root mean square over paths; the observables likewise. */
  readonly quantity: StepDifference["quantity"] | null;
  readonly law: number | null;
  readonly observables: Readonly<Record<string, number>> | null;
  /** The steps and paths that this is extrapolated from. */
  readonly from: { readonly steps: number; readonly paths: number } | null;
};

export type SamplingError = {
  /** Standard errors of the means at the horizon. */
  readonly observables: Readonly<Record<string, number>>;
  /** The paths that this is extrapolated from. */
  readonly from: { readonly paths: number };
};

export type MeanFieldError = {
  /** Standard error of the tokens' mean, root mean square over directions together, were they independent given the noise. */
  readonly mean: number;
  readonly tokens: number;
};

/** Both the schemes for points and those for the density. */
const WEAK_ORDER = 1;

export interface PlanOptions {
  readonly workers: number;
  /** What was learnt of the run, until it was cut off. */
  readonly sample: Partial<Sample>;
  /** Seconds of work after which the sample was cut off, where it was; or the sentence that says why there is none. */
  readonly cut?: number | string;
  /** Seconds that the program takes before a run begins. */
  readonly launch?: number;
}

/** The plan of a run, from its configuration and a sample. */
export function planOf(config: Config, { workers: granted, sample, cut, launch = 0 }: PlanOptions): Plan {
  const { paths } = config.ensemble;
  const { steps, every } = gridOf(config);
  const { made, pace } = sample;
  const workers = Math.min(granted, paths);
  const known = pace !== undefined && pace.steps > 0;
  const times = Math.ceil(steps / every) + 1;
  const perPath = known ? pace.start + steps * pace.step + times * pace.observation : null;
  const notes: string[] = [];
  const why = missing(sample, cut);
  if (why !== null) notes.push(why);
  if (pace?.stopped) {
    const { path, time, cause } = pace.stopped;
    notes.push(`path ${path} stops at t = ${time}: ${cause}`);
  }
  const { moves, carried } = carriersOf(config, made);
  return {
    model: config.model.name,
    solver: config.solver.kind,
    channels: made?.channels ?? modelEntryOf(config.model).channels?.(config.model) ?? null,
    area: made?.area ?? null,
    ...(moves === null ? { nodes: carried } : { tokens: moves }),
    steps,
    paths,
    workers,
    memory: estimate(config, "run", workers).bytes,
    perStep: known ? digits(pace.step) : null,
    perPath: perPath === null ? null : digits(perPath),
    seconds:
      perPath === null || !made
        ? null
        : digits(launch + made.to - made.from + pace!.learning + Math.ceil(paths / workers) * perPath),
    error: {
      time: timeError(config, sample, notes),
      sampling: samplingError(config, sample, notes),
      meanField: meanFieldError(config, sample, notes),
      spectrum: made?.spectrum ?? null,
    },
    notes,
  };
}

/** Why a sample lacks what it takes to say how long a run takes; null where it does not. */
function missing({ made, pace }: Partial<Sample>, cut: number | string | undefined): string | null {
  if (typeof cut === "string") return cut;
  if (cut === undefined || pace) return null;
  const seconds = (v: number): string => `${Number(v.toPrecision(2))} s`;
  return made
    ? `a step takes more than ${seconds(cut - made.to)}, and the sample was cut off in it`
    : `the model, its tables and its start take more than ${seconds(cut)}, and the sample was cut off there`;
}

function carriersOf({ solver, initial, model }: Config, made: Made | undefined) {
  const { starts, moved } = solverEntryOf(solver);
  const tokens = initialEntryOf(initial).tokens(initial) ?? 1;
  return starts === "tokens"
    ? { moves: made?.points ?? tokens, carried: null }
    : { moves: null, carried: made?.points ?? moved?.(solver, tokens, model.dimension).count ?? null };
}

/**
 * The error E(h) of steps of length h from the difference to steps of length h/2: of order p it is at most D (1 + 2^-p + 4^-p
 * + ...) = D / (1 - 2^-p). Over a time that is `longer` than that of the difference it grows like a random walk under noise,
 * and in proportion without.
 */
export const stepError = (difference: number, order: number, longer: number, noisy: boolean): number =>
  (difference / (1 - 2 ** -order)) * (noisy ? Math.sqrt(longer) : longer);

function timeError(
  config: Config,
  { made, pace, difference }: Partial<Sample>,
  notes: string[],
): TimeError | null {
  const { strongOrder } = made ?? {};
  if (typeof difference !== "object") {
    if (pace) notes.push(`error.time: ${difference ?? "the sample was cut off before steps were halved"}`);
  }
  if (strongOrder === undefined) return null;
  const orders = { strongOrder, weakOrder: WEAK_ORDER };
  if (typeof difference !== "object") {
    return { ...orders, quantity: null, law: null, observables: null, from: null };
  }
  const { quantity, law, observables, steps, paths } = difference;
  const noisy = made!.channels > 0 || ("kappa" in config.solver && config.solver.kappa > 0);
  const longer = gridOf(config).steps / steps;
  const error = (d: number): number => digits(stepError(d, strongOrder, longer, noisy));
  notes.push(
    `error.time: rough, from halved steps on ${count(steps, "step")} of ${count(paths, "path")}` +
      (longer > 1 ? `, extrapolated ${Number(longer.toPrecision(2))} times in time` : ""),
  );
  return {
    ...orders,
    quantity,
    law: error(law),
    observables: Object.fromEntries(Object.entries(observables).map(([name, d]) => [name, error(d)])),
    from: { steps, paths },
  };
}

function samplingError(
  { ensemble }: Config,
  { spread }: Partial<Sample>,
  notes: string[],
): SamplingError | null {
  if (ensemble.paths === 1) return null;
  if (!spread || spread.paths < 2) {
    if (spread)
      notes.push("error.sampling: fewer than two paths came to the horizon in the time of the sample");
    return null;
  }
  const { deviations, paths } = spread;
  const root = Math.sqrt(ensemble.paths);
  return {
    observables: Object.fromEntries(Object.entries(deviations).map(([name, s]) => [name, digits(s / root)])),
    from: { paths },
  };
}

function meanFieldError(
  { solver, initial }: Config,
  { made, spread }: Partial<Sample>,
  notes: string[],
): MeanFieldError | null {
  if (solver.kind !== "particles") return null;
  if (initialEntryOf(initial).given || ("placement" in initial && initial.placement === "quasi")) {
    notes.push("error.meanField: the tokens are placed, not drawn independently");
    return null;
  }
  if (!made || !spread || made.points < 2) return null;
  return { mean: digits(spread.tokens / Math.sqrt(made.points)), tokens: made.points };
}

/** What is measured on a sample is not worth more than three digits. */
const digits = (v: number): number => Number(v.toPrecision(3));

const count = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? "" : "s"}`;
