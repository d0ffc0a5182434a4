import { chaosStudy } from "./study-chaos.js";
import type { Config } from "./config.js";
import type { Study, StudyKind, StudyOptions } from "./study-report.js";
import { strongStudy } from "./study-strong.js";
import { transformerStudy } from "./study-transformer.js";
import { weakStudy } from "./study-weak.js";

export const STUDIES: Readonly<Record<StudyKind, (config: Config, options?: StudyOptions) => Study>> = {
  strong: strongStudy,
  weak: weakStudy,
  "propagation-of-chaos": chaosStudy,
  transformer: transformerStudy,
};
