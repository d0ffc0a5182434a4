import type { LevelError } from "../../studies/convergence.js";
import { studied, type PathStudy, type StudyStop } from "../../studies/paths.js";
import type { Config } from "../../config/config.js";
import type { Bounds } from "../../studies/regression.js";

export type StudyKind = "strong" | "weak" | "propagation-of-chaos" | "transformer";

/** One level of a study. Its interval is null where the paths give none; the notes say why. */
export interface StudyLevel {
  /** Time steps, or layers. */
  readonly steps?: number;
  /** In a study of chaos. */
  readonly tokens?: number;
  readonly error: number;
  readonly interval: Bounds | null;
  /** Between this level and the one before, in the sense of the fit. */
  readonly localSlope?: number;
  /** Random numbers a path draws when it is solved at this level alone. */
  readonly work: number;
  /** Weak studies: mean minus reference, its Monte Carlo standard error (null for one path). */
  readonly bias?: number;
  readonly standardError?: number | null;
  /** False where noise or rounding covers the error; always given in weak studies. */
  readonly resolved?: boolean;
  /** The residual step of a transformer. */
  readonly eta?: number;
}

/** Errors over levels with their fitted order: error ~ steps^(-slope), or n^slope for numbers of tokens. */
export interface StudyCurve {
  readonly levels: readonly StudyLevel[];
  readonly fit: {
    readonly slope: number;
    readonly interval: Bounds | null;
    readonly constant?: number;
  } | null;
}

/** What a study prints. Several observables: the first one's curve stands on top, all stand under `observables`. */
export interface StudyReport extends StudyCurve {
  readonly study: StudyKind;
  readonly scheme: string;
  readonly reference: string;
  /** Paths that were finished at every level; all numbers are over them. */
  readonly paths: number;
  /** T: the step size of a level is T / steps. */
  readonly horizon: number;
  /** What `error` is of every level, in words. */
  readonly quantity: string;
  readonly observables?: Readonly<Record<string, StudyCurve>>;
  readonly notes: readonly string[];
  /** Set when it ended early: everything until then is kept. */
  readonly stopped?: StudyStop;
}

/** A study that is ready to be made: what a path gives, and what is reported of all. */
export interface StudyPlan {
  readonly paths: PathStudy<StudyReport>;
  /** One path at one level with a noise of its own, as a user would run it, for a clock; whether it came to its end. */
  readonly alone: (level: number, path: number) => boolean;
}

export interface Study extends Pick<StudyPlan, "alone"> {
  readonly report: StudyReport;
}

export interface StudyOptions {
  /** Called after every path. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every step: true ends the study there with what it has. */
  readonly stopping?: () => boolean;
}

/** Plans a study; `stopping` is asked after every step. Throws a ConfigError for a configuration that makes no such study. */
export type PlanStudy = (config: Config, stopping?: () => boolean) => StudyPlan;

/** A study as it is planned, on one thread. */
export const made =
  (plan: PlanStudy) =>
  (config: Config, options: StudyOptions = {}): Study => {
    const { paths, alone } = plan(config, options.stopping);
    return { report: studied(paths, options), alone };
  };

/** A study of which another one says the half. */
export const reporting = <Result>(
  { labels, follow, conclude }: PathStudy<Result>,
  report: (result: Result) => StudyReport,
): PathStudy<StudyReport> => ({ labels, follow, conclude: (found) => report(conclude(found)) });

/** The interval, or null where it has no end. */
export const bounded = (interval: Bounds): Bounds | null =>
  interval.every(Number.isFinite) ? interval : null;

/** A curve from the machinery's levels, which are errors of means over paths. */
export function curveOf(
  labels: readonly { readonly steps?: number; readonly tokens?: number }[],
  found: { readonly levels: readonly LevelError[]; readonly fit: (StudyCurve["fit"] & object) | null },
  work: (level: number) => number,
): StudyCurve {
  return {
    levels: found.levels.map(({ error, interval, localSlope, resolved }, i) => ({
      ...labels[i],
      error,
      interval: bounded(interval),
      ...(localSlope !== undefined && { localSlope }),
      ...(resolved !== undefined && { resolved }),
      work: work(i),
    })),
    fit: found.fit && { ...found.fit, interval: found.fit.interval && bounded(found.fit.interval) },
  };
}
