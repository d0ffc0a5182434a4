import { gridTime } from "../src/numerics/grid-time.js";
import { checkOptions, maybe } from "../src/numerics/options.js";
import { MODEL, START } from "../src/numerics/shapes.js";
import { Stopped } from "../src/numerics/stopped.js";
import type { Evolution, Interval, Measure, Model, Observable } from "../src/types.js";
import { planRungeKutta } from "./schemes/pseudo-time.js";
import { recordSeries } from "./record-series.js";
import { started, type Start } from "./start.js";

export interface DriftFlow {
  /** Only its drift is used: b for ODE I, b with the corrector for ODE II (arXiv:2604.01978, theorem 1). */
  readonly model: Model;
  readonly initial: Start;
}

/**
 * X' = b(X): points along a model's drift, law and points moving together, one classical RK4 step an interval. Stages
 * return to the sphere as in `logOde`, so order four is kept. The noise it is offered is ignored.
 */
export function driftFlow(options: DriftFlow): Evolution {
  checkOptions("driftFlow", options, { model: MODEL, initial: START });
  const { model, initial } = options;
  const { law, reset, whole } = started(initial, model);
  const field = model.plan(law.count);
  const flow = planRungeKutta(model.manifold, model.dimension, law.count);
  const still = new Float64Array(model.channels);
  const drift = (now: Measure, out: Float64Array): void => {
    field.freeze(now);
    field.increment(1, still, out);
  };
  return {
    law,
    reset,
    advance: whole(({ path, step, dt }) => {
      field.redraw?.(path, step);
      flow(law, dt, drift);
    }),
    diagnostics: () => ({ points: law.count }),
  };
}

export interface OdeProblem<Name extends string = string> extends DriftFlow {
  readonly horizon: number;
  /** Steps of the coarser of the two runs. */
  readonly steps: number;
  readonly observe?: Readonly<Record<Name, Observable>>;
}

export interface OdeSolution<Name extends string = string> {
  /** The law at the horizon, from the finer run. */
  readonly law: Measure;
  readonly times: readonly number[];
  /** One series per observable, by the names observed. */
  readonly values: Readonly<Record<Name, readonly number[]>>;
  /** Estimated error of the finer run's points: the largest coordinate difference of both runs over all times, / 15. */
  readonly error: number;
}

/**
 * The drift flow with `steps` and with 2 * `steps` steps: the finer result, and the error step halving tells. Throws
 * `Stopped`, with the time, where the flow or an observable is no longer finite (`simulate` with a `driftFlow` keeps what
 * came before), and a RangeError for options that make no sense.
 */
export function solveOde<Name extends string = never>(options: OdeProblem<Name>): OdeSolution<Name> {
  checkOptions("solveOde", options, {
    model: MODEL,
    initial: START,
    horizon: "number",
    steps: "number",
    observe: maybe({ each: "function" }),
  });
  const { model, initial, horizon, steps, observe = {} as Record<Name, Observable> } = options;
  if (!(Number.isInteger(steps) && steps > 0)) throw new RangeError(`steps: ${steps}, want at least one`);
  if (!(horizon > 0 && horizon < Infinity)) throw new RangeError(`horizon: ${horizon}, want a positive time`);
  const coarse = driftFlow({ model, initial });
  const fine = driftFlow({ model, initial });
  const series = recordSeries(observe);
  const record = (time: number): void => {
    const bad = series.record(time, fine.law);
    if (bad) {
      throw new Stopped(`solveOde: the observable "${bad.name}" is ${bad.value} at t = ${time}`, { time });
    }
  };
  const still = { path: 0, dW: new Float64Array(model.channels), area: null };
  const interval = (step: number, of: number): Interval => ({
    ...still,
    step,
    time: gridTime(horizon, step, of),
    end: gridTime(horizon, step + 1, of),
    dt: horizon / of,
  });
  let error = 0;
  record(0);
  for (let step = 0; step < steps; step++) {
    const end = gridTime(horizon, step + 1, steps);
    coarse.advance(interval(step, steps));
    for (const half of [0, 1]) fine.advance(interval(2 * step + half, 2 * steps));
    coarse.law.points.forEach((v, i) => {
      error = Math.max(error, Math.abs(v - fine.law.points[i]) / 15);
    });
    if (!Number.isFinite(error + fine.law.points.reduce((s, v) => s + v, 0))) {
      throw new Stopped(
        `solveOde: at t = ${end}, step ${step + 1} of ${steps}: the points are no longer finite; take more steps`,
        { time: end },
      );
    }
    record(end);
  }
  return { law: fine.law, times: series.times, values: series.values, error };
}
