import { describe, expect, it } from "vitest";
import { phaseDiagram } from "../../../src/paper/figures/figure-1.js";
import { cellAt, LIMITS } from "../../../src/paper/figures/figure-1-cells.js";
import { drawn } from "../../../src/paper/figures/figure.js";
import { checkTables, collected } from "./collected.js";

describe("figure 1", () => {
  it("measures small errors of the limit named, and large ones of the weaker limits", () => {
    const cell = cellAt(0.05, 1e-3)!;
    expect(cell.region).toBe("ODE II");
    expect(cell.errors["ODE II"]).toBeLessThan(0.05);
    expect(cell.errors["ODE I"]).toBeGreaterThan(2 * cell.errors["ODE II"]);
    expect(cell.errors.static).toBeGreaterThan(1);
    expect(cell.numerical).toBeLessThan(0.1 * cell.errors["ODE II"]);
  });

  it("leaves out layers whose noise is wider than the sphere", () => {
    expect(cellAt(0.5, 10)).toBeNull();
  });

  it("is drawn with every cell's numbers and claims that hold", () => {
    const { hooks, tables, progress } = collected();
    const figure = drawn(phaseDiagram({ linear: 2, log: 4 }), hooks);
    expect(progress()).toEqual({ done: 20, of: 20, unit: "cells" });
    expect(figure.svg).toMatch(/^<svg/);
    for (const name of LIMITS) expect(figure.svg).toContain(name);
    expect(Object.keys(tables)).toEqual(["cells"]);
    checkTables(tables);
    const { cells } = tables;
    // Every limit of every cell but those whose layers are too noisy: at alpha = 10^1.25 from eta = 10^-0.5 up.
    expect(cells).toHaveLength(4 * 19);
    expect(new Set(cells.map(({ limit }) => limit))).toEqual(new Set(LIMITS));
    const one = cellAt(0.025, 0.075)!;
    const shown = cells.filter(
      ({ plane, eta, alpha }) => plane === "linear" && eta === 0.025 && alpha === 0.075,
    );
    expect(shown.map(({ limit, weakError }) => [limit, weakError])).toEqual(Object.entries(one.errors));
    expect(shown.find(({ limit }) => limit === one.region)?.integrationError).toBe(one.numerical);
    // Every cell has one integration error, beside its region's limit, or the SDE where there is none.
    const judged = cells.filter(({ integrationError }) => integrationError !== null);
    expect(judged).toHaveLength(19);
    for (const { region, limit } of judged) expect(limit).toBe(region === "outside" ? "SDE" : region);
    expect(judged.some(({ region }) => region === "outside")).toBe(true);
    expect(figure.claims.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(figure.caption).toContain("L = 256");
  });
});
