import { describe, expect, it } from "vitest";
import { makeFigure4 } from "../../../src/paper/figures/figure-4.js";
import { checkWellFormed } from "../../plots/well-formed.js";

describe("figure 4", () => {
  it("is whole: picture, caption, columns, claims and parameters from a seed", () => {
    let last: readonly number[] = [];
    const plan = { layersPerTime: 2, settled: 20, drift: 400, trajectories: 4 };
    const figure = makeFigure4(plan, "small", (done, total) => (last = [done, total]));
    checkWellFormed(figure.svg);
    for (const text of ["Diffusion, c = 0", "Particles, keys rotations", "Where the overlap settles"])
      expect(figure.svg).toContain(text);
    expect(last[0]).toBe(last[1]);
    expect(figure.caption).toContain("in a background that fills the sphere");
    for (const kind of ["diffusion", "rotations", "twoFactors"]) {
      const path = figure.columns[`${kind}, path 1`];
      expect(path).toHaveLength(figure.columns["time t/d"].length);
      expect(path[0]).toBeCloseTo(0.2, 12);
      expect(path.every((v) => Math.abs(v) <= 1 + 1e-12)).toBe(true);
    }
    expect(figure.claims).toHaveLength(8 + 3);
    expect(figure.parameters).toMatchObject({ dimension: 32, seed: "small" });
  });
});
