import { studyWeak, type WeakReference, type WeakResult } from "../../studies/weak.js";
import type { Bounds } from "../../studies/regression.js";
import { buildObservables } from "../build-observables.js";
import type { Config } from "../../config/config.js";
import { exactMean } from "./exact.js";
import {
  buildMethod,
  judgeOf,
  keptNoise,
  methodNotes,
  numbersDrawn,
  pathProblem,
  runAlone,
  terminal,
} from "./method.js";
import { bounded, type Study, type StudyCurve, type StudyOptions, type StudyReport } from "./report.js";
import { finestGrid, studySettings } from "./settings.js";
import { exactLaw } from "./strong.js";

/** The reference's own bias is of first order too: sixteen times finer leaves six percent of the finest level's. */
const REFINEMENT = 16;

/**
 * The weak order of a configuration's solver: the bias of the mean of every observable at the horizon, with its Monte
 * Carlo standard error. The reference is exact (given where the path's tokens start, or along the path) or a finer solution
 * by an independent scheme on the same paths, which takes most of the statistical error away. Levels whose noise covers
 * the bias are left out of the fit and named.
 */
export function weakStudy(config: Config, { onProgress }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { solver } = problem;
  const finest = finestGrid(study, REFINEMENT);
  const method = buildMethod(problem, solver, finest);
  const observe = buildObservables(config, method.evolution.law);
  const names = Object.keys(observe);
  const readAll = (law: Parameters<(typeof observe)[string]>[0]): number[] =>
    names.map((name) => observe[name](law));

  let reference: WeakReference;
  let noise: ReturnType<typeof keptNoise>;
  if (study.reference === "finest") {
    noise = keptNoise(problem, finest, method.area);
    reference = "finest";
  } else if (study.reference === "exact") {
    noise = keptNoise(problem, finest, method.area);
    let solveExactly: (path: number) => number[];
    const start = () => method.evolution.law;
    if (config.model.name === "rotation") {
      const exact = exactLaw(problem);
      solveExactly = (path) => readAll(exact(start(), noise(path)));
    } else {
      const means = names.map((name) => exactMean(config, solver.horizon, name, observe[name]));
      solveExactly = () => means.map((mean) => mean(start()));
    }
    reference = {
      kind: "independent",
      name: "exact",
      solve: (path) => {
        method.evolution.reset(path);
        return solveExactly(path);
      },
    };
  } else {
    const named = study.reference === "independent" ? null : study.reference;
    const judge = buildMethod(problem, judgeOf(solver, named, solver.area), finest);
    noise = keptNoise(problem, finest, method.area || judge.area);
    const truth = terminal(judge, noise);
    const name = `${judge.name} on ${finest} steps, same paths`;
    reference = { kind: "independent", name, solve: (path) => readAll(truth(finest, path)) };
  }
  const solve = terminal(method, noise);
  const results = studyWeak({
    solve: (steps, path) => readAll(solve(steps, path)),
    observables: names,
    levels: study.levels,
    paths: study.paths,
    reference,
    scheme: method.name,
    onProgress,
  });
  const work = (steps: number): number => numbersDrawn(problem, method, steps);
  return {
    report: {
      study: "weak",
      horizon: solver.horizon,
      ...weakReport(results, (steps) => ({ work: work(steps) }), methodNotes(method)),
    },
    alone: runAlone(problem, method),
  };
}

/** The report of biases, observable by observable; `more` adds what a level costs, and what else belongs to it. */
export function weakReport(
  results: readonly WeakResult[],
  more: (steps: number) => { readonly work: number; readonly eta?: number },
  notes: readonly string[],
): Omit<StudyReport, "study" | "horizon"> {
  const [{ scheme, reference, paths, observable: first }] = results;
  const curve = ({ levels, fit }: WeakResult): StudyCurve => ({
    levels: levels.map(({ steps, bias, error, standardError, interval, resolved, localSlope }) => ({
      steps,
      error,
      interval: bounded(bias < 0 ? mirrored(interval) : interval),
      bias,
      standardError,
      resolved,
      ...(localSlope !== undefined && { localSlope }),
      ...more(steps),
    })),
    fit: fit && { slope: fit.slope, interval: bounded(fit.interval) },
  });
  return {
    scheme,
    reference,
    paths,
    quantity: `bias of the mean of ${first}`,
    ...curve(results[0]),
    observables: Object.fromEntries(results.map((result) => [result.observable, curve(result)])),
    notes: [...notes, ...results.flatMap((r) => r.notes.map((note) => `${r.observable}: ${note}`))],
  };
}

const mirrored = ([low, high]: Bounds): Bounds => [-high, -low];
