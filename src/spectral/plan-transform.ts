import { planCircle } from "./circle-transform.js";
import { planSphere } from "./sphere-transform.js";
import type { TensorTransform } from "./tensor-transform.js";

/** The harmonics up to degree `lmax` that carry a density on the circle (d = 2) or the sphere (d = 3). */
export const planTransform = (dimension: number, lmax: number): TensorTransform =>
  dimension === 2 ? planCircle({ lmax }) : planSphere({ lmax });
