import type { Embedded } from "../../kernels/embedded/embedded.js";
import { tiltSums } from "../../kernels/embedded/tilt-sums.js";
import { instantiate, layout } from "../../kernels/instance.js";
import { planSolidRecursion } from "./solid-harmonics.js";
import { sphereLayout } from "./sphere-layout.js";
import { WINDOW, type TiltSums } from "./tilt-kernel.js";

interface Functions {
  sums(
    tilts: number,
    groups: number,
    degree: number,
    extra: number,
    truncation: number,
    ...rest: number[]
  ): void;
}

/** The twin of sphere-sums-plain.ts. */
export function sphereSimdSums(build: keyof Embedded, lmax: number, width: number): TiltSums {
  const { diagonal, steps } = planSolidRecursion(lmax);
  const length = sphereLayout.length(lmax, Math.ceil(width / 4));
  const room = layout();
  const at = {
    diagonal: room.numbers(diagonal.length),
    steps: room.numbers(steps.length),
    tilts: room.numbers(3 * WINDOW),
    coefficients: room.numbers(length),
    bounds: room.numbers(lmax + 1),
    lambda: room.numbers(4 * (lmax + 1)),
    q: room.numbers(4 * (lmax + 1)),
    sums: room.numbers(2 * width * WINDOW),
    sizes: room.numbers(WINDOW),
  };
  const { functions, view } = instantiate<Functions>(tiltSums, build, room);
  view(at.diagonal, diagonal.length).set(diagonal);
  view(at.steps, steps.length).set(steps);
  const { coefficients, bounds, lambda, q, sums, sizes } = at;
  const rest = [lmax, at.diagonal, at.steps, coefficients, width, bounds, lambda, q, sums, sizes] as const;
  return {
    tilts: view(at.tilts, 3 * WINDOW),
    coefficients: view(coefficients, length),
    bounds: view(bounds, lmax + 1),
    sums: view(sums, 2 * width * WINDOW),
    sizes: view(sizes, WINDOW),
    run: (count, degree, extra, truncation) =>
      functions.sums(at.tilts, Math.ceil(count / 4), degree, extra, truncation, ...rest),
  };
}
