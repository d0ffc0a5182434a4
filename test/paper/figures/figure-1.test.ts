import { describe, expect, it } from "vitest";
import { phaseDiagram } from "../../../src/paper/figures/figure-1.js";
import { cellAt, LIMITS } from "../../../src/paper/figures/figure-1-cells.js";

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
    const calls: number[] = [];
    const figure = phaseDiagram({ linear: 2, log: 4 }, (done, total) => calls.push(done / total));
    expect(calls.at(-1)).toBe(1);
    expect(figure.svg).toMatch(/^<svg/);
    for (const name of LIMITS) expect(figure.svg).toContain(name);
    const lengths = Object.values(figure.columns).map((column) => column.length);
    expect(new Set(lengths).size).toBe(1);
    expect(figure.claims.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(figure.caption).toContain("L = 256");
  });
});
