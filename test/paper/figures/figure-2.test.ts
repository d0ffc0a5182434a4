import { describe, expect, it } from "vitest";
import { crossing } from "../../../src/paper/figures/figure-2-picture.js";
import { makeFigure2 } from "../../../src/paper/figures/figure-2.js";
import { checkTables, collected } from "./collected.js";
import { checkWellFormed } from "../../plots/well-formed.js";

const plan = {
  step: 4,
  samples: 10,
  timeSteps: 24,
  layersPerTime: 2,
  paths: 2,
  every: 4,
  collapse: 10,
  accuracy: 0.5,
};

describe("figure 2", () => {
  it("is whole: picture, caption, columns, claims and parameters from a seed", () => {
    const { hooks, tables, progress } = collected();
    const figure = makeFigure2(plan, "small", hooks);
    checkWellFormed(figure.svg);
    for (const text of ["Random heads, d = 128, n = 32", "Self-attention", "Time until", "overlap γ"])
      expect(figure.svg).toContain(text);
    expect(progress()).toEqual({ done: 3 + 4 * 2 + 4 * 9, of: 3 + 4 * 2 + 4 * 9, unit: "parts" });
    expect(figure.caption).toContain("10 key matrices");
    expect(Object.keys(tables)).toEqual(["curves", "transformers", "transformer-means", "collapse"]);
    checkTables(tables);
    const ofKind = (kind: string) => tables.curves.filter((row) => row.kind === kind);
    expect(ofKind("random heads")).toHaveLength(3 * 25);
    expect(ofKind("self-attention")).toHaveLength(161 * 25);
    for (const { overlap } of tables.curves) expect(overlap).toSatisfy((v: number) => v > -1e-12 && v <= 1);
    // Means are of the paths that were handed over.
    const { beta, time, overlap } = tables["transformer-means"][3];
    const paths = tables.transformers.filter((row) => row.beta === beta && row.time === time);
    expect(paths).toHaveLength(2);
    expect(paths.reduce((s, row) => s + Number(row.overlap) / 2, 0)).toBeCloseTo(Number(overlap), 14);
    expect(tables.collapse).toHaveLength(4 * 9 + 33);
    expect(figure.claims).toHaveLength(6);
    expect(figure.parameters).toMatchObject({ dimension: 128, tokens: 32, seed: "small" });
  });

  it("finds when an overlap passes a level, and that it does not", () => {
    const run = {
      beta: 1,
      times: Float64Array.of(0, 1, 2),
      mean: Float64Array.of(0, 0.4, 0.8),
      standardError: new Float64Array(3),
      curveTimes: new Float64Array(0),
      curve: new Float64Array(0),
    };
    expect(crossing(run, 0.5)).toBeCloseTo(1.25, 12);
    expect(crossing(run, 0.9)).toBeNull();
  });
});
