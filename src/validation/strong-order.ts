import type { CommonNoise, Model, Scheme } from "../types.js";
import { studyStrong, type Solve, type StrongResult } from "../studies/strong.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { Stopped } from "../../solvers/simulate.js";
import { finishedFit, slopeNear, type Claim } from "../studies/claim.js";
import type { OrderProblem } from "./order-problems.js";

/** One scheme under study. */
export interface StrongRun {
  readonly scheme: "euler-maruyama" | "milstein" | "heun" | "log-ode";
  /** Whether it gets the Lévy area, if it asks for areas; true unless given. The reference always does. */
  readonly area?: boolean;
  /** Its own numbers of steps. */
  readonly levels?: readonly number[];
  /** What it is given in place of the problem's model and noise: faults are injected here. */
  readonly model?: (model: Model) => Model;
  readonly noise?: (noise: CommonNoise) => CommonNoise;
  readonly label?: string;
}

export interface StrongOrders {
  readonly problem: OrderProblem;
  readonly runs: readonly StrongRun[];
  readonly paths: number;
  /** Numbers of steps, rising by factors of two. */
  readonly levels: readonly number[];
  /** Steps of the reference: a power of two times every level. */
  readonly reference: number;
  /** A claim wants the interval within this of the order; 0.1 unless given. */
  readonly band?: number;
}

export interface StrongOrderClaim extends Claim {
  readonly study: StrongResult;
  /**
   * How far the slope turns when the reference takes steps twice as long: more than its error can turn it now. Infinite
   * where one of the two has no slope.
   */
  readonly turn: number;
}

/**
 * Strong orders of schemes on one problem, each judged by the other order-one scheme: the flow by Milstein, all others by
 * the log-ODE flow, with the area, on finer steps of the same path. The two share no step formula, so a reference with
 * a limit of its own would show as an error that stops falling. Intervals are the bootstrap's, widened by `turn`.
 */
export function strongOrderClaims(options: StrongOrders): StrongOrderClaim[] {
  const { problem, paths, reference } = options;
  const { model, initial, horizon } = problem;
  const noise = pathNoise({ seed: problem.name, channels: model.channels, horizon, steps: reference });
  const given = { model, initial, noise, area: true };
  const judges: Judges = {
    "log-ode": { scheme: logOde, solve: remember(pathwise({ ...given, scheme: logOde })) },
    milstein: { scheme: milstein, solve: remember(pathwise({ ...given, scheme: milstein })) },
  };
  const plans = options.runs.map((run) => planRun(run, options, judges, noise));

  // Path by path, so that every path is drawn once and serves all runs; the studies then find their states known.
  try {
    for (let path = 0; path < paths; path++) {
      for (const { solve, levels, judgedBy } of plans) {
        for (const steps of levels) solve(steps, path);
        judgedBy.solve(reference, path);
        judgedBy.solve(reference / 2, path);
      }
    }
  } catch (error) {
    // The study that comes to this path stops there and says why.
    if (!(error instanceof Stopped)) throw error;
  }
  return plans.map((plan) => claimOf(plan, options));
}

interface Judge {
  readonly scheme: Scheme;
  readonly solve: Solve;
}
type Judges = Readonly<Record<"log-ode" | "milstein", Judge>>;

/** One run with its solutions and who judges it. */
interface RunPlan extends Judge {
  readonly run: StrongRun;
  readonly levels: readonly number[];
  /** Whether it is given the area: never if its scheme does not ask. */
  readonly area: boolean;
  readonly judgedBy: Judge;
}

function planRun(
  run: StrongRun,
  { problem: { model, initial }, levels }: StrongOrders,
  judges: Judges,
  noise: (path: number) => CommonNoise,
): RunPlan {
  const scheme = schemeOf(run.scheme);
  const area = scheme.needsArea !== "never" && run.area !== false;
  const solve = remember(
    pathwise({
      model: run.model?.(model) ?? model,
      scheme,
      initial,
      noise: (path) => run.noise?.(noise(path)) ?? noise(path),
      area,
    }),
  );
  return {
    run,
    scheme,
    solve,
    levels: run.levels ?? levels,
    area,
    judgedBy: judges[run.scheme === "log-ode" ? "milstein" : "log-ode"],
  };
}

function claimOf(
  { run, scheme, solve, levels, area, judgedBy }: RunPlan,
  { problem, paths, reference, band = 0.1 }: StrongOrders,
): StrongOrderClaim {
  const against = (steps: number): StrongResult =>
    studyStrong({
      solve,
      levels,
      paths,
      dimension: problem.model.dimension,
      scheme: scheme.name,
      reference: { kind: "independent", name: judgedBy.scheme.name, steps, solve: judgedBy.solve },
    });
  const study = against(reference);
  const fit = finishedFit(study);
  const turned = finishedFit(against(reference / 2));
  const turn = fit && turned ? Math.abs(fit.slope - turned.slope) : Infinity;
  const order = area ? scheme.strongOrder : scheme.strongOrderWithoutArea;
  const label = run.label ?? `${scheme.name}${area || scheme.needsArea === "never" ? "" : " without area"}`;
  return {
    ...slopeNear(
      `strong order of ${label}, ${problem.name}`,
      fit && { slope: fit.slope, interval: [fit.interval[0] - turn, fit.interval[1] + turn] },
      order,
      band,
    ),
    study,
    turn,
  };
}

function schemeOf(name: StrongRun["scheme"]): Scheme {
  return { "euler-maruyama": eulerMaruyama, milstein, heun, "log-ode": logOde }[name];
}

/** The same solutions, each computed once. */
function remember(solve: Solve): Solve {
  const known = new Map<string, ArrayLike<number>>();
  return (steps, path) => {
    const key = `${steps}/${path}`;
    const state = known.get(key) ?? solve(steps, path);
    known.set(key, state);
    return state;
  };
}
