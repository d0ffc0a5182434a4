import { planHarmonics } from "../../spectral/harmonics.js";
import { planStrong, type StrongReference } from "../../studies/strong.js";
import type { Measure } from "../../types.js";
import type { Config } from "../../config/config.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { modelEntryOf } from "../../config/entries.js";
import { exactLaw } from "./exact.js";
import {
  buildMethod,
  numbersDrawn,
  pathProblem,
  runAlone,
  terminal,
  type Method,
  type Problem,
} from "./method.js";
import { referenceOf, type Reference } from "./reference.js";
import { curveOf, made, reporting, type PlanStudy } from "./report.js";
import { finestGrid, studySettings } from "./settings.js";

/** A reference four times finer than the finest level has at most a few percent of its error, in the mean square. */
const REFINEMENT = 4;

/**
 * The strong order of a configuration's solver: root mean square over paths of the distance to the reference at the
 * horizon, the same initial tokens and the same Brownian path (increments and areas, coarsened by Chen's relation) for
 * all. Tokens are compared point by point, a density or its characteristics by harmonic moments to `study.degree`.
 * Throws a ConfigError for a configuration that makes no such study.
 */
export const planStrongStudy: PlanStudy = (config, stopping) => {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { solver, model } = problem;
  const inLawOnly = modelEntryOf(config.model).inLawOnly?.(config.model);
  if (inLawOnly) throw new ConfigError(inLawOnly);
  const finest = finestGrid(study, REFINEMENT);
  const method = buildMethod(problem, solver, finest);
  const read = reader(problem, study.degree);
  const reference = referenceOf(problem, study, method, finest, "auto", stopping);
  const solve = terminal(method, reference.noise, stopping);
  const paths = planStrong({
    solve: (steps, path) => read(solve(steps, path)),
    levels: study.levels,
    paths: study.paths,
    reference: strongReference(config, method, reference, finest, read),
    // A state of moments is one point; tokens are n of them.
    ...(solver.kind === "particles" && { dimension: model.dimension }),
    scheme: method.name,
    seed: config.ensemble.seed,
  });
  return {
    paths: reporting(paths, (result) => ({
      study: "strong",
      scheme: result.scheme,
      reference: result.reference,
      paths: result.paths,
      horizon: solver.horizon,
      quantity:
        solver.kind === "particles"
          ? "root mean square distance of tokens"
          : `root mean square distance of harmonic moments, l <= ${study.degree}`,
      ...curveOf(
        result.levels.map(({ steps }) => ({ steps })),
        result,
        (i) => numbersDrawn(problem, method, result.levels[i].steps),
      ),
      ...(result.stopped && { stopped: result.stopped }),
      notes: [...method.notes, ...judgeNotes(method, reference), ...result.notes],
    })),
    alone: runAlone(problem, method, stopping),
  };
};

/** The same on one thread. */
export const strongStudy = made(planStrongStudy);

type Reader = (law: Measure) => Float64Array;

/** The reference in the words of `studyStrong`. */
function strongReference(
  config: Config,
  { evolution }: Method,
  reference: Reference,
  finest: number,
  read: Reader,
): StrongReference {
  switch (reference.kind) {
    case "finest":
      return "finest";
    case "exact": {
      const exact = exactLaw(config);
      return {
        kind: "exact",
        solve: (path) => {
          evolution.reset(path);
          return read(exact(evolution.law, reference.noise(path)));
        },
      };
    }
    case "judge":
      return {
        kind: "independent",
        name: reference.judge.name,
        steps: finest,
        solve: (steps, path) => read(reference.solve(steps, path)),
      };
  }
}

/** What the reader must know of the judge. */
function judgeNotes(method: Method, reference: Reference): string[] {
  if (reference.kind !== "judge") return [];
  const { name, order } = reference.judge;
  return [
    ...(order < 1 ? [`the reference ${name} has strong order 1/2 here: take it much finer`] : []),
    ...(name === method.name
      ? ["the reference is the same method on finer steps: errors common to all levels do not show"]
      : []),
  ];
}

/** What is compared of a law at the horizon: copies, because the law goes on. */
function reader({ model, solver }: Problem, degree: number): Reader {
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
