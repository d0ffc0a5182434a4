import type { Embedded } from "../../kernels/embedded/embedded.js";
import { tiltMoments } from "../../kernels/embedded/tilt-moments.js";
import { instantiate, layout } from "../../kernels/instance.js";
import { planSolidRecursion } from "./solid-harmonics.js";
import { sphereLayout } from "./sphere-layout.js";
import { WINDOW, type TiltMoments } from "./tilt-kernel.js";

interface Functions {
  enter(
    points: number,
    strengths: number,
    count: number,
    slot: number,
    degree: number,
    blocks: number,
    ...add: number[]
  ): number;
  add(degree: number, blocks: number, ...arrays: number[]): void;
}

const RINGS = 4;

/** The twin of sphere-moments-plain.ts. */
export function sphereSimdMoments(build: keyof Embedded, lmax: number, blocks: number): TiltMoments {
  const { diagonal, steps } = planSolidRecursion(lmax);
  const room = layout();
  const at = {
    diagonal: room.numbers(diagonal.length),
    steps: room.numbers(steps.length),
    points: room.numbers(3 * WINDOW),
    strengths: room.numbers(4 * blocks * WINDOW),
    heights: room.numbers(RINGS),
    rings: room.numbers(RINGS * (lmax + 1) * 8 * blocks),
    q: room.numbers(RINGS * (lmax + 1)),
    coefficients: room.numbers(sphereLayout.length(lmax, blocks)),
  };
  const { functions, view } = instantiate<Functions>(tiltMoments, build, room);
  view(at.diagonal, diagonal.length).set(diagonal);
  view(at.steps, steps.length).set(steps);
  const coefficients = view(at.coefficients, sphereLayout.length(lmax, blocks));
  const rings = view(at.rings, RINGS * (lmax + 1) * 8 * blocks);
  const shared = [lmax, at.diagonal, at.steps, at.heights, at.rings, at.q, at.coefficients] as const;
  let degree = 0;
  let open = -1;
  return {
    points: view(at.points, 3 * WINDOW),
    strengths: view(at.strengths, 4 * blocks * WINDOW),
    coefficients,
    begin(most) {
      degree = most;
      open = -1;
      coefficients.fill(0);
    },
    enter(count) {
      open = functions.enter(at.points, at.strengths, count, open, degree, blocks, ...shared);
    },
    finish() {
      rings.fill(0, (open + 1) * (degree + 1) * 8 * blocks, RINGS * (degree + 1) * 8 * blocks);
      functions.add(degree, blocks, ...shared);
    },
  };
}
