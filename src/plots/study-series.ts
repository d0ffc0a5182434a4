import type { ErrorSeries } from "./error-series.js";

/** One level of a study: against steps a horizon or against tokens, never both. */
export interface ErrorStudyLevel {
  readonly steps?: number;
  readonly tokens?: number;
  /** Random numbers (or any other work) a path costs. */
  readonly work?: number;
  readonly error: number;
  /** A signed error, when `interval` is its interval and `error` its absolute value. */
  readonly bias?: number;
  readonly interval: readonly [low: number, high: number];
  /** False where noise covers the error. */
  readonly resolved?: boolean;
}

/** What `studyStrong`, `studyWeak`, `studyAgreement` and `studyPropagationOfChaos` give back, as far as a picture goes. */
export interface ErrorStudy {
  readonly levels: readonly ErrorStudyLevel[];
  readonly fit: { readonly slope: number; readonly interval: readonly [low: number, high: number] } | null;
  /** Name in the legend; scheme and observable unless given. */
  readonly label?: string;
  readonly scheme?: string;
  readonly observable?: string;
  readonly reference?: string;
  readonly paths?: number;
}

/** What a level is placed by. */
export type LevelAxis = "steps" | "tokens" | "work";

/** A study as curves: the levels that count, with the fit, those without any error among them, and those that noise covers. */
export interface StudySeries {
  readonly counted: ErrorSeries;
  readonly covered: ErrorSeries;
  /** What the legend must say of levels without error; empty when there are none. */
  readonly zeros: string;
}

/** Whether errors go with the step size or with the number of tokens. Throws a RangeError when the studies differ. */
export function axisOf(studies: readonly ErrorStudy[]): "steps" | "tokens" {
  const axes = new Set(studies.flatMap(({ levels }) => levels.map(({ tokens }) => tokens !== undefined)));
  if (axes.size > 1) throw new RangeError("series: some go with steps and some with tokens; draw them apart");
  return axes.has(true) ? "tokens" : "steps";
}

/** The curves of a study. Throws a RangeError when a level does not know its place on the axis. */
export function studySeries(study: ErrorStudy, axis: LevelAxis): StudySeries {
  const at = (level: ErrorStudyLevel): number => {
    const place = level[axis];
    if (place === undefined) throw new RangeError(`levels: one has no ${axis} to be placed by`);
    return axis === "steps" ? 1 / place : place;
  };
  const label = labelOf(study);
  const curve = (name: string, keep: (level: ErrorStudyLevel) => boolean): ErrorSeries => {
    const levels = study.levels.filter(keep);
    const bounds = levels.map(absoluteInterval);
    return {
      label: name,
      x: levels.map(at),
      error: levels.map(({ error }) => error),
      low: bounds.map(([low]) => low),
      high: bounds.map(([, high]) => high),
    };
  };
  const counted = curve(label, ({ resolved, error }) => resolved !== false || error === 0);
  const zero = study.levels.filter(({ error }) => error === 0);
  const unit = study.levels.some(({ tokens }) => tokens !== undefined) ? "tokens" : "steps";
  return {
    counted: { ...counted, ...(study.fit && axis !== "work" && { fit: study.fit }) },
    covered: curve(`${label}, within the noise`, ({ resolved, error }) => resolved === false && error > 0),
    zeros: zero.length === 0 ? "" : `no error at ${zero.map((level) => level[unit]).join(", ")} ${unit}`,
  };
}

/** "root mean square error", or what else all of the studies measured. */
export function quantityOf(studies: readonly ErrorStudy[]): string {
  const names = new Set(
    studies.map(({ levels, observable }) =>
      levels.some(({ bias }) => bias !== undefined)
        ? "bias of the mean"
        : axisOf([{ levels, fit: null }]) === "steps"
          ? "root mean square error"
          : observable === undefined
            ? "mean distance to the limit"
            : "root mean square difference",
    ),
  );
  return names.size === 1 ? [...names][0] : "error";
}

/** "against the exact solution; 400 paths", as far as the studies agree on it. */
export function conditionsOf(studies: readonly ErrorStudy[]): string | undefined {
  const shared = <T>(values: readonly T[]): T | undefined =>
    new Set(values).size === 1 ? values[0] : undefined;
  const reference = shared(studies.map((study) => study.reference));
  const paths = shared(studies.map((study) => study.paths));
  const parts = [
    ...(reference === undefined
      ? []
      : [`against ${reference === "exact" ? "the exact solution" : reference}`]),
    ...(paths === undefined ? [] : [`${paths} paths`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** The name of a study in the legend. */
export function labelOf({ label, scheme, observable }: ErrorStudy): string {
  if (label !== undefined) return label;
  const parts = [scheme === "unnamed" ? undefined : scheme, observable].filter((part) => part !== undefined);
  return parts.length === 0 ? "error" : parts.join(", ");
}

/** The interval of |bias| from that of the bias; of an error that has no sign the interval itself. */
function absoluteInterval({ bias, interval: [low, high] }: ErrorStudyLevel): readonly [number, number] {
  if (bias === undefined || low >= 0) return [low, high];
  return high <= 0 ? [-high, -low] : [0, Math.max(-low, high)];
}
