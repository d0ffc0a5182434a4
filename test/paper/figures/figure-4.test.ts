import { describe, expect, it } from "vitest";
import { makeFigure4 } from "../../../src/paper/figures/figure-4.js";
import { checkTables, collected } from "./collected.js";
import { checkWellFormed } from "../../plots/well-formed.js";

describe("figure 4", () => {
  it("is whole: picture, caption, columns, claims and parameters from a seed", () => {
    const { hooks, tables, progress } = collected();
    const plan = { layersPerTime: 2, settled: 20, drift: 400, trajectories: 4 };
    const figure = makeFigure4(plan, "small", hooks);
    checkWellFormed(figure.svg);
    for (const text of ["Diffusion, c = 0", "Particles, keys rotations", "Where the overlap settles"])
      expect(figure.svg).toContain(text);
    const parts = 3 * 10 + 2 * 4 + 3 * (10 + 6 + 1);
    expect(progress()).toEqual({ done: parts, of: parts, unit: "parts" });
    expect(figure.caption).toContain("in a background that fills the sphere");
    expect(Object.keys(tables)).toEqual(["realizations", "fixation", "drift", "curvature", "trajectories"]);
    checkTables(tables);
    for (const kind of ["diffusion", "keys rotations", "two Gaussian factors"]) {
      const path = tables.realizations.filter((row) => row.kind === kind && row.path === 1);
      expect(path).toHaveLength(385);
      expect(path[0].overlap).toBeCloseTo(0.2, 12);
      expect(path.every(({ overlap }) => Math.abs(Number(overlap)) <= 1 + 1e-12)).toBe(true);
    }
    const counts = (table: string) => [
      tables[table].filter(({ kind }) => kind === "measured").length,
      tables[table].filter(({ kind }) => kind === "law").length,
    ];
    expect(counts("fixation")).toEqual([2 * 4, 2 * 201]);
    expect(counts("drift")).toEqual([3 * 10, 3 * 201]);
    expect(counts("curvature")).toEqual([3 * 6, 3 * 25]);
    expect(tables.trajectories).toHaveLength(3);
    expect(figure.claims).toHaveLength(8 + 3);
    expect(figure.parameters).toMatchObject({ dimension: 32, seed: "small" });
  });
});
