import { buildEvolution } from "../../config/build-evolution.js";
import { solverEntryOf } from "../../config/entries.js";
import { rms } from "../../studies/statistics.js";
import { copyMeasure } from "../../sphere/measure.js";
import type { Measure } from "../../types.js";
import { simulate } from "../../../solvers/simulate.js";
import type { Pace } from "./pace.js";
import type { Prepared } from "./prepared.js";

/** How far two solutions of the same path are apart, with the run's own steps and with steps of half the length. */
export interface StepDifference {
  /** What is measured of the law. */
  readonly quantity: "root mean square distance of points" | "total variation";
  /** Root mean squares over paths: of the law, and of every observable. */
  readonly law: number;
  readonly observables: Readonly<Record<string, number>>;
  /** The first so many of the run's steps, */
  readonly steps: number;
  /** on so many of its paths. */
  readonly paths: number;
}

/** Paths that are enough. */
const PATHS = 16;

/** Three steps for one: its own and two halves, and some room. */
const COST = 3.3;

/**
 * Solves as many of the first steps as there is time for, with the run's steps and with halves of them under the same noise,
 * on more paths where whole ones can be solved. Where nothing can be compared, the sentence that says why.
 */
export function stepDifference(
  run: Prepared,
  pace: Pick<Pace, "start" | "step">,
  { clock, until }: { readonly clock: () => number; readonly until: number },
): StepDifference | string {
  const { config, problem, grid, area, names, read, noise } = run;
  const { steps, finest } = grid;
  const fine = Math.max(finest, 2 * steps);
  if (!solverEntryOf(config.solver).followsPath) {
    return "layers are no steps that could be halved; the study transformer measures their distance from the limit";
  }
  if (problem.model.redrawn) return "the noise is redrawn every step, and two step sizes share no path";
  if (config.noise.kind === "table" && config.noise.increments.length < fine) {
    return "the noise is given, on no grid finer than the steps";
  }
  // A token's own noise is drawn on a grid of its own, which both must share.
  const own = fine > finest && config.solver.kind === "particles";
  const built = own ? buildEvolution(problem, { finest: fine }) : run.built;
  const { evolution } = built;
  const taken = Math.min(steps, Math.floor((until - clock() - 2 * pace.start) / (COST * pace.step)));
  if (!(taken >= 1)) return "a step takes too long to be taken three times";

  /** The law after the first steps, `refined` times as many as the run has; null where that took too long or stopped. */
  const solve = (path: number, refined: 1 | 2): Measure | null => {
    let done = 0;
    const { stopped } = simulate({
      evolution,
      noise: noise(path, fine),
      steps: refined * steps,
      area,
      every: refined * steps,
      onStep(step) {
        done = step;
        return step === refined * taken || clock() >= until;
      },
    });
    return !stopped && done === refined * taken ? copyMeasure(evolution.law) : null;
  };
  const laws: number[] = [];
  const numbers: number[][] = names.map(() => []);
  let quantity: StepDifference["quantity"] = "root mean square distance of points";
  const most = taken === steps ? Math.min(PATHS, config.ensemble.paths) : 1;
  for (let path = 0; path < most; path++) {
    const [coarse, refined] = [solve(path, 1), solve(path, 2)];
    if (!coarse || !refined) break;
    if (coarse.count !== refined.count) return "the degree rose in between";
    if (built.density?.()) quantity = "total variation";
    laws.push(quantity === "total variation" ? variation(coarse, refined) : distance(coarse, refined));
    const [a, b] = [read(coarse), read(refined)];
    numbers.forEach((list, i) => list.push(a[i] - b[i]));
  }
  if (laws.length === 0) return "halved steps did not come far enough in the time";
  return {
    quantity,
    law: rms(laws),
    observables: Object.fromEntries(names.map((name, i) => [name, rms(numbers[i])])),
    steps: taken,
    paths: laws.length,
  };
}

/** Root mean square distance of points, each with its weight. */
function distance(a: Measure, b: Measure): number {
  const { count: n, dimension: d, weights } = a;
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let c = i * d; c < (i + 1) * d; c++) sum += weights[i] * (a.points[c] - b.points[c]) ** 2;
  return Math.sqrt(sum);
}

/** Total variation of two laws on the same nodes. */
const variation = (a: Measure, b: Measure): number =>
  a.weights.reduce((sum, w, i) => sum + Math.abs(w - b.weights[i]), 0) / 2;
