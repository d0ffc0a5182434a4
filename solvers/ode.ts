import type { Evolution, Measure, Model, Observable } from "../src/types.js";
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
export function driftFlow({ model, initial }: DriftFlow): Evolution {
  const { law, reset } = started(initial, model.dimension);
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
    advance({ path, step, dt }) {
      field.redraw?.(path, step);
      flow(law, dt, drift);
    },
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

/** The drift flow with `steps` and with 2 * `steps` steps: the finer result, and the error step halving tells. */
export function solveOde<Name extends string = never>({
  model,
  initial,
  horizon,
  steps,
  observe = {} as Record<Name, Observable>,
}: OdeProblem<Name>): OdeSolution<Name> {
  if (!(Number.isInteger(steps) && steps > 0)) throw new RangeError(`steps: ${steps}, want at least one`);
  if (!(horizon > 0 && horizon < Infinity)) throw new RangeError(`horizon: ${horizon}, want a positive time`);
  const coarse = driftFlow({ model, initial });
  const fine = driftFlow({ model, initial });
  const series = recordSeries(observe);
  const record = (time: number): void => {
    const bad = series.record(time, fine.law);
    if (bad) throw new RangeError(`solveOde: the observable "${bad.name}" is ${bad.value} at time ${time}`);
  };
  const dt = horizon / steps;
  const rest = { path: 0, dW: new Float64Array(model.channels), area: null };
  let error = 0;
  record(0);
  for (let step = 0; step < steps; step++) {
    const time = step * dt;
    coarse.advance({ ...rest, step, time, dt });
    for (const half of [0, 1]) {
      fine.advance({ ...rest, step: 2 * step + half, time: time + (half * dt) / 2, dt: dt / 2 });
    }
    coarse.law.points.forEach((v, i) => {
      error = Math.max(error, Math.abs(v - fine.law.points[i]) / 15);
    });
    if (!Number.isFinite(error + fine.law.points.reduce((s, v) => s + v, 0))) {
      throw new RangeError(`solveOde: no longer finite at time ${time + dt}; take more than ${steps} steps`);
    }
    record(time + dt);
  }
  return { law: fine.law, times: series.times, values: series.values, error };
}
