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

/** Degrees tried for the field: grids of four, eight, twelve, ... latitudes. */
const FIRST = 7;
const NEXT = 4;

/** A grid with more of the density's nodes than this is not worth the way there and back. */
const WORTHWHILE = 2 / 3;

/** What two ways to the same field may differ by, in units of the tolerance that its tail must meet. */
const AGREE = 10;

/**
 * An analytic field has far fewer degrees than the density that it moves: it is found on the coarsest grid on which its tail is
 * below `tolerance`, in units of its norm, and carried up (coarse-field.ts). The degree rises as needed and stays there for
 * the path. At the first step, the second, the fourth, the eighth and so on the field is also found at every node, under
 * the whole density, and compared. A field that passes neither at any degree worth while is found at every node from there
 * on, and so is, from the start, one of a model that is not said to be analytic.
 */
export function planDensityField(
  model: Model,
  transform: HarmonicTransform,
  tolerance: number,
): DensityField {
  const n = transform.count;
  const full = frozenField(model, n);
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
  let level = 0;
  let begun: CoarseField | null = null;
  let steps = 0;
  let checking = false;
  let error = 0;
  let given: Interval;
  let refused: { readonly time: number; readonly error: number } | null = null;

  /** The field on the grid of this level, or how far it is from right: null where it is good enough. */
  const attempt = (grid: CoarseField, state: DensityState, out: Float64Array): number => {
    if (begun !== grid) grid.start(given);
    begun = grid;
    const tail = grid.velocity(state.coefficients, out);
    if (!(tail <= tolerance) || !checking) return tail;
    full.velocity(state.law, whole);
    return Math.max(tail, distance(out, whole) / AGREE);
  };

  return {
    restart() {
      level = 0;
      begun = null;
      steps = 0;
      error = 0;
      refused = null;
    },
    start(interval) {
      given = interval;
      begun = null;
      // a power of two
      checking = (steps & (steps - 1)) === 0;
      steps++;
      full.start(interval, null);
    },
    velocity(state, out) {
      let off = 0;
      for (let grid = grids.at(level); grid; grid = grids.at(++level)) {
        off = attempt(grid, state, out);
        if (off <= tolerance) {
          checking = false;
          error = Math.max(error, off);
          return;
        }
      }
      refused ??= { time: given.time, error: off };
      full.velocity(state.law, out);
    },
    diagnostics() {
      if (refused) {
        return {
          ...full.diagnostics(),
          fieldError: 0,
          note:
            `the field of "${model.name}" is not smooth enough for a coarser grid (a share of ` +
            `${refused.error.toPrecision(2)} was left at t = ${refused.time}), and was found at every node from there on`,
        };
      }
      const grid = grids.at(level);
      return grid
        ? { ...grid.diagnostics(), fieldDegree: grid.degree, fieldError: error }
        : full.diagnostics();
    },
  };
}

/** Largest difference of two fields, in units of the second's largest entry; NaN passes nothing. */
function distance(a: Float64Array, b: Float64Array): number {
  let most = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= most)) most = difference;
    size = Math.max(size, Math.abs(b[i]));
  }
  return most === 0 ? 0 : most / size;
}

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
