import { inverseNormal } from "../numerics/inverse-normal.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { covariance } from "./covariance.js";
import { checkLevels, judgedLevels, pathLabels } from "./convergence.js";
import { lineWeights, type Bounds } from "./regression.js";

/** The observables' values [names] at the end of path `path`, solved with `steps` steps. */
export type SolveObservables = (steps: number, path: number) => NumbersLike;

/**
 * The expectations that are taken for the truth. "finest": the method's own at its last level, same paths. `exact`: known
 * values [names]. `solve`: values of the same path by exact simulation or an independent scheme; sharing the path's noise
 * takes most of the statistical error away.
 */
export type WeakReference =
  | "finest"
  | { readonly kind: "exact"; readonly values: NumbersLike }
  | {
      readonly kind: "independent";
      readonly name: string;
      readonly solve: (path: number) => NumbersLike;
    };

export interface WeakStudy {
  readonly solve: SolveObservables;
  readonly observables: readonly string[];
  /** Numbers of steps, rising. */
  readonly levels: readonly number[];
  readonly paths?: number;
  readonly seeds?: readonly number[];
  /** "finest" unless given. */
  readonly reference?: WeakReference;
  readonly scheme?: string;
  /** A level counts in the fit when its bias exceeds this many standard errors; 3 unless given. */
  readonly resolution?: number;
  /** 0.95 unless given. */
  readonly confidence?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface WeakLevel {
  readonly steps: number;
  /** Mean over paths minus reference. */
  readonly bias: number;
  /** |bias| */
  readonly error: number;
  /** Monte Carlo standard error of the bias. */
  readonly standardError: number;
  /** Of the bias. */
  readonly interval: Bounds;
  /** Whether the bias exceeds the noise. */
  readonly resolved: boolean;
  /** Between this level and the one before, both resolved. */
  readonly localSlope?: number;
}

export interface WeakResult {
  readonly observable: string;
  readonly scheme: string;
  readonly reference: string;
  readonly paths: number;
  readonly levels: WeakLevel[];
  /** |bias| ~ steps^(-slope) over the resolved levels; null below two of them. */
  readonly fit: { readonly slope: number; readonly interval: Bounds } | null;
  /** Levels left out of the fit because noise covers their bias. */
  readonly dropped: number[];
  /** Whether at every level the statistical error is below the bias. */
  readonly resolved: boolean;
  readonly notes: string[];
}

/**
 * The weak order of a method, observable by observable: the bias of the mean at every level with its standard error beside
 * it, and a fit of log |bias| over the levels whose bias exceeds the noise, weighted by their standard errors. Levels
 * usually share their paths, so the fit's interval uses the covariance of their means (delta method).
 * Throws a RangeError for levels or paths that make no study, and for a value that is not finite.
 */
export function studyWeak(study: WeakStudy): WeakResult[] {
  const { solve, observables: names, reference = "finest", scheme = "unnamed" } = study;
  checkLevels("studyWeak", study.levels);
  const labels = pathLabels("studyWeak", study.paths, study.seeds);
  const finest = study.levels[study.levels.length - 1];
  const levels = judgedLevels("studyWeak", study.levels, reference === "finest");
  const truth = (path: number): ArrayLike<number> => {
    if (reference === "finest") return Array.from(numbersOf(solve(finest, path)));
    return reference.kind === "exact"
      ? numbersOf(reference.values)
      : Array.from(numbersOf(reference.solve(path)));
  };

  const running = names.map(() => covariance(levels.length));
  const biases = names.map(() => new Float64Array(levels.length));
  labels.forEach((label, p) => {
    const want = truth(label);
    levels.forEach((steps, i) => {
      const values = numbersOf(solve(steps, label));
      if (values.length !== names.length || want.length !== names.length)
        throw new RangeError(
          `studyWeak: ${values.length} values against ${want.length} for ${names.length} observables`,
        );
      names.forEach((name, o) => {
        biases[o][i] = values[o] - want[o];
        if (!Number.isFinite(biases[o][i]))
          throw new RangeError(
            `studyWeak: ${name} at ${steps} steps, path ${label}: ${values[o]} - ${want[o]}`,
          );
      });
    });
    running.forEach((r, o) => r.add(biases[o]));
    study.onProgress?.(p + 1, labels.length);
  });

  return names.map((observable, o) => ({
    observable,
    scheme,
    reference: describe(reference, finest),
    paths: labels.length,
    ...weakOrder(levels, running[o].mean(), running[o].ofMeans(), study),
  }));
}

/** Levels, fit and verdict from the mean biases [L] and their covariance [L,L]. */
export function weakOrder(
  levels: readonly number[],
  bias: Float64Array,
  cov: Float64Array,
  { resolution = 3, confidence = 0.95 }: { resolution?: number; confidence?: number } = {},
): Pick<WeakResult, "levels" | "fit" | "dropped" | "resolved" | "notes"> {
  const n = levels.length;
  const z = inverseNormal((1 + confidence) / 2);
  const standardErrors = bias.map((_, i) => Math.sqrt(cov[i * n + i]));
  const resolved = Array.from(bias, (b, i) => Math.abs(b) > resolution * standardErrors[i]);
  const used = levels.flatMap((_, i) => (resolved[i] ? [i] : []));
  const dropped = levels.filter((_, i) => !resolved[i]);
  return {
    levels: levels.map((steps, i) => ({
      steps,
      bias: bias[i],
      error: Math.abs(bias[i]),
      standardError: standardErrors[i],
      interval: [bias[i] - z * standardErrors[i], bias[i] + z * standardErrors[i]],
      resolved: resolved[i],
      ...(i > 0 && resolved[i] && resolved[i - 1]
        ? { localSlope: Math.log(Math.abs(bias[i - 1] / bias[i])) / Math.log(steps / levels[i - 1]) }
        : {}),
    })),
    fit: used.length >= 2 ? fitOrder(levels, used, bias, cov, z) : null,
    dropped,
    resolved: dropped.length === 0,
    notes: [
      ...(dropped.length > 0
        ? [
            `at ${dropped.join(", ")} steps the bias is below ${resolution} standard errors: left out of the fit`,
          ]
        : []),
      ...(used.some((i) => bias[i] * bias[used[0]] < 0)
        ? ["the bias changes sign between levels: the fitted slope is no order"]
        : []),
    ],
  };
}

/** log |bias| is linear in log h: slope = sum c_i log |bias_i|, its variance c^T Cov(log |bias|) c. */
function fitOrder(
  levels: readonly number[],
  used: number[],
  bias: Float64Array,
  cov: Float64Array,
  z: number,
) {
  const n = levels.length;
  /* bounded below, so that exact data make a fit too */
  const relative = used.map((i) => Math.max(1e-12, Math.sqrt(cov[i * n + i]) / Math.abs(bias[i])));
  const c = lineWeights(
    used.map((i) => -Math.log(levels[i])),
    relative,
  ).slope;
  let slope = 0;
  let variance = 0;
  used.forEach((i, a) => {
    slope += c[a] * Math.log(Math.abs(bias[i]));
    used.forEach((j, b) => (variance += (c[a] * c[b] * cov[i * n + j]) / (bias[i] * bias[j])));
  });
  const reach = z * Math.sqrt(Math.max(0, variance));
  return { slope, interval: [slope - reach, slope + reach] as const };
}

function describe(reference: WeakReference, finest: number): string {
  if (reference === "finest") return `its own means on ${finest} steps`;
  return reference.kind === "exact" ? "exact" : reference.name;
}
