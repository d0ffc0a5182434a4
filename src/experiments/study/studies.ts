import { planChaosStudy } from "./chaos.js";
import type { PlanStudy, StudyKind } from "./report.js";
import { planStrongStudy } from "./strong.js";
import { planTransformerStudy } from "./transformer.js";
import { planWeakStudy } from "./weak.js";

export const STUDIES: Readonly<Record<StudyKind, PlanStudy>> = {
  strong: planStrongStudy,
  weak: planWeakStudy,
  "propagation-of-chaos": planChaosStudy,
  transformer: planTransformerStudy,
};
