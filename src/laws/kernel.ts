import type { Measure } from "../types.js";
import type { InitialLaw } from "./law.js";
import { vmfMixture } from "./vmf-mixture.js";

/**
 * The kernel estimate of a cloud's density: a von Mises-Fisher bump of concentration kappa (width about 1/sqrt(kappa)) at
 * every point, with the point's weight; points of weight zero have none. Costs O(n) per evaluation. Negative weights are refused
 * (RangeError).
 */
export function kernelLaw(cloud: Measure, kappa: number): InitialLaw {
  const d = cloud.dimension;
  const bumps = Array.from(cloud.weights, (weight, i) => ({
    weight,
    kappa,
    mean: cloud.points.subarray(i * d, (i + 1) * d),
  })).filter(({ weight }) => weight !== 0);
  return { ...vmfMixture(d, bumps), name: "kernel" };
}
