import { planCoordinateGradient } from "./coordinate-gradient.js";
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
 * (rounded up to a power of two). nlat and nlon are rounded up in the same way.
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
  // Second derivatives reach degree lmax + 2, whose orders the longitudes must still tell apart.
  const grid = planSphereGrid(lmax + 2, nlat, Math.max(nlon, 2 * lmax + 5));
  const coordinates = planCoordinateGradient(3, lmax + 1);
  const raised = new Float64Array(harmonicCount(3, lmax + 1));
  const raisedTwice = new Float64Array(harmonicCount(3, lmax + 2));
  const axes = [0, 1, 2] as const;

  return {
    dimension: 3,
    lmax,
    size: harmonicCount(3, lmax),
    count: grid.weights.length,
    nodes: grid.nodes,
    weights: grid.weights,
    latitudes: grid.latitudes,
    longitudes: grid.longitudes,
    ...degreesAndOrders(3, lmax),

    analysis: (values, out) => grid.analysis(lmax, values, 1, 0, out),

    synthesis: (coefficients, out) => grid.synthesis(lmax, coefficients, out, 1, 0),

    gradient(coefficients, out) {
      for (const c of axes) {
        coordinates.apply(c, lmax, coefficients, raised);
        grid.synthesis(lmax + 1, raised, out, 3, c);
      }
    },

    divergence(field, out) {
      out.fill(0);
      for (const c of axes) {
        grid.analysis(lmax + 1, field, 3, c, raised);
        coordinates.addTranspose(c, lmax, -1, raised, out);
      }
    },

    tensorDivergence(tensor, out) {
      // -sum_b <v_b, (grad Y)_b> with v_b = div of column b, found to degree lmax + 1
      out.fill(0);
      for (const b of axes) {
        raised.fill(0);
        for (const a of axes) {
          grid.analysis(lmax + 2, tensor, 9, 3 * a + b, raisedTwice);
          coordinates.addTranspose(a, lmax + 1, -1, raisedTwice, raised);
        }
        coordinates.addTranspose(b, lmax, -1, raised, out);
      }
    },
  };
}

function requireAtLeast(name: string, value: number, least: number, lmax: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(
      `planSphere: ${name} must be an integer >= ${least} for lmax ${lmax}, got ${value}.`,
    );
}
