import type { CommonNoise, Scheme } from "../../types.js";
import { lineWeights } from "../../studies/regression.js";
import { rms } from "../../studies/statistics.js";
import { studyStrong, type Solve, type StrongResult } from "../../studies/strong.js";
import { eulerMaruyama } from "../../../solvers/euler-maruyama.js";
import { logOde } from "../../../solvers/log-ode.js";
import { milstein } from "../../../solvers/milstein.js";
import { pathNoise, pathwise } from "../../../solvers/pathwise.js";
import { judge, type Claim } from "./claim.js";
import type { OrderProblem } from "./order-problems.js";

export interface StrongOrderSize {
  readonly paths: number;
  /** Numbers of steps, rising by factors of two. */
  readonly levels: readonly number[];
  /** Steps of the reference: a power of two times every level. */
  readonly reference: number;
}

export interface StrongOrderClaim extends Claim {
  readonly study: StrongResult;
  /** Root mean-square error of the reference, from halving its steps. */
  readonly referenceError: number;
}

export interface StrongOrderOptions extends StrongOrderSize {
  readonly problem: OrderProblem;
  readonly scheme: "euler-maruyama" | "milstein" | "flow";
  /** Whether the scheme gets the Lévy area; true unless given. The reference always does. */
  readonly area?: boolean;
  /** What the scheme under study is given in place of the problem's model and noise: faults are injected here. */
  readonly fault?: {
    readonly model?: (model: OrderProblem["model"]) => OrderProblem["model"];
    readonly noise?: (noise: CommonNoise) => CommonNoise;
  };
}

/** Paths on which the error of the reference is measured. */
const REFERENCE_PATHS = 16;

/**
 * The strong order of a scheme on a problem, judged by the other order-one scheme: Euler–Maruyama and Milstein against
 * the log-ODE flow, the flow against Milstein, both with the area, on finer steps of the same path. The two share no
 * step formula, so a reference with a limit of its own would show as an error that stops falling. The interval is the
 * bootstrap's, widened by the most the reference's own error can turn the fitted line.
 */
export function strongOrderClaim(options: StrongOrderOptions): StrongOrderClaim {
  const { problem, scheme: name, paths, levels, reference, area = true, fault } = options;
  const { model, initial, horizon } = problem;
  const noise = pathNoise({ seed: problem.name, channels: model.channels, horizon, steps: reference });
  const scheme: Scheme = { "euler-maruyama": eulerMaruyama, milstein, flow: logOde() }[name];
  const judgeScheme = name === "flow" ? milstein : logOde();
  const solve = pathwise({
    model: fault?.model?.(model) ?? model,
    scheme,
    initial,
    noise: (path) => fault?.noise?.(noise(path)) ?? noise(path),
    area: area && scheme.needsArea !== "never",
  });
  const truth = pathwise({ model, scheme: judgeScheme, initial, noise, area: true });

  const study = studyStrong({
    solve,
    levels,
    paths,
    dimension: model.dimension,
    scheme: name,
    reference: { kind: "independent", name: judgeScheme.name, steps: reference, solve: truth },
  });
  const { slope, interval } = study.fit ?? { slope: NaN, interval: [-Infinity, Infinity] as const };
  const referenceError = changeOnHalving(truth, reference, model.dimension);
  const turn = largestTurn(study, referenceError);
  const order = area ? scheme.strongOrder : scheme.strongOrderWithoutArea;
  const label = `strong order of ${name}${area ? "" : " without area"}, ${problem.name}`;
  return {
    ...judge(label, slope, [interval[0] - turn, interval[1] + turn], [order - 0.1, order + 0.1]),
    study,
    referenceError,
  };
}

/** Root mean-square distance per point between solutions on `steps` and on half as many. */
function changeOnHalving(solve: Solve, steps: number, dimension: number): number {
  const distances = Array.from({ length: REFERENCE_PATHS }, (_, path) => {
    const fine = solve(steps, path);
    const coarse = solve(steps / 2, path);
    return rms(Float64Array.from(fine, (v, i) => v - coarse[i])) * Math.sqrt(dimension);
  });
  return rms(distances);
}

/** By the triangle inequality every error is known to +-r; the slope is linear in their logarithms. */
function largestTurn({ levels }: StrongResult, r: number): number {
  const { slope } = lineWeights(levels.map(({ steps }) => -Math.log(steps)));
  return levels.reduce((s, { error }, i) => s + Math.abs(slope[i]) * -Math.log(Math.max(1e-300, 1 - r / error)), 0);
}
