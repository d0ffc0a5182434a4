import type { Diagnostics, HarmonicTransform, Interval, Model } from "../../src/types.js";
import { frozenField, type FrozenField } from "../schemes/frozen-field.js";
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
 * there for the path. At the first step, the second, the fourth, the eighth and so on the field is also found at every
 * node, under the whole density, and compared. A field that fails either on every grid worth while is found at every
 * node from there on, and so is, from the start, one of a model that is not said to be analytic.
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
  const whole = new Float64Array(transform.count * transform.dimension);
  // A smaller field is held to the same absolute error.
  const rounding = ROUNDING / tolerance;
  const begun = new Set<FrozenField | CoarseField>();
  let given: Interval;
  let level = 0;
  let steps = 0;
  let checking = false;
  let error = 0;
  let refused: { readonly time: number; readonly error: number } | null = null;

  const atEveryNode = (state: DensityState, out: Float64Array): void => {
    if (!begun.has(full)) full.start(given, null);
    begun.add(full);
    full.velocity(state.law, out);
  };

  /** The field on a grid; returns how far it may be from right, in the tail's units. */
  const attempt = (grid: CoarseField, state: DensityState, out: Float64Array): number => {
    if (!begun.has(grid)) grid.start(given);
    begun.add(grid);
    const { tail, norm } = grid.velocity(state.coefficients, out);
    const missing = tail / Math.max(norm, rounding);
    if (!(missing <= tolerance) || !checking) return missing;
    atEveryNode(state, whole);
    return Math.max(missing, distance(out, whole, rounding) / AGREE);
  };

  return {
    restart() {
      [level, steps, error, refused] = [0, 0, 0, null];
    },
    start(interval) {
      given = interval;
      begun.clear();
      // none yet, or a power of two
      checking = (steps & (steps - 1)) === 0;
      steps++;
    },
    velocity(state, out) {
      let off = Infinity;
      for (let grid = grids.at(level); grid; grid = grids.at(++level)) {
        off = attempt(grid, state, out);
        if (!(off <= tolerance)) continue;
        checking = false;
        error = Math.max(error, off);
        return;
      }
      refused ??= { time: given.time, error: off };
      atEveryNode(state, out);
    },
    diagnostics() {
      const grid = grids.at(level);
      if (grid) return { ...grid.diagnostics(), fieldDegree: grid.degree, fieldError: error };
      return { ...full.diagnostics(), ...(refused && { note: everyNode(refused) }) };
    },
  };
}

const everyNode = ({ time, error }: { readonly time: number; readonly error: number }): string =>
  Number.isFinite(error)
    ? `the field was found at every node of the density from t = ${time} on: on the finest of the coarser grids it was ` +
      `off by ${error.toPrecision(2)}`
    : `the field was found at every node of the density: no coarser grid is worth while`;

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

/** Degrees tried for the field: grids of 8, 12, 16, ... latitudes. */
const FIRST = 7;
const NEXT = 4;

/** A grid with more than this share of the density's nodes is not worth the way there and back. */
const WORTHWHILE = 2 / 3;

/** Grids of rising degree, each planned when it is first asked for and kept; none that is not worth while. */
function ladder(model: Model, transform: HarmonicTransform): { at(level: number): CoarseField | undefined } {
  const grids: CoarseField[] = [];
  let complete = false;
  return {
    at(level) {
      while (!complete && grids.length <= level) {
        const degree = FIRST + NEXT * grids.length;
        const grid = degree <= transform.lmax ? coarseField(model, degree, transform) : null;
        if (grid && grid.count <= WORTHWHILE * transform.count) grids.push(grid);
        else complete = true;
      }
      return grids[level];
    },
  };
}
