import { describe, expect, it } from "vitest";
import { cheapestBarycentres } from "../../../src/models/attention/cheapest-barycentres.js";
import { chooseBarycentres } from "../../../src/models/attention/choose-barycentres.js";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { stream } from "../../../src/noise/stream.js";
import { uniformLaw } from "../../../src/laws/uniform.js";

const n = 700;
const matrix = (scale: number): Float64Array =>
  Float64Array.from({ length: 9 }, (_, e) => scale * Math.sin(1 + 2 * e));
const lawOf = (seed: string) => uniformLaw(3).sample(n, stream(seed, "initial"), 0);

/** All that barycentres give, at one law. */
function everything(bary: ReturnType<typeof directBarycentres>, A: Float64Array, seed: string): Float64Array {
  const law = lawOf(seed);
  bary.freeze(law, [A]);
  const delta = law.points.map((_, i, x) => (i % 3 === 0 ? -x[i + 1] : i % 3 === 1 ? x[i - 1] : 0));
  const [moved, own] = [new Float64Array(3 * n), new Float64Array(3 * n)];
  bary.derivative(delta, moved);
  bary.selfDerivative(0, own);
  return Float64Array.from([...bary.values, ...moved, ...own]);
}

const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

describe("the cheapest barycentres", () => {
  it("take harmonics for short tilts and products of matrices for long ones, law by law", () => {
    const bary = cheapestBarycentres(n, 3, 1, 1, 1e-12);
    const direct = directBarycentres(n, 3, 1, 1);
    for (const [scale, way, bound] of [
      [0.3, "harmonic", 1e-11],
      [40, "direct", 0],
      [0.3, "harmonic", 1e-11],
    ] as const) {
      const found = everything(bary, matrix(scale), "s");
      expect(bary.diagnostics().attention).toBe(way);
      expect(apart(found, everything(direct, matrix(scale), "s"))).toBeLessThanOrEqual(bound);
    }
  });

  it("are what is chosen for many points in dimension 3, and never above", () => {
    const of = (d: number, sums: "auto" | "direct"): string => {
      const bary = chooseBarycentres(sums)(n, d, 1, 0);
      bary.freeze(uniformLaw(d).sample(n, stream("t", "initial"), 0), [new Float64Array(d * d)]);
      return String(bary.diagnostics().attention);
    };
    expect([of(3, "auto"), of(4, "auto"), of(3, "direct")]).toEqual(["harmonic", "direct", "direct"]);
  });
});
