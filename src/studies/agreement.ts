import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import {
  checkLevels,
  convergence,
  pathLabels,
  type LevelError,
  type PowerFit,
  type Resampling,
} from "./convergence.js";

export interface AgreementStudy extends Resampling {
  /** Observables [names] of n tokens minus those of their limit, on the same path. */
  readonly difference: (n: number, path: number) => NumbersLike;
  readonly observables: readonly string[];
  /** Numbers of tokens n, rising. */
  readonly levels: readonly number[];
  readonly paths?: number;
  readonly seeds?: readonly number[];
  readonly onProgress?: (done: number, total: number) => void;
}

export interface AgreementResult {
  readonly observable: string;
  readonly paths: number;
  /** `error` is the root mean square over paths. */
  readonly levels: (LevelError & { readonly tokens: number })[];
  /** error ~ constant * n^slope; -1/2 for independent tokens. */
  readonly fit: PowerFit | null;
}

/**
 * Two solvers on one path: the root mean square over paths of the difference of observables, against n, with bootstrap
 * intervals over whole paths. One result per observable, and a last one, "all", of their Euclidean norm.
 */
export function studyAgreement(study: AgreementStudy): AgreementResult[] {
  checkLevels("studyAgreement", study.levels);
  const labels = pathLabels("studyAgreement", study.paths, study.seeds);
  const names = [...study.observables, "all"];
  const squares = names.map(() => study.levels.map(() => new Float64Array(labels.length)));
  labels.forEach((label, p) => {
    study.levels.forEach((n, i) => {
      const difference = numbersOf(study.difference(n, label));
      if (difference.length !== study.observables.length)
        throw new RangeError(
          `studyAgreement: ${difference.length} differences for ${study.observables.length} observables`,
        );
      let sum = 0;
      for (let o = 0; o < difference.length; o++) {
        squares[o][i][p] = difference[o] ** 2;
        sum += difference[o] ** 2;
      }
      squares[names.length - 1][i][p] = sum;
    });
    study.onProgress?.(p + 1, labels.length);
  });
  return names.map((observable, o) => {
    const { levels, fit } = convergence(study.levels, squares[o], "rms", study);
    return {
      observable,
      paths: labels.length,
      levels: levels.map((level, i) => ({ tokens: study.levels[i], ...level })),
      fit,
    };
  });
}
