import { planHarmonics } from "../../spectral/harmonics.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { fokkerPlanck } from "../../../solvers/density/fokker-planck.js";
import { logOde } from "../../../solvers/schemes/log-ode.js";
import { simulate } from "../../../solvers/simulate.js";
import { buildTransform } from "../build-evolution.js";
import { buildInitialLaw } from "../build-initial.js";
import { buildModel } from "../build-model.js";
import { buildNoise } from "../build-noise.js";
import type { Config } from "../../config/config.js";
import { grid } from "../run.js";
import { agreeSettings, DEGREES, isSnapshot, lawObservables } from "./settings.js";

/** The limit law: the density, and its characteristics under the same noise. */
export interface LimitSide {
  readonly times: readonly number[];
  readonly density: Readonly<Record<string, readonly number[]>>;
  readonly characteristics: Readonly<Record<string, readonly number[]>>;
  /** [times] largest difference of a harmonic moment. */
  readonly differences: readonly number[];
  /** Moments of the density at the horizon, in the order of the harmonics. */
  readonly moments: Float64Array;
  readonly snapshots: readonly {
    readonly time: number;
    readonly coefficients: Float64Array;
    readonly energy: number[];
  }[];
  readonly mass: readonly number[];
  readonly minimum: readonly number[];
  readonly tail: readonly number[];
  readonly stopped?: { readonly time: number; readonly cause: string };
}

/** Density and characteristics, both moved by the frozen-field flow. */
export function limitSide(config: Config, onStep?: (done: number, total: number) => void): LimitSide {
  const { lmax, substeps } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed);
  const law = buildInitialLaw(config.initial, model.dimension);
  const { horizon, steps } = grid(config);
  const transform = buildTransform(model.dimension, lmax);
  const density = (x: Float64Array, offset: number): number => law.density!(x, offset);
  const noise = buildNoise(config, { channels: model.channels, horizon, steps, area: false }, 0);
  const observe = lawObservables(config);
  const { size } = planHarmonics(model.dimension, DEGREES);

  const solved = fokkerPlanck({ model, transform, density, scheme: "milstein", substeps });
  const history: Float64Array[] = [];
  const snapshots: LimitSide["snapshots"][number][] = [];
  const keep = (step: number, time: number): void => {
    history.push(solved.coefficients.slice(0, size));
    if (isSnapshot(step, steps)) {
      const energy = new Array<number>(lmax + 1).fill(0);
      solved.coefficients.forEach((c, q) => (energy[transform.degrees[q]] += c * c));
      snapshots.push({ time, coefficients: solved.coefficients.slice(), energy });
    }
    onStep?.(step, 2 * steps);
  };
  solved.reset(0);
  keep(0, 0);
  const first = simulate({ evolution: solved, noise, steps, observe, onStep: keep });

  const carried = characteristics({ model, scheme: logOde(substeps), transform, density });
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const moments = new Float64Array(size);
  const differences: number[] = [];
  const compare = (step: number): void => {
    harmonics.moments(carried.law, moments);
    differences.push(history[step].reduce((s, c, q) => Math.max(s, Math.abs(c - moments[q])), 0));
    onStep?.(steps + step, 2 * steps);
  };
  carried.reset(0);
  compare(0);
  const second = simulate({
    evolution: carried,
    noise,
    steps,
    observe,
    onStep: (step) => (step < history.length ? compare(step) : true),
  });

  const { mass, minimum, tail } = solved.diagnostics() as Record<"mass" | "minimum" | "tail", number[]>;
  return {
    times: first.times,
    density: first.values,
    characteristics: second.values,
    differences,
    moments: history[history.length - 1],
    snapshots,
    mass,
    minimum,
    tail,
    ...(first.stopped && { stopped: first.stopped }),
  };
}
