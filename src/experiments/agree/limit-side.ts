import { planHarmonics } from "../../spectral/harmonics.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { fokkerPlanck, type DensityEvolution } from "../../../solvers/density/fokker-planck.js";
import { logOdeWith } from "../../../solvers/schemes/log-ode.js";
import { Unresolved } from "../../../solvers/density/guard.js";
import { simulate, type Trajectory } from "../../../solvers/simulate.js";
import { planTransform } from "../../spectral/plan-transform.js";
import { buildProblem, gridOf } from "../../config/build-evolution.js";
import { areaName, buildNoise, givesArea } from "../../config/build-noise.js";
import type { Config } from "../../config/config.js";
import type { Stop } from "../stop.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { agreeSettings, DEGREES, isSnapshot, lawObservables } from "./settings.js";
import { stopOf, type SideOptions } from "./side.js";

/** The limit law: the density, and its characteristics under the same noise. */
export interface LimitSide {
  readonly times: readonly number[];
  readonly density: Readonly<Record<string, readonly number[]>>;
  readonly characteristics: Readonly<Record<string, readonly number[]>>;
  /** [times] largest difference of a harmonic moment, as far as both came. */
  readonly differences: readonly number[];
  /** Moments of the density where it ended, in the order of the harmonics. */
  readonly moments: Float64Array;
  /** Coefficients of the density where it ended. */
  readonly coefficients: Float64Array;
  readonly snapshots: readonly {
    readonly time: number;
    readonly coefficients: Float64Array;
    readonly energy: number[];
  }[];
  readonly mass: readonly number[];
  readonly minimum: readonly number[];
  readonly tail: readonly number[];
  /** The strong order of density and characteristics in the common noise, and how the areas came about. */
  readonly order: { readonly strongOrder: number; readonly area: string; readonly note?: string };
  /** Whether the density and the characteristics came to the horizon. */
  readonly reached: { readonly density: boolean; readonly characteristics: boolean };
  readonly stopped?: Stop;
}

/** The density along the noise. */
export interface DensityRun {
  readonly trajectory: Trajectory;
  /** [step] moments after it, to degree `DEGREES`. */
  readonly history: readonly Float64Array[];
  readonly snapshots: LimitSide["snapshots"];
  readonly coefficients: Float64Array;
  readonly facts: SolvedFacts;
  readonly area: string;
}

/** Its characteristics along the same noise. */
export type CarriedRun = Pick<DensityRun, "trajectory" | "history">;

/**
 * Density and characteristics, both moved by the frozen-field flow, with the same areas or none. A density that ends early
 * is held against its characteristics until then, unless the user asked for the end.
 */
export function limitSide(config: Config, { onProgress, stopping }: SideOptions = {}): LimitSide {
  const half = (which: 0 | 1): SideOptions => ({
    stopping,
    onProgress: (done, steps) => onProgress?.(which * steps + done, 2 * steps),
  });
  const density = followDensity(config, half(0));
  const last = density.history.length - 1;
  const interrupted = density.trajectory.stopped?.interrupted;
  return limitOf(config, density, interrupted ? null : followCarried(config, half(1), last));
}

/** What both are moved by. Throws a ConfigError for a density that does not even have its start. */
function limitProblem(config: Config) {
  const { lmax, substeps } = agreeSettings(config);
  const { model, law } = buildProblem(config);
  const { horizon, steps, finest = steps } = gridOf(config);
  const transform = planTransform(model.dimension, lmax);
  const density = (x: Float64Array, offset: number): number => law.density!(x, offset);
  const solved = fokkerPlanck({ model, transform, density, scheme: "flow", substeps });
  try {
    solved.reset(0);
  } catch (error) {
    if (error instanceof Unresolved) throw new ConfigError(`solver.lmax: ${error.message}`);
    throw error;
  }
  const area = givesArea(config, solved, { channels: model.channels, steps: finest });
  const noise = buildNoise(config, { channels: model.channels, horizon, steps: finest, area }, 0);
  const run = { noise, steps, area, observe: lawObservables(config) };
  return { model, law, transform, substeps, solved, run, harmonics: planHarmonics(model.dimension, DEGREES) };
}

/** Progress is counted in steps. */
export function followDensity(config: Config, { onProgress, stopping }: SideOptions = {}): DensityRun {
  const { tokenSteps } = agreeSettings(config);
  const { solved, run, harmonics } = limitProblem(config);
  const { steps } = run;
  const history: Float64Array[] = [];
  const snapshots: LimitSide["snapshots"][number][] = [];
  const keep = (step: number, time: number): void => {
    history.push(solved.coefficients.slice(0, harmonics.size));
    // On the grid of the tokens, which are drawn on top.
    if (isSnapshot(step * (tokenSteps / steps), tokenSteps)) snapshots.push({ time, ...spectrumOf(solved) });
    onProgress?.(step, steps);
  };
  keep(0, 0);
  const trajectory = simulate({ ...run, evolution: solved, stopping, onStep: keep });
  const { mass, minimum, tail, strongOrder, note } = solved.diagnostics() as SolvedFacts;
  return {
    trajectory,
    history,
    snapshots,
    coefficients: solved.coefficients.slice(),
    facts: { mass, minimum, tail, strongOrder, ...(note !== undefined && { note }) },
    area: areaName(config, run.area),
  };
}

/** Progress is counted in steps, of which no more than `last` are taken. */
export function followCarried(
  config: Config,
  { onProgress, stopping }: SideOptions = {},
  last = Infinity,
): CarriedRun {
  const { model, law, transform, substeps, run, harmonics } = limitProblem(config);
  const carried = characteristics({ model, scheme: logOdeWith({ substeps }), transform, density: law });
  const history: Float64Array[] = [];
  const keep = (step: number): void => {
    const moments = new Float64Array(harmonics.size);
    harmonics.moments(carried.law, moments);
    history.push(moments);
    onProgress?.(step, run.steps);
  };
  carried.reset(0);
  keep(0);
  const trajectory = simulate({
    ...run,
    evolution: carried,
    stopping,
    onStep(step) {
      if (step <= last) keep(step);
      return step >= last;
    },
  });
  return { trajectory, history };
}

/** Both held against each other, as far as both came. */
export function limitOf(config: Config, density: DensityRun, carried: CarriedRun | null): LimitSide {
  const { steps } = gridOf(config);
  const { trajectory: first, history, facts, area, snapshots, coefficients } = density;
  const second = first.stopped?.interrupted ? null : carried;
  const last = history.length - 1;
  const differences = (second?.history ?? [])
    .slice(0, last + 1)
    .map((moments, step) => history[step].reduce((s, c, q) => Math.max(s, Math.abs(c - moments[q])), 0));
  const stopped = first.stopped
    ? stopOf(first.stopped, { done: last, of: steps, unit: "steps of the density" })
    : second?.trajectory.stopped &&
      stopOf(second.trajectory.stopped, {
        done: differences.length - 1,
        of: steps,
        unit: "steps of the characteristics",
      });
  const { mass, minimum, tail, strongOrder, note } = facts;
  return {
    times: first.times,
    density: first.values,
    characteristics: firstOf(first.times.length, second?.trajectory.values ?? {}),
    differences,
    moments: history[last],
    coefficients,
    snapshots,
    mass,
    minimum,
    tail,
    order: { strongOrder, area, ...(note !== undefined && { note }) },
    reached: {
      density: !first.stopped,
      characteristics: second !== null && !second.trajectory.stopped && !first.stopped,
    },
    ...(stopped && { stopped }),
  };
}

/** The first so many numbers of every series. */
const firstOf = (
  count: number,
  series: Readonly<Record<string, readonly number[]>>,
): Record<string, readonly number[]> =>
  Object.fromEntries(Object.entries(series).map(([name, values]) => [name, values.slice(0, count)]));

type SolvedFacts = Record<"mass" | "minimum" | "tail", number[]> & { strongOrder: number; note?: string };

/** The coefficients of a density now, and their energy in each degree. */
function spectrumOf({ transform, coefficients }: DensityEvolution): {
  coefficients: Float64Array;
  energy: number[];
} {
  const energy = new Array<number>(transform.lmax + 1).fill(0);
  coefficients.forEach((c, q) => (energy[transform.degrees[q]] += c * c));
  return { coefficients: coefficients.slice(), energy };
}
