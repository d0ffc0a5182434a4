import { planAmbientGradient } from "./ambient-gradient.js";
import type { TensorTransform } from "./tensor-transform.js";
import { degreesAndOrders, harmonicCount, requireDegree } from "./kernels/harmonic-index.js";
import { planSphereGrid } from "./sphere-grid.js";

/** A transform on S^2 with its grid: node (j, k) is j * longitudes + k, latitudes from the north, longitudes from 0. */
export interface SphereTransform extends TensorTransform {
  readonly latitudes: number;
  readonly longitudes: number;
}

/**
 * Real spherical harmonics on a Gauss-Legendre grid. By default the grid carries products of two functions of degree
 * lmax without aliasing: latitudes >= (3 lmax + 2) / 2 (rounded up to a multiple of 4) and longitudes >= 3 lmax + 1
 * (rounded up to 2^k or 3 * 2^k). nlat and nlon are rounded up in the same way.
 * Throws a RangeError on a lmax that is no integer >= 0, or a grid too coarse for a round trip (nlat < lmax + 1).
 */
export function planSphere(options: {
  readonly lmax: number;
  readonly nlat?: number;
  readonly nlon?: number;
}): SphereTransform {
  const { lmax } = options;
  requireDegree("planSphere", lmax);
  const { nlat = Math.ceil((3 * lmax + 2) / 2), nlon = 3 * lmax + 1 } = options;
  requireAtLeast("nlat", nlat, lmax + 1, lmax);
  requireAtLeast("nlon", nlon, 2 * lmax + 1, lmax);
  // Second derivatives reach degree lmax + 2. Orders that the longitudes cannot tell apart do no harm: what is summed is a
  // scalar product, a function of degree 2 lmax.
  const grid = planSphereGrid(lmax + 2, nlat, nlon, 3);
  const ambient = planAmbientGradient(lmax + 1);
  const size = harmonicCount(3, lmax);
  const count = grid.weights.length;
  const raised = new Float64Array(3 * harmonicCount(3, lmax + 1));
  const raisedTwice = new Float64Array(3 * harmonicCount(3, lmax + 2));
  const column = new Float64Array(3 * count);

  return {
    dimension: 3,
    lmax,
    size,
    count,
    nodes: grid.nodes,
    weights: grid.weights,
    latitudes: grid.latitudes,
    longitudes: grid.longitudes,
    ...degreesAndOrders(3, lmax),

    analysis: (values, out) => grid.analysis(lmax, 1, exactly(values, count), exactly(out, size)),

    synthesis: (coefficients, out) =>
      grid.synthesis(lmax, 1, exactly(coefficients, size), exactly(out, count)),

    gradient(coefficients, out) {
      ambient.gradient(lmax, exactly(coefficients, size), raised);
      grid.synthesis(lmax + 1, 3, raised, exactly(out, 3 * count));
    },

    divergence(field, out) {
      grid.analysis(lmax + 1, 3, exactly(field, 3 * count), raised);
      ambient.divergence(lmax, raised, exactly(out, size));
    },

    tensorDivergence(tensor, out) {
      // the divergence of v, v_b = div of column b found to degree lmax + 1
      const each = raised.length / 3;
      for (let b = 0; b < 3; b++) {
        for (let i = 0; i < count; i++)
          for (let a = 0; a < 3; a++) column[3 * i + a] = tensor[9 * i + 3 * a + b];
        grid.analysis(lmax + 2, 3, column, raisedTwice);
        ambient.divergence(lmax + 1, raisedTwice, raised.subarray(b * each, (b + 1) * each));
      }
      ambient.divergence(lmax, raised, exactly(out, size));
    },
  };
}

/** The first `length` numbers, of an array that may be longer. */
function exactly(array: Float64Array, length: number): Float64Array {
  if (array.length === length) return array;
  if (array.length < length)
    throw new RangeError(`sphere transform: want an array of ${length} numbers, got ${array.length}.`);
  return array.subarray(0, length);
}

function requireAtLeast(name: string, value: number, least: number, lmax: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(
      `planSphere: ${name} must be an integer >= ${least} for lmax ${lmax}, got ${value}.`,
    );
}
