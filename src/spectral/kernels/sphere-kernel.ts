import { kernelChoice } from "../../kernels/choice.js";
import type { SphereKernel, SphereShape } from "./sphere-arrays.js";
import { planPlainSphere } from "./sphere-plain.js";
import { planSimdSphere } from "./sphere-simd.js";

/** Of fewer longitudes the passes of the kernel do not know, and there is nothing to win. */
const FEWEST_LONGITUDES = 16;

/** The kernel of the choice, or the plain one, with the same bits, where the grid is small or larger than a WebAssembly memory. */
export function planSphereKernel(shape: SphereShape): SphereKernel {
  if (shape.longitudes < FEWEST_LONGITUDES) return planPlainSphere(shape);
  const build = kernelChoice();
  return (build === "plain" ? undefined : planSimdSphere(shape, build)) ?? planPlainSphere(shape);
}
