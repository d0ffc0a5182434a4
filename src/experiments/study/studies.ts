import { chaosStudy } from "./chaos.js";
import type { Config } from "../../config/config.js";
import type { Study, StudyKind, StudyOptions } from "./report.js";
import { strongStudy } from "./strong.js";
import { transformerStudy } from "./transformer.js";
import { weakStudy } from "./weak.js";

export const STUDIES: Readonly<Record<StudyKind, (config: Config, options?: StudyOptions) => Study>> = {
  strong: strongStudy,
  weak: weakStudy,
  "propagation-of-chaos": chaosStudy,
  transformer: transformerStudy,
};
