import { ConfigError } from "../../config/contract/config-error.js";
import type { Config, StudyConfig } from "../../config/config.js";
import { isPowerOfTwo } from "../../numerics/powers-of-two.js";
import { checkRising } from "../rising.js";

/** The settings of a study. Throws a ConfigError where they are missing, levels do not rise, or the noise is a given one. */
export function studySettings({ study, noise }: Config): StudyConfig {
  if (!study) {
    throw new ConfigError('study: is missing; want for example {"levels": [8, 16, 32, 64], "paths": 500}');
  }
  if (noise.kind !== "brownian") {
    throw new ConfigError(
      `noise.kind: "${noise.kind}" is a single path; a study draws its own, want "brownian"`,
    );
  }
  checkRising("study.levels", study.levels);
  return study;
}

/** The last and finest level. */
export const finestOf = ({ levels }: StudyConfig): number => levels[levels.length - 1];

/**
 * Steps of the grid on which a path's noise is drawn once, for all levels and the reference: `refinement` times the finest
 * level, or what is asked for. Throws a ConfigError for a level or a reference that is not on one dyadic ladder,
 * and where too few levels are left.
 */
export function finestGrid(study: StudyConfig, refinement: number): number {
  const finest = finestOf(study);
  study.levels.forEach((level, i) => {
    if (!isPowerOfTwo(finest / level)) {
      throw new ConfigError(
        `study.levels[${i}]: ${level} is not the finest level ${finest} halved some number of times; one path serves all levels, and it coarsens by powers of two`,
      );
    }
  });
  if (study.reference === "finest" && study.levels.length < 3) {
    throw new ConfigError('study.levels: reference "finest" spends the last level; want at least three');
  }
  if (study.reference === "finest" || study.reference === "exact") return finest;
  const steps = study.referenceSteps ?? refinement * finest;
  if (!isPowerOfTwo(steps / finest)) {
    throw new ConfigError(
      `study.referenceSteps: ${steps} is not the finest level ${finest} doubled some number of times`,
    );
  }
  return steps;
}
