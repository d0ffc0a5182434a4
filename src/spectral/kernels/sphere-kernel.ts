import { kernelChoice } from "../../kernels/choice.js";
import type { GaussLegendre } from "../../numerics/gauss-legendre.js";
import { planPlainSphere } from "./sphere-plain.js";
import { planSimdSphere } from "./sphere-simd.js";

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

/** Of fewer longitudes the passes of the kernel do not know, and there is nothing to win. */
const FEWEST_LONGITUDES = 16;

/** The kernel of the choice, or the plain one, with the same bits, where the grid is small or larger than a WebAssembly memory. */
export function planSphereKernel(shape: SphereShape): SphereKernel {
  if (shape.longitudes < FEWEST_LONGITUDES) return planPlainSphere(shape);
  const build = kernelChoice();
  return (build === "plain" ? undefined : planSimdSphere(shape, build)) ?? planPlainSphere(shape);
}
