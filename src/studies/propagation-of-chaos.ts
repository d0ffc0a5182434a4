import { checkOptions } from "../numerics/options.js";
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

export interface ChaosStudy extends Resampling, StudyPaths {
  /**
   * How far n tokens are from their limit along path `path`: sup_t W_2^2 (times squared errors, so the mean over paths is
   * E sup_t W_2^2), or any other nonnegative number. It throws `Stopped` where the path cannot go on.
   */
  readonly distance: (n: number, path: number) => number;
  /** Numbers of tokens n, rising. */
  readonly levels: readonly number[];
}

export interface ChaosResult {
  /** Paths that were finished at every level; all numbers are over them. */
  readonly paths: number;
  /** `error` is the mean distance over paths. */
  readonly levels: (LevelError & { readonly tokens: number })[];
  /** E distance ~ constant * n^slope: the slope is minus the rate. */
  readonly fit: PowerFit | null;
  /** Set when the study ended early; what was finished until then is kept. */
  readonly stopped?: StudyStop;
  /** Levels without error, intervals that are missing and why, and an early end. */
  readonly notes: string[];
}

/**
 * Propagation of chaos: the mean over paths of the distance between n tokens and the limit law, against n, with bootstrap
 * intervals over whole paths. Independent tokens of a law on S^{d-1}, d < 5, have E W_2^2 = O(n^{-1/2}) (Fournier,
 * Guillin, PTRF 162, 2015); smooth laws in low dimension do better. A path that stops, or whose distance is not a finite
 * number from zero up, ends the study with the paths before it. A RangeError for levels, paths or settings that make none.
 */
export const studyPropagationOfChaos = (study: ChaosStudy): ChaosResult => studied(planChaos(study), study);

/** The same in two halves. */
export function planChaos(study: ChaosStudy): PathStudy<ChaosResult> {
  const name = "studyPropagationOfChaos";
  checkOptions(name, study, {
    distance: "function",
    levels: "anything",
    ...PATHS,
    ...RESAMPLING,
  });
  checkLevels(name, study.levels);
  checkResampling(name, study);
  const labels = pathLabels(name, study);
  const row = new Float64Array(study.levels.length);
  return {
    labels,
    follow(label, at) {
      study.levels.forEach((n, i) =>
        at(n, () => {
          row[i] = study.distance(n, label);
          if (!(row[i] >= 0 && Number.isFinite(row[i] * labels.length)))
            throw new Stopped(`the distance is ${row[i]}, want a finite number from zero up`);
        }),
      );
      return row;
    },
    conclude(found) {
      const { to: paths, stopped } = found;
      const { levels, fit, notes } = convergence(
        { levels: study.levels, unit: "tokens" },
        study.levels.map((_, i) => columnOf(found, i)),
        "mean",
        study,
      );
      return {
        paths,
        levels: levels.map((level, i) => ({ tokens: study.levels[i], ...level })),
        fit,
        ...(stopped && { stopped }),
        notes: [...stopNotes(stopped, "tokens"), ...notes],
      };
    },
  };
}
