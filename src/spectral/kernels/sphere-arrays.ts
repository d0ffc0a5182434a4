import { twiddles } from "../../numerics/fft.js";
import type { GaussLegendre } from "../../numerics/gauss-legendre.js";
import { legendreSizes, legendreTable, type LegendreRoom, type LegendreTable } from "./legendre.js";

/**
 * Spherical transforms of several fields at once, of any degree up to that of the shape. Coefficients are
 * [fields, (degree+1)^2], values [latitudes, longitudes, fields].
 */
export interface SphereKernel {
  synthesis(degree: number, fields: number, coefficients: Float64Array, values: Float64Array): void;
  /** Sums over the nodes with their weights. */
  analysis(degree: number, fields: number, values: Float64Array, coefficients: Float64Array): void;
}

/** A grid and what is asked of it. Latitudes are those of a Gauss rule, 4 pairs or any other even number of them. */
export interface SphereShape {
  readonly degree: number;
  readonly gauss: GaussLegendre;
  /** As numerics/fft.ts has them, at least 4. */
  readonly longitudes: number;
  /** At most so many at once. */
  readonly fields: number;
}

/** What a spherical transform keeps from its plan on, wherever the arrays lie. */
export interface SphereArrays extends LegendreRoom {
  /** The factors of the Fourier transforms. */
  readonly twiddles: Float64Array;
  /** Half the weights of a pair's nodes, for parts even in x; times x, for the odd ones. */
  readonly evenWeights: Float64Array;
  readonly oddWeights: Float64Array;
}

export function sphereSizes(shape: SphereShape): Record<keyof SphereArrays, number> {
  const legendre = legendreSizes(shape.degree, shape.gauss.nodes.length / 2);
  return {
    ...legendre,
    twiddles: twiddles(shape.longitudes).length,
    evenWeights: legendre.nodes,
    oddWeights: legendre.nodes,
  };
}

/** Fills the arrays, zero at first, and gives the table that they hold. */
export function fillSphereArrays(shape: SphereShape, arrays: SphereArrays): LegendreTable {
  const { degree, gauss, longitudes } = shape;
  const pairs = gauss.nodes.length / 2;
  arrays.twiddles.set(twiddles(longitudes));
  for (let j = 0; j < pairs; j++) {
    const half = (gauss.weights[j] * Math.PI) / longitudes;
    arrays.evenWeights[j] = half;
    arrays.oddWeights[j] = half * gauss.nodes[j];
  }
  return legendreTable(degree, gauss.nodes.slice(0, pairs), gauss.tails.slice(0, pairs), arrays);
}
