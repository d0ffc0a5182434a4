import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Evolution, Interval, Model } from "../../src/types.js";
import { densityEulerMaruyama } from "./euler-maruyama.js";
import { densityFlow } from "./flow.js";
import { densityState, type DensityState, type DensityStepper } from "./state.js";
import { exponentialFilter, type FilterOptions } from "./exponential-filter.js";
import { planResolution, type Resolution } from "./resolution.js";
import { beyond, GUARD_LEVELS, unresolved, type GuardLevels } from "./guard.js";

export interface FokkerPlanck {
  readonly model: Model;
  /** The harmonics to start with. */
  readonly transform: TensorTransform;
  /** Initial density with respect to the surface measure: a function of a unit vector, or its coefficients. */
  readonly density: ((x: Float64Array, offset: number) => number) | Float64Array;
  /** "milstein" is the frozen-field flow of the transport form. */
  readonly scheme: "euler-maruyama" | "milstein";
  /** Intensity of the idiosyncratic noise: adds 1/2 kappa^2 Lap rho. */
  readonly kappa?: number;
  /** Least number of pseudo-time substeps of the flow; 1 unless given. */
  readonly substeps?: number;
  /** Off unless given. */
  readonly filter?: FilterOptions;
  /** When the density counts as resolved; `GUARD_LEVELS` unless given. */
  readonly guard?: Partial<GuardLevels>;
  /** The next finer transform, for a degree that rises as needed; null at the limit. Fixed degree unless given. */
  readonly finer?: (transform: TensorTransform) => TensorTransform | null;
}

export interface DensityEvolution extends Evolution {
  /** The harmonics now. */
  readonly transform: TensorTransform;
  /** [size] coefficients now, in the order of the transform. */
  readonly coefficients: Float64Array;
  /** [count] density at the nodes now. */
  readonly values: Float64Array;
}

/** All that belongs to one degree. */
interface Grade {
  readonly transform: TensorTransform;
  readonly state: DensityState;
  readonly stepper: DensityStepper;
  readonly before: Float64Array;
  readonly filter: ((coefficients: Float64Array, dt: number) => void) | null;
  resolution(): Resolution;
}

/**
 * The conditional law of the tokens given the common noise, as a density on S^1 or S^2 in spherical harmonics: the
 * stochastic Fokker–Planck equation d<mu,phi> = <mu, grad phi.b + 1/2 sum_k Hess phi[g_k,g_k]> dt + sum_k <mu, grad phi.g_k> dW^k.
 * Without noise channels it is the continuity or, with kappa, the Fokker–Planck equation.
 *
 * Nothing smooths the solution unless kappa > 0, and a clustering one leaves every degree. Mass, minimum and spectral
 * tail are recorded every step. With `finer` a step that ends with too long a tail is taken again at a higher degree,
 * its coefficients padded with zeros. Beyond the guard's last level `advance` throws `Unresolved` and the state stays
 * where it was: what it holds is the last that means something.
 */
export function fokkerPlanck(options: FokkerPlanck): DensityEvolution {
  const { model, density, kappa = 0, substeps = 1, filter, finer } = options;
  const guard: GuardLevels = { ...GUARD_LEVELS, ...options.guard };
  const d = options.transform.dimension;
  if (model.dimension !== d || model.manifold !== "sphere") {
    throw new RangeError(`model: "${model.name}" does not live on S^${d - 1}, where this density does`);
  }
  if (!(kappa >= 0 && kappa < Infinity)) throw new RangeError(`kappa: ${kappa}, want a number from 0 up`);

  const grades: Grade[] = [];
  const planGrade = (transform: TensorTransform): Grade => {
    const state = densityState(transform);
    const measure = planResolution(transform);
    return {
      transform,
      state,
      stepper:
        options.scheme === "milstein"
          ? densityFlow(model, transform, kappa, substeps)
          : densityEulerMaruyama(model, transform, kappa),
      before: new Float64Array(transform.size),
      filter: filter ? exponentialFilter(transform, filter) : null,
      resolution: () => measure(state.coefficients, state.values),
    };
  };
  /** The grade after this one, or null at the limit. Grades are kept for the next path. */
  const above = (level: number): Grade | null => {
    if (!grades[level + 1]) {
      const transform = finer?.(grades[level].transform);
      if (!transform) return null;
      grades.push(planGrade(transform));
    }
    return grades[level + 1];
  };
  grades.push(planGrade(options.transform));

  let level = 0;
  let now = grades[0];
  let resolution = now.resolution();
  /** Paths that were not resolved, with the first time. */
  const marked = new Map<number, number>();
  let series: { mass: number[]; minimum: number[]; tail: number[]; lmax: number[]; since: number[] };

  const project = ({ transform, state }: Grade): void => {
    if (density instanceof Float64Array) {
      if (density.length > transform.size) {
        throw new RangeError(`density: ${density.length} coefficients, want at most ${transform.size}`);
      }
      state.coefficients.fill(0);
      state.coefficients.set(density);
    } else {
      const { nodes, count } = transform;
      const at = Float64Array.from({ length: count }, (_, i) => density(nodes, i * d));
      transform.analysis(at, state.coefficients);
    }
    state.refresh();
  };

  const use = (grade: Grade, time: number): void => {
    now = grade;
    series.lmax.push(grade.transform.lmax);
    series.since.push(time);
  };

  const record = (path: number, time: number): void => {
    series.mass.push(resolution.mass);
    series.minimum.push(resolution.minimum);
    series.tail.push(resolution.tail);
    if (!(resolution.tail <= guard.warn) && !marked.has(path)) marked.set(path, time);
  };

  /** Back to where the step began. */
  const undo = ({ state, before, resolution: measure }: Grade): void => {
    state.coefficients.set(before);
    state.refresh();
    resolution = measure();
  };

  /** One step at this grade; a stepper that gives up leaves the state as it was. */
  const take = (grade: Grade, interval: Interval): void => {
    const { state, stepper, filter: damp } = grade;
    try {
      stepper.step(state, interval);
    } catch (error) {
      undo(grade);
      throw error;
    }
    damp?.(state.coefficients, interval.dt);
    state.refresh();
    resolution = grade.resolution();
  };

  return {
    get law() {
      return now.state.law;
    },
    get transform() {
      return now.transform;
    },
    get coefficients() {
      return now.state.coefficients;
    },
    get values() {
      return now.state.values;
    },

    reset(path) {
      series = { mass: [], minimum: [], tail: [], lmax: [], since: [] };
      marked.delete(path);
      level = 0;
      for (let grade: Grade | null = grades[0]; grade; grade = above(level)) {
        if (grade !== grades[0]) level++;
        now = grade;
        project(grade);
        resolution = grade.resolution();
        if (resolution.tail <= guard.raise) break;
      }
      use(now, 0);
      record(path, 0);
    },

    advance(interval) {
      const { path, time, dt } = interval;
      const already = beyond(guard, resolution);
      if (already) throw unresolved(already, now.transform.lmax, "initial");
      now.before.set(now.state.coefficients);
      take(now, interval);
      while (!(resolution.tail <= guard.raise)) {
        const next = above(level);
        if (!next) break;
        next.before.fill(0);
        next.before.set(now.before);
        next.state.coefficients.set(next.before);
        next.state.refresh();
        level++;
        use(next, time);
        take(next, interval);
      }
      const clause = beyond(guard, resolution);
      if (clause) {
        undo(now);
        if (!marked.has(path)) marked.set(path, time);
        throw unresolved(clause, now.transform.lmax, "step");
      }
      record(path, time + dt);
    },

    diagnostics() {
      const { lmax, count } = now.transform;
      const { mass, minimum, tail } = series;
      const unresolvedAt = Math.min(...marked.values());
      return {
        lmax,
        nodes: count,
        mass,
        minimum,
        tail,
        ...(Number.isFinite(resolution.decay) && { decay: resolution.decay }),
        ...(finer && { lmaxHistory: series.lmax, lmaxSince: series.since }),
        resolved: marked.size === 0,
        ...(marked.size > 0 && {
          unresolvedAt,
          unresolvedPaths: marked.size,
          note: `the tail of the spectrum passed ${guard.warn} at t = ${unresolvedAt}: from there the density is less accurate than that`,
        }),
        ...now.stepper.diagnostics(),
      };
    },
  };
}
