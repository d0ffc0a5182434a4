import { carriedBy, densityFunction, type Carried } from "../../src/laws/carried.js";
import type { LawOrDensity } from "../../src/laws/law.js";
import { vectorOf, type NumbersLike } from "../../src/numerics/rows.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Interval } from "../../src/types.js";
import { planResolution, type Resolution } from "./resolution.js";
import { densityState, type DensityState, type DensityStepper } from "./state.js";

/** An initial law, its density with respect to the surface measure (a function of a unit vector), or its coefficients. */
export type InitialDensity = LawOrDensity | NumbersLike;

/** Told apart from coefficients. */
export const isLaw = (density: InitialDensity): density is LawOrDensity =>
  typeof density === "function" || "sample" in density;

/** A density on the harmonics of one degree, with all that a step there needs. */
export interface Grade {
  readonly transform: TensorTransform;
  readonly state: DensityState;
  readonly stepper: DensityStepper;
  /** How well the harmonics carry the density as it stands. */
  readonly resolution: Resolution;
  /** Puts a density onto the harmonics; of a law says how the nodes carry it. The same density every time. */
  project(density: InitialDensity): Carried | null;
  /** A step begins here: what `undo` goes back to. */
  begin(): void;
  /** Begins where the step of a coarser grade began, its coefficients padded with zeros. */
  beginFrom(coarser: Grade): void;
  /** Where the step began. */
  readonly before: Float64Array;
  /** One step, filtered; a stepper that gives up leaves the density where it was. */
  take(interval: Interval): void;
  undo(): void;
}

export function planGrade(
  transform: TensorTransform,
  stepper: DensityStepper,
  damp: ((coefficients: Float64Array, dt: number) => void) | null,
): Grade {
  const state = densityState(transform);
  const { coefficients, values } = state;
  const before = new Float64Array(transform.size);
  let initial: Float64Array | null = null;
  let carried: Carried | null = null;
  const measure = planResolution(transform);
  let resolution = measure(coefficients, values);
  const settle = (): void => {
    state.refresh();
    resolution = measure(coefficients, values);
  };
  const undo = (): void => {
    coefficients.set(before);
    settle();
  };
  return {
    transform,
    state,
    stepper,
    before,
    get resolution() {
      return resolution;
    },
    project(density) {
      if (!initial) {
        initial = projected(transform, density);
        carried = isLaw(density) ? carriedBy(transform, density) : null;
      }
      coefficients.set(initial);
      stepper.restart?.();
      settle();
      return carried;
    },
    begin: () => before.set(coefficients),
    beginFrom(coarser) {
      stepper.restart?.();
      before.fill(0);
      before.set(coarser.before);
      coefficients.set(before);
      state.refresh();
    },
    take(interval) {
      try {
        stepper.step(state, interval);
      } catch (error) {
        undo();
        throw error;
      }
      damp?.(coefficients, interval.dt);
      settle();
    },
    undo,
  };
}

/** [size] coefficients of a density on the harmonics of a transform. */
export function projected(transform: TensorTransform, density: InitialDensity): Float64Array {
  const out = new Float64Array(transform.size);
  if (!isLaw(density)) {
    const given = vectorOf("density", density);
    if (given.length > transform.size) {
      throw new RangeError(`density: ${given.length} coefficients, want at most ${transform.size}`);
    }
    out.set(given);
    return out;
  }
  const { nodes, count, dimension } = transform;
  const of = densityFunction(density);
  transform.analysis(
    Float64Array.from({ length: count }, (_, i) => of(nodes, i * dimension)),
    out,
  );
  return out;
}
