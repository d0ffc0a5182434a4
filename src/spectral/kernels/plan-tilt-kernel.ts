import { kernelChoice } from "../../kernels/choice.js";
import { circleLayout } from "./circle-layout.js";
import { circleMoments } from "./circle-moments.js";
import { circleSums } from "./circle-sums.js";
import { sphereLayout } from "./sphere-layout.js";
import { spherePlainMoments } from "./sphere-moments-plain.js";
import { sphereSimdMoments } from "./sphere-moments-simd.js";
import { spherePlainSums } from "./sphere-sums-plain.js";
import { sphereSimdSums } from "./sphere-sums-simd.js";
import type { TiltKernel } from "./tilt-kernel.js";

/** In the fastest way that keeps the bits, or as the environment asks. */
export function planTiltKernel(dimension: 2 | 3): TiltKernel {
  if (dimension === 2) return { layout: circleLayout, moments: circleMoments, sums: circleSums };
  const choice = kernelChoice();
  return choice === "plain"
    ? { layout: sphereLayout, moments: spherePlainMoments, sums: spherePlainSums }
    : {
        layout: sphereLayout,
        moments: (lmax, blocks) => sphereSimdMoments(choice, lmax, blocks),
        sums: (lmax, width) => sphereSimdSums(choice, lmax, width),
      };
}
