import type { CommonNoise, Measure } from "../../types.js";
import type { AreaChoice } from "../../../solvers/area.js";
import type { StudyConfig } from "../../config/config.js";
import { buildMethod, judgeOf, keptNoise, terminal, type Method, type Problem } from "./method.js";

/** What a study of steps holds a method against, and the noise that both see. */
export type Reference = { readonly noise: (path: number) => CommonNoise } & (
  | { readonly kind: "finest" }
  /** Closed forms, from where the path starts. */
  | { readonly kind: "exact" }
  /** Another solver: the law at the horizon, shared with it. */
  | {
      readonly kind: "judge";
      readonly judge: Method;
      readonly solve: (steps: number, path: number) => Measure;
    }
);

/** `area` is what the judge asks for; `stopping` ends its runs early. */
export function referenceOf(
  problem: Problem,
  study: StudyConfig,
  method: Method,
  finest: number,
  area: AreaChoice,
  stopping?: () => boolean,
): Reference {
  if (study.reference === "finest" || study.reference === "exact") {
    return { kind: study.reference, noise: keptNoise(problem, finest, method.area) };
  }
  const named = study.reference === "independent" ? null : study.reference;
  const judge = buildMethod(problem, judgeOf(problem.solver, named, area), finest);
  const noise = keptNoise(problem, finest, method.area || judge.area);
  return { kind: "judge", noise, judge, solve: terminal(judge, noise, stopping) };
}
