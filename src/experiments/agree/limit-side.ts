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

/**
 * Density and characteristics, both moved by the frozen-field flow, with the same areas or none. A density that ends early
 * is held against its characteristics until then, unless the user asked for the end.
 */
export function limitSide(config: Config, { onProgress, stopping }: SideOptions = {}): LimitSide {
  const { lmax, substeps, tokenSteps } = agreeSettings(config);
  const { model, law } = buildProblem(config);
  const { horizon, steps, finest = steps } = gridOf(config);
  const transform = planTransform(model.dimension, lmax);
  const density = (x: Float64Array, offset: number): number => law.density!(x, offset);
  const observe = lawObservables(config);
  const harmonics = planHarmonics(model.dimension, DEGREES);

  const solved = fokkerPlanck({ model, transform, density, scheme: "flow", substeps });
  try {
    solved.reset(0);
  } catch (error) {
    if (error instanceof Unresolved) throw new ConfigError(`solver.lmax: ${error.message}`);
    throw error;
  }
  const area = givesArea(config, solved, { channels: model.channels, steps: finest });
  const noise = buildNoise(config, { channels: model.channels, horizon, steps: finest, area }, 0);
  const history: Float64Array[] = [];
  const snapshots: LimitSide["snapshots"][number][] = [];
  const keep = (step: number, time: number): void => {
    history.push(solved.coefficients.slice(0, harmonics.size));
    // On the grid of the tokens, which are drawn on top.
    if (isSnapshot(step * (tokenSteps / steps), tokenSteps)) snapshots.push({ time, ...spectrumOf(solved) });
    onProgress?.(step, 2 * steps);
  };
  keep(0, 0);
  const first = simulate({ evolution: solved, noise, steps, area, observe, stopping, onStep: keep });
  const last = history.length - 1;

  const carried = characteristics({ model, scheme: logOdeWith({ substeps }), transform, density: law });
  const moments = new Float64Array(harmonics.size);
  const differences: number[] = [];
  const compare = (step: number): void => {
    harmonics.moments(carried.law, moments);
    differences.push(history[step].reduce((s, c, q) => Math.max(s, Math.abs(c - moments[q])), 0));
    onProgress?.(steps + step, 2 * steps);
  };
  const follow = (): Trajectory => {
    carried.reset(0);
    compare(0);
    return simulate({
      evolution: carried,
      noise,
      steps,
      area,
      observe,
      stopping,
      onStep(step) {
        if (step <= last) compare(step);
        return step >= last;
      },
    });
  };
  const second = first.stopped?.interrupted ? null : follow();
  const stopped = first.stopped
    ? stopOf(first.stopped, { done: last, of: steps, unit: "steps of the density" })
    : second?.stopped &&
      stopOf(second.stopped, {
        done: differences.length - 1,
        of: steps,
        unit: "steps of the characteristics",
      });

  const { mass, minimum, tail, strongOrder, note } = solved.diagnostics() as SolvedFacts;
  return {
    times: first.times,
    density: first.values,
    characteristics: firstOf(first.times.length, second?.values ?? {}),
    differences,
    moments: history[last],
    coefficients: solved.coefficients.slice(),
    snapshots,
    mass,
    minimum,
    tail,
    order: { strongOrder, area: areaName(config, area), ...(note !== undefined && { note }) },
    reached: {
      density: !first.stopped,
      characteristics: second !== null && !second.stopped && !first.stopped,
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
