import { planWeak, type WeakReference, type WeakResult } from "../../studies/weak.js";
import { stopNotes } from "../../studies/paths.js";
import type { Bounds } from "../../studies/regression.js";
import type { Measure, Observable } from "../../types.js";
import { buildObservables } from "../../config/build-observables.js";
import type { Config } from "../../config/config.js";
import { exactLaw, exactMean, hasExactLaw } from "./exact.js";
import { buildMethod, numbersDrawn, pathProblem, runAlone, terminal, type Method } from "./method.js";
import { referenceOf, type Reference } from "./reference.js";
import { bounded, made, reporting, type PlanStudy, type StudyCurve, type StudyReport } from "./report.js";
import { finestGrid, studySettings } from "./settings.js";

/** The reference's own bias is of first order too: sixteen times finer leaves six percent of the finest level's. */
const REFINEMENT = 16;

/**
 * The weak order of a configuration's solver: the bias of the mean of every observable at the horizon, with its Monte
 * Carlo standard error. The reference is exact (given where the path's tokens start, or along the path) or a finer solution
 * by an independent scheme on the same paths, which takes most of the statistical error away. Levels whose noise covers
 * the bias are left out of the fit and named.
 */
export const planWeakStudy: PlanStudy = (config, stopping) => {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { solver } = problem;
  const finest = finestGrid(study, REFINEMENT);
  const method = buildMethod(problem, solver, finest);
  const observe = buildObservables(config, method.evolution.law);
  const names = Object.keys(observe);
  const readAll = (law: Measure): number[] => names.map((name) => observe[name](law));
  const reference = referenceOf(problem, study, method, finest, solver.area, stopping);
  const solve = terminal(method, reference.noise, stopping);
  const paths = planWeak({
    solve: (steps, path) => readAll(solve(steps, path)),
    observables: names,
    levels: study.levels,
    paths: study.paths,
    reference: weakReference(config, method, reference, finest, observe),
    scheme: method.name,
  });
  const work = (steps: number): number => numbersDrawn(problem, method, steps);
  return {
    paths: reporting(paths, (results) => ({
      study: "weak",
      horizon: solver.horizon,
      ...weakReport(results, (steps) => ({ work: work(steps) }), method.notes),
    })),
    alone: runAlone(problem, method, stopping),
  };
};

/** The same on one thread. */
export const weakStudy = made(planWeakStudy);

/** The reference in the words of `studyWeak`. */
function weakReference(
  config: Config,
  { evolution, solver }: Method,
  reference: Reference,
  finest: number,
  observe: Readonly<Record<string, Observable>>,
): WeakReference {
  const names = Object.keys(observe);
  const readAll = (law: Measure): number[] => names.map((name) => observe[name](law));
  switch (reference.kind) {
    case "finest":
      return "finest";
    case "exact": {
      const solved = hasExactLaw(config) ? exactLaw(config) : null;
      const means = solved ? [] : names.map((name) => exactMean(config, solver.horizon, name, observe[name]));
      return {
        kind: "independent",
        name: "exact",
        solve: (path) => {
          evolution.reset(path);
          const start = evolution.law;
          return solved ? readAll(solved(start, reference.noise(path))) : means.map((mean) => mean(start));
        },
      };
    }
    case "judge":
      return {
        kind: "independent",
        name: `${reference.judge.name} on ${finest} steps, same paths`,
        solve: (path) => readAll(reference.solve(finest, path)),
      };
  }
}

/** The report of biases, observable by observable; `more` adds what a level costs, and what else belongs to it. */
export function weakReport(
  results: readonly WeakResult[],
  more: (steps: number) => { readonly work: number; readonly eta?: number },
  notes: readonly string[],
): Omit<StudyReport, "study" | "horizon"> {
  const [{ scheme, reference, paths, stopped, observable: first }] = results;
  const stop = stopNotes(stopped, "steps");
  const own = results.flatMap((r) =>
    r.notes.filter((note) => !stop.includes(note)).map((note) => `${r.observable}: ${note}`),
  );
  const curve = ({ levels, fit }: WeakResult): StudyCurve => ({
    levels: levels.map(({ steps, bias, error, standardError, interval, resolved, localSlope }) => ({
      steps,
      error,
      interval: bounded(bias < 0 ? mirrored(interval) : interval),
      bias,
      standardError: Number.isFinite(standardError) ? standardError : null,
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
    ...(stopped && { stopped }),
    notes: [...stop, ...notes, ...own],
  };
}

const mirrored = ([low, high]: Bounds): Bounds => [-high, -low];
