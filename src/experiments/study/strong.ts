import { planHarmonics } from "../../spectral/harmonics.js";
import { studyStrong, type StrongReference } from "../../studies/strong.js";
import type { Measure } from "../../types.js";
import { ConfigError } from "../../config/config-error.js";
import type { Config } from "../../config/config.js";
import { rotated } from "./exact.js";
import {
  buildMethod,
  judgeOf,
  keptNoise,
  methodNotes,
  numbersDrawn,
  pathProblem,
  runAlone,
  terminal,
  type Problem,
} from "./method.js";
import { curveOf, type Study, type StudyOptions } from "./report.js";
import { finestGrid, studySettings } from "./settings.js";

/** A reference four times finer than the finest level has at most a few percent of its error, in the mean square. */
const REFINEMENT = 4;

/**
 * The strong order of a configuration's solver: root mean square over paths of the distance to the reference at the
 * horizon, the same initial tokens and the same Brownian path (increments and areas, coarsened by Chen's relation) for
 * all. Tokens are compared point by point, a density or its characteristics by harmonic moments to `study.degree`.
 * Throws a ConfigError for a configuration that makes no such study.
 */
export function strongStudy(config: Config, { onProgress }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { solver, model } = problem;
  if (config.model.name === "gaussian-attention" && config.model.atoms === "fresh") {
    throw new ConfigError(
      'model.atoms: "fresh" is right in law only, and a strong order is path by path; want a number of atoms, or the study "weak"',
    );
  }
  const finest = finestGrid(study, REFINEMENT);
  const method = buildMethod(problem, solver, finest);
  const read = reader(problem, study.degree);
  const notes = methodNotes(method);

  let reference: StrongReference;
  let noise: ReturnType<typeof keptNoise>;
  if (study.reference === "finest") {
    noise = keptNoise(problem, finest, method.area);
    reference = "finest";
  } else if (study.reference === "exact") {
    noise = keptNoise(problem, finest, method.area);
    const exact = exactLaw(problem);
    reference = {
      kind: "exact",
      solve: (path) => {
        method.evolution.reset(path);
        return read(exact(method.evolution.law, noise(path)));
      },
    };
  } else {
    const named = study.reference === "independent" ? null : study.reference;
    const judge = buildMethod(problem, judgeOf(solver, named, "auto"), finest);
    noise = keptNoise(problem, finest, method.area || judge.area);
    const truth = terminal(judge, noise);
    reference = {
      kind: "independent",
      name: judge.name,
      steps: finest,
      solve: (steps, path) => read(truth(steps, path)),
    };
    if (judge.order < 1)
      notes.push(`the reference ${judge.name} has strong order 1/2 here: take it much finer`);
    if (judge.name === method.name) {
      notes.push("the reference is the same method on finer steps: errors common to all levels do not show");
    }
  }
  const solve = terminal(method, noise);
  const result = studyStrong({
    solve: (steps, path) => read(solve(steps, path)),
    levels: study.levels,
    paths: study.paths,
    reference,
    // A state of moments is one point; tokens are n of them.
    ...(solver.kind === "particles" && { dimension: model.dimension }),
    scheme: method.name,
    seed: config.ensemble.seed,
    onProgress,
  });
  const curve = curveOf(
    result.levels.map(({ steps }) => ({ steps })),
    result,
    (i) => numbersDrawn(problem, method, result.levels[i].steps),
  );
  return {
    report: {
      study: "strong",
      scheme: result.scheme,
      reference: result.reference,
      paths: result.paths,
      horizon: solver.horizon,
      quantity:
        solver.kind === "particles"
          ? "root mean square distance of tokens"
          : `root mean square distance of harmonic moments, l <= ${study.degree}`,
      ...curve,
      notes: [...notes, ...result.notes],
    },
    alone: runAlone(problem, method),
  };
}

/** What is compared of a law at the horizon: copies, because the law goes on. */
function reader({ model, solver }: Problem, degree: number): (law: Measure) => Float64Array {
  if (solver.kind === "particles") return ({ points }) => points.slice();
  const least = solver.lmax === "auto" ? degree : solver.lmax;
  if (degree > least) {
    throw new ConfigError(`study.degree: ${degree} is above solver.lmax, which is ${least}`);
  }
  const harmonics = planHarmonics(model.dimension, degree);
  return (law) => {
    const moments = new Float64Array(harmonics.size);
    harmonics.moments(law, moments);
    return moments;
  };
}

type Noise = ReturnType<ReturnType<typeof keptNoise>>;

/** The law at the horizon, exactly, from the initial one and the path: known for a rotation. */
export function exactLaw({ config, solver }: Problem): (start: Measure, noise: Noise) => Measure {
  const { model } = config;
  if (model.name !== "rotation") {
    throw new ConfigError(
      `study.reference: no "exact" solution along a path is known for model "${model.name}"; it is for "rotation"; want "independent" or "finest"`,
    );
  }
  if ("kappa" in solver && solver.kappa > 0) {
    throw new ConfigError(
      `solver.kappa: ${solver.kappa} has no exact solution; want 0, or study.reference "finest"`,
    );
  }
  const dW = new Float64Array(1);
  return (start, noise) => {
    let W = 0;
    for (let step = 0; step < noise.steps; step++) {
      noise.increment(noise.steps, step, dW);
      W += dW[0];
    }
    return { ...start, points: rotated(model, start.points, W) };
  };
}
