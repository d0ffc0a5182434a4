import { log } from "../../src/numerics/log.js";
import type { Diagnostics, HarmonicTransform, Interval, Model } from "../../src/types.js";
import { frozenField, type FrozenField } from "../schemes/frozen-field.js";
import type { FieldNorms } from "../../src/spectral/interpolate-field.js";
import { coarseField, type CoarseField } from "./coarse-field.js";
import type { DensityState } from "./state.js";

/** The field of one step of the density, at every node of its transform. */
export interface DensityField {
  /** A path begins: what was learnt on another is forgotten, so that a path is the same whichever went before. */
  restart(): void;
  start(interval: Interval): void;
  /** out[n,d] = what `FrozenField` says, under the density of this state. */
  velocity(state: DensityState, out: Float64Array): void;
  diagnostics(): Diagnostics;
}

/** What two ways to the same field may differ by, in units of the tolerance that its tail must meet. */
const AGREE = 10;

/** A displacement as small as this is rounding of the points themselves. */
const ROUNDING = 1e-15;

/**
 * An analytic field has far fewer degrees than the density that it moves: it is found on the coarsest grid on which its
 * tail is below `tolerance`, in units of its norm, and carried up (coarse-field.ts). The degree rises as needed and stays
 * there for the path. At the first step, the second, the fourth, the eighth and so on the field is also found on the next
 * finer grid, under more of the density, and compared: a kink in how it sees the law does not show in its tail. A field
 * that fails either on every grid worth while is found at every node from there on, and so is, from the start, one of a
 * model that is not said to be analytic.
 */
export function planDensityField(
  model: Model,
  transform: HarmonicTransform,
  tolerance: number,
): DensityField {
  const full = frozenField(model, transform.count);
  return model.analytic ? smoothField(model, transform, tolerance, full) : everywhere(full);
}

const everywhere = (full: FrozenField): DensityField => ({
  restart: () => undefined,
  start: (interval) => full.start(interval, null),
  velocity: (state, out) => full.velocity(state.law, out),
  diagnostics: () => full.diagnostics(),
});

function smoothField(
  model: Model,
  transform: HarmonicTransform,
  tolerance: number,
  full: FrozenField,
): DensityField {
  const grids = ladder(model, transform);
  const other = new Float64Array(transform.count * transform.dimension);
  // A smaller field is held to the same absolute error.
  const rounding = ROUNDING / tolerance;
  const begun = new Set<FrozenField | CoarseField>();
  let given: Interval;
  let degree = FIRST;
  let steps = 0;
  let checking = false;
  let error = 0;
  let refused: string | null = null;

  const atEveryNode = ({ law }: DensityState, out: Float64Array): void => {
    if (!begun.has(full)) full.start(given, null);
    begun.add(full);
    full.velocity(law, out);
  };

  const onGrid = (grid: CoarseField, { coefficients }: DensityState, out: Float64Array): FieldNorms => {
    if (!begun.has(grid)) grid.start(given);
    begun.add(grid);
    return grid.velocity(coefficients, out);
  };

  /** The field on a grid: how far it may be from right in the tail's units, and the degree at which it should be right. */
  const attempt = (
    grid: CoarseField,
    state: DensityState,
    out: Float64Array,
  ): { readonly off: number; readonly wanted: number } => {
    const { tail, norm, before } = onGrid(grid, state, out);
    const missing = tail / Math.max(norm, rounding);
    if (!(missing <= tolerance)) {
      // where the degrees go on to fall as they do at the end
      const more = (2 * log(missing / tolerance)) / log(before / tail);
      return { off: missing, wanted: more > 0 ? grid.degree + more : Infinity };
    }
    const next = grid.degree + NEXT;
    if (!checking) return { off: missing, wanted: next };
    const finer = grids.from(next);
    if (finer) onGrid(finer, state, other);
    else atEveryNode(state, other);
    return { off: Math.max(missing, distance(out, other, rounding) / AGREE), wanted: next };
  };

  return {
    restart() {
      [degree, steps, error, refused] = [FIRST, 0, 0, null];
    },
    start(interval) {
      given = interval;
      begun.clear();
      // none yet, or a power of two
      checking = (steps & (steps - 1)) === 0;
      steps++;
    },
    velocity(state, out) {
      let left: number | null = null;
      for (let grid = grids.from(degree); grid; grid = grids.from(degree)) {
        const { off, wanted } = attempt(grid, state, out);
        if (off <= tolerance) {
          checking = false;
          degree = grid.degree;
          error = Math.max(error, off);
          return;
        }
        degree = wanted;
        left = off;
      }
      if (left !== null) {
        refused ??=
          `found at every node of the density from t = ${given.time} on: on the last of the coarser grids it was ` +
          `off by ${left.toPrecision(2)}`;
      }
      atEveryNode(state, out);
    },
    diagnostics() {
      const grid = grids.from(degree);
      if (grid) return { ...grid.diagnostics(), fieldDegree: grid.degree, fieldError: error };
      return { ...full.diagnostics(), ...(refused && { fieldFallback: refused }) };
    },
  };
}

/** Largest difference of two fields, in units of the second's largest entry, or `least`; NaN where one is not finite. */
function distance(a: Float64Array, b: Float64Array, least: number): number {
  let most = 0;
  let size = least;
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]));
    size = Math.max(size, Math.abs(b[i]));
  }
  return most / size;
}

/** Degrees tried for the field: grids of 12, 16, 20, ... latitudes. */
const FIRST = 11;
const NEXT = 4;

/** A grid with more than this share of the density's nodes is not worth the way there and back. */
const WORTHWHILE = 2 / 3;

/** Grids of rising degree, each planned when it is first asked for and kept; none that is not worth while. */
function ladder(
  model: Model,
  transform: HarmonicTransform,
): { from(least: number): CoarseField | undefined } {
  const grids = new Map<number, CoarseField>();
  return {
    from(least) {
      const degree = FIRST + NEXT * Math.ceil(Math.max(0, least - FIRST) / NEXT);
      if (!(degree <= transform.lmax)) return undefined;
      const grid = grids.get(degree) ?? coarseField(model, degree, transform);
      grids.set(degree, grid);
      return grid.count <= WORTHWHILE * transform.count ? grid : undefined;
    },
  };
}
