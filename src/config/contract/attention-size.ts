import { NUMBER, type Size } from "./size.js";

export type SumsOf = "direct" | "harmonic";

/** Numbers that the direct sums keep between the terms of a step; beyond, they are found again. */
const KEPT = 4_000_000;

/** Operations of a point at the degrees that harmonics are used for, on the circle and the sphere. */
const HARMONIC = [500, 4000] as const;

/** The softmax sums over n points in R^d under M matrices; operations of one average of the points. */
export function attentionSize(n: number, d: number, M: number, sums: SumsOf = "direct"): Size {
  const pairs = M * n * n;
  const own = n * d * (2 * M + 4);
  const harmonic = sums === "harmonic";
  return {
    key: "initial.tokens",
    what: "the softmax sums",
    bytes: NUMBER * (own + (harmonic ? n * (M * d * (d + 1) + 40) : pairs <= KEPT ? pairs : n)),
    operations: M * n * d * d + (harmonic ? HARMONIC[d === 2 ? 0 : 1] * M * n : pairs * (2 * d + 15)),
  };
}
