import {
  checkLevels,
  convergence,
  pathLabels,
  type LevelError,
  type PowerFit,
  type Resampling,
} from "./convergence.js";

export interface ChaosStudy extends Resampling {
  /**
   * How far n tokens are from their limit along path `path`: sup_t W_2^2 (times squared errors, so the mean over paths is
   * E sup_t W_2^2), or any other nonnegative number.
   */
  readonly distance: (n: number, path: number) => number;
  /** Numbers of tokens n, rising. */
  readonly levels: readonly number[];
  readonly paths?: number;
  readonly seeds?: readonly number[];
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ChaosResult {
  readonly paths: number;
  /** `error` is the mean distance over paths. */
  readonly levels: (LevelError & { readonly tokens: number })[];
  /** E distance ~ constant * n^slope: the slope is minus the rate. */
  readonly fit: PowerFit | null;
}

/**
 * Propagation of chaos: the mean over paths of the distance between n tokens and the limit law, against n, with bootstrap
 * intervals over whole paths. Independent tokens of a law on S^{d-1}, d < 5, have E W_2^2 = O(n^{-1/2}) (Fournier,
 * Guillin, PTRF 162, 2015); smooth laws in low dimension do better.
 */
export function studyPropagationOfChaos(study: ChaosStudy): ChaosResult {
  checkLevels("studyPropagationOfChaos", study.levels);
  const labels = pathLabels("studyPropagationOfChaos", study.paths, study.seeds);
  const samples = study.levels.map(() => new Float64Array(labels.length));
  labels.forEach((label, p) => {
    study.levels.forEach((n, i) => (samples[i][p] = study.distance(n, label)));
    study.onProgress?.(p + 1, labels.length);
  });
  const { levels, fit } = convergence(study.levels, samples, "mean", study);
  return {
    paths: labels.length,
    levels: levels.map((level, i) => ({ tokens: study.levels[i], ...level })),
    fit,
  };
}
