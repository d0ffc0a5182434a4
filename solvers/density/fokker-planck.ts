import { checkOptions, maybe } from "../../src/numerics/options.js";
import { MODEL } from "../../src/numerics/shapes.js";
import { carriedBy, CARRIES, degreeNeededFor, largestTried, notCarried } from "../../src/laws/carried.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Evolution, Model } from "../../src/types.js";
import { areaUse } from "../area.js";
import { densityEulerMaruyama } from "./euler-maruyama.js";
import { exponentialFilter, type FilterOptions } from "./exponential-filter.js";
import { densityFlow } from "./flow.js";
import { isLaw, planGrade, projected, type Grade, type InitialDensity } from "./grade.js";
import { beyond, GUARD_LEVELS, unresolved, unresolvedStart, Unresolved, type GuardLevels } from "./guard.js";
import { history } from "./history.js";
import { planResolution } from "./resolution.js";

/** "flow" is the frozen-field flow of the transport form: the log-ODE of the density. "milstein" is another name of it. */
export type DensityScheme = "euler-maruyama" | "flow" | "milstein";

export interface FokkerPlanck {
  readonly model: Model;
  /** The harmonics to start with. */
  readonly transform: TensorTransform;
  /** The initial law, its density with respect to the surface measure (a function of a unit vector), or its coefficients. */
  readonly density: InitialDensity;
  readonly scheme: DensityScheme;
  /** Intensity of the idiosyncratic noise: adds 1/2 kappa^2 Lap rho. */
  readonly kappa?: number;
  /** Least number of pseudo-time substeps of the flow; 1 unless given. */
  readonly substeps?: number;
  /** What may be missing of a field found on a coarser grid than the density's, as a share of it; 1e-12 unless given. */
  readonly fieldTolerance?: number;
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

/**
 * The conditional law of the tokens given the common noise, as a density on S^1 or S^2 in spherical harmonics: the
 * stochastic Fokker–Planck equation d<mu,phi> = <mu, grad phi.b + 1/2 sum_k Hess phi[g_k,g_k]> dt + sum_k <mu, grad phi.g_k> dW^k.
 * Without noise channels it is the continuity or, with kappa, the Fokker–Planck equation.
 *
 * Nothing smooths the solution unless kappa > 0, and a clustering one leaves every degree. Mass, minimum and spectral
 * tail are recorded every step. With `finer` a step that ends with too long a tail is taken again at a higher degree,
 * its coefficients padded with zeros. Beyond the guard's last level `advance` throws `Unresolved` and the state stays
 * where it was: what it holds is the last that means something. `reset` throws it for an initial law that the harmonics do
 * not resolve, or whose mass and moments its nodes do not carry to 1e-6.
 */
export function fokkerPlanck(options: FokkerPlanck): DensityEvolution {
  checkOptions("fokkerPlanck", options, {
    model: MODEL,
    transform: "object",
    density: "anything",
    scheme: "anything",
    kappa: maybe("anything"),
    substeps: maybe("whole"),
    fieldTolerance: maybe("number"),
    filter: maybe("object"),
    guard: maybe("object"),
    finer: maybe("function"),
  });
  const { model, density, finer } = options;
  const guard: GuardLevels = { ...GUARD_LEVELS, ...options.guard };
  const grades = ladder(options);
  /** What mass and moments may be off by at the start: anything for those who measure what happens without a guard. */
  const startError = guard.stop < Infinity ? CARRIES : Infinity;
  const log = history(guard.warn);
  let now = grades.at(0)!;
  let level = 0;
  const area = areaUse(now.stepper, model, () => now.state.law);
  let refused: Unresolved | null = new Unresolved(
    "the density has no start yet: it is reset to a path first",
  );

  const climb = (time: number): boolean => {
    const next = grades.at(level + 1);
    if (!next) return false;
    level++;
    now = next;
    log.degree(now.transform.lmax, time);
    return true;
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
    model,
    scheme: area.scheme,
    commuting: area.commuting,

    reset(path) {
      log.restart(path);
      level = 0;
      now = grades.at(0)!;
      let carried = now.project(density);
      // The lowest degree that carries the initial law, or the last.
      const settled = (): boolean =>
        now.resolution.tail <= guard.raise && (carried === null || carried.error <= startError);
      for (; !settled(); level++) {
        const next = grades.at(level + 1);
        if (!next) break;
        now = next;
        carried = now.project(density);
      }
      log.degree(now.transform.lmax, 0);
      const { mass } = now.resolution;
      const start = carried ?? { mass, error: Math.abs(mass - 1) };
      const clause = start.error <= startError ? beyond(guard, now.resolution) : notCarried(start);
      refused =
        clause === null
          ? null
          : unresolvedStart(clause, now.transform.lmax, degreeFor(density, now.transform, guard));
      if (refused) {
        log.mark(path, 0);
        throw refused;
      }
      log.record(now.resolution, path, 0);
    },

    advance(interval) {
      if (refused) throw refused;
      const { path, time, dt, end = time + dt } = interval;
      area.see(interval);
      now.begin();
      now.take(interval);
      while (!(now.resolution.tail <= guard.raise)) {
        const coarser = now;
        if (!climb(time)) break;
        now.beginFrom(coarser);
        now.take(interval);
      }
      const clause = beyond(guard, now.resolution);
      if (clause) {
        now.undo();
        log.mark(path, time);
        throw unresolved(clause, now.transform.lmax);
      }
      log.record(now.resolution, path, end);
    },

    diagnostics() {
      const { lmax, count } = now.transform;
      const { decay } = now.resolution;
      const [verdict, use] = [log.verdict(), area.diagnostics()];
      const notes = [verdict.note, use.note].filter((note) => note !== undefined);
      return {
        lmax,
        nodes: count,
        ...log.series(),
        ...(Number.isFinite(decay) && { decay }),
        ...(finer && log.degrees()),
        ...use,
        ...verdict,
        ...(notes.length > 0 && { note: notes.join("; ") }),
        ...now.stepper.diagnostics(),
      };
    },
  };
}

/** The grades from the given transform up, each planned when it is first asked for and kept; null past the limit. */
function ladder(options: FokkerPlanck): { at(level: number): Grade | null } {
  const { model, transform, scheme, kappa = 0, substeps = 1, fieldTolerance, filter, finer } = options;
  const d = transform.dimension;
  if (model.dimension !== d || model.manifold !== "sphere") {
    throw new RangeError(`model: "${model.name}" does not live on S^${d - 1}, where this density does`);
  }
  if (!(kappa >= 0 && kappa < Infinity)) throw new RangeError(`kappa: ${kappa}, want a number from 0 up`);
  if (!["euler-maruyama", "flow", "milstein"].includes(scheme)) {
    throw new RangeError(`scheme: "${scheme}" is not known; want "euler-maruyama" or "flow"`);
  }
  const plan = (harmonics: TensorTransform): Grade =>
    planGrade(
      harmonics,
      scheme === "euler-maruyama"
        ? densityEulerMaruyama(model, harmonics, kappa)
        : densityFlow(model, harmonics, kappa, substeps, fieldTolerance),
      filter ? exponentialFilter(harmonics, filter) : null,
    );
  const grades = [plan(transform)];
  return {
    at(level) {
      while (grades.length <= level) {
        const next = finer?.(grades[grades.length - 1].transform);
        if (!next) return null;
        grades.push(plan(next));
      }
      return grades[level];
    },
  };
}

/** The degree with which a density could start, in words. */
function degreeFor(density: InitialDensity, transform: TensorTransform, guard: GuardLevels): string {
  if (!isLaw(density)) return "coefficients of a density of integral one";
  const degree = degreeNeededFor(transform, (finer) => {
    const values = new Float64Array(finer.count);
    const coefficients = projected(finer, density);
    finer.synthesis(coefficients, values);
    return (
      carriedBy(finer, density).error <= CARRIES &&
      beyond(guard, planResolution(finer)(coefficients, values)) === null
    );
  });
  return degree === null ? `more than degree ${largestTried(transform.dimension)}` : `degree ${degree} or so`;
}
