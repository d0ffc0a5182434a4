import { square } from "../numerics/square.js";
import { checkOptions } from "../numerics/options.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { Stopped } from "../../solvers/simulate.js";
import { checkResampling, RESAMPLING, type Resampling } from "./bootstrap.js";
import { convergence, type LevelError, type PowerFit } from "./convergence.js";
import {
  checkLevels,
  columnOf,
  pathLabels,
  PATHS,
  stopNotes,
  studied,
  type PathStudy,
  type StudyPaths,
  type StudyStop,
} from "./paths.js";

export interface AgreementStudy extends Resampling, StudyPaths {
  /** Observables [names] of n tokens minus those of their limit, on the same path. `Stopped` where it cannot go on. */
  readonly difference: (n: number, path: number) => NumbersLike;
  readonly observables: readonly string[];
  /** Numbers of tokens n, rising. */
  readonly levels: readonly number[];
}

export interface AgreementResult {
  readonly observable: string;
  /** Paths that were finished at every level; all numbers are over them. */
  readonly paths: number;
  /** `error` is the root mean square over paths. */
  readonly levels: (LevelError & { readonly tokens: number })[];
  /** error ~ constant * n^slope; -1/2 for independent tokens. */
  readonly fit: PowerFit | null;
  /** Set when the study ended early; what was finished until then is kept. */
  readonly stopped?: StudyStop;
  /** Levels without error, intervals that are missing and why, and an early end. */
  readonly notes: string[];
}

/**
 * Two solvers on one path: the root mean square over paths of the difference of observables, against n, with bootstrap
 * intervals over whole paths. One result per observable, and a last one, "all", of their Euclidean norm. A path that
 * stops, or whose difference is not finite, ends the study with the paths before it. A RangeError for levels, paths or
 * settings that make none.
 */
export function studyAgreement(study: AgreementStudy): AgreementResult[] {
  checkOptions("studyAgreement", study, {
    difference: "function",
    observables: { list: "string" },
    levels: "anything",
    ...PATHS,
    ...RESAMPLING,
  });
  checkLevels("studyAgreement", study.levels);
  checkResampling("studyAgreement", study);
  const labels = pathLabels("studyAgreement", study);
  const names = [...study.observables, "all"];
  const all = names.length - 1;
  const L = study.levels.length;
  // Of a path: the squares [names, levels].
  const row = new Float64Array(names.length * L);
  const halves: PathStudy<AgreementResult[]> = {
    labels,
    follow(label, at) {
      study.levels.forEach((n, i) =>
        at(n, () => {
          const difference = numbersOf(study.difference(n, label));
          if (difference.length !== all)
            throw new RangeError(`studyAgreement: ${difference.length} differences for ${all} observables`);
          let sum = 0;
          for (let o = 0; o < all; o++) sum += row[o * L + i] = square(difference[o]);
          row[all * L + i] = sum;
          if (!Number.isFinite(sum * labels.length))
            throw new Stopped("the difference of an observable is not a finite number");
        }),
      );
      return row;
    },
    conclude(found) {
      const { to: paths, stopped } = found;
      return names.map((observable, o) => {
        const { levels, fit, notes } = convergence(
          { levels: study.levels, unit: "tokens" },
          study.levels.map((_, i) => columnOf(found, o * L + i)),
          "rms",
          study,
        );
        return {
          observable,
          paths,
          levels: levels.map((level, i) => ({ tokens: study.levels[i], ...level })),
          fit,
          ...(stopped && { stopped }),
          notes: [...stopNotes(stopped, "tokens"), ...notes],
        };
      });
    },
  };
  return studied(halves, study);
}
