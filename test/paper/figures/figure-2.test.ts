import { describe, expect, it } from "vitest";
import { crossing } from "../../../src/paper/figures/figure-2-picture.js";
import { drawn } from "../../../src/paper/figures/figure.js";
import { planFigure2 } from "../../../src/paper/figures/figure-2.js";
import { checkTables, collected } from "./collected.js";
import { checkWellFormed } from "../../plots/well-formed.js";
import type { Row } from "../../../src/paper/figures/rows.js";

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

/** What is known of the numbers without the figure: closed forms at beta = 0, and how its tables agree with each other. */
function checkNumbers(tables: Readonly<Record<string, readonly Row[]>>): void {
  const n = 32;
  const a = 1 / (n - 1);
  const at = (kind: string, beta: number, time: number) =>
    tables.curves.find((row) => row.kind === kind && row.beta === beta && row.time === time)!;
  const overlap = (kind: string, beta: number, time: number) => Number(at(kind, beta, time).overlap);

  // Self-attention at beta = 0: (gamma + a) / (1 - gamma) grows like e^{2t}.
  for (const t of [0, 0.5, 2, 12]) {
    const odds = a * Math.exp(2 * t);
    expect(overlap("self-attention", 0, t)).toBeCloseTo((odds - a) / (1 + odds), 5);
  }
  const times = (kind: string, tokens: number, dimension: number | null) =>
    tables.collapse.filter(
      (row) => row.kind === kind && row.tokens === tokens && row.dimension === dimension,
    );
  const self = times("self-attention", n, null);
  const limit = times("random heads, limit of large d", n, null);
  const logistic = Math.log((0.9 + a) / (0.1 * a));
  expect(self[0].time).toBeCloseTo(logistic / 2, 8);
  expect(limit[0].time).toBeCloseTo(logistic, 8);
  // The curve of the same temperature passes 0.9 then.
  const passed = self.filter(({ time }) => Number(time) < 12);
  expect(passed.length).toBeGreaterThan(20);
  for (const { beta, time } of passed) {
    const before = Math.floor(2 * Number(time)) / 2;
    expect(overlap("self-attention", Number(beta), before)).toBeLessThanOrEqual(0.9);
    expect(overlap("self-attention", Number(beta), before + 0.5)).toBeGreaterThanOrEqual(0.9);
  }

  // Hotter keys are slower, and the curves beside the transformers are those of their own beta and time.
  for (const [beta, hotter, colder] of [
    [1, 4, 0],
    [3, 4, 0],
    [5, 8, 4],
    [7, 8, 4],
  ]) {
    const rows = tables["transformer-means"].filter((row) => row.beta === beta);
    expect(rows.map(({ time }) => time)).toEqual([0, 2, 4, 6, 8, 10, 12]);
    for (const { time, curve } of rows.slice(1, 4)) {
      expect(curve).toBeGreaterThan(overlap("random heads", hotter, Number(time)));
      expect(curve).toBeLessThan(overlap("random heads", colder, Number(time)));
    }
  }

  // What is no estimate has no standard error: nothing is drawn at beta = 0, nor at the start.
  for (const { kind, beta, time, standardError } of tables.curves) {
    const exact = kind === "self-attention" || beta === 0 || time === 0;
    if (exact) expect(standardError).toBeNull();
    else expect(standardError).toBeGreaterThan(0);
  }
  for (const { kind, beta, time, standardError } of tables.collapse) {
    if (kind === "self-attention" || beta === 0 || time === null) expect(standardError).toBeNull();
    else expect(standardError).toBeGreaterThan(0);
  }
  for (const { time, standardError } of tables["transformer-means"]) {
    if (time === 0) expect(standardError).toBeNull();
    else expect(standardError).toBeGreaterThan(0);
  }
}

describe("figure 2", () => {
  it("is whole: picture, caption, columns, claims and parameters from a seed", () => {
    const { hooks, tables, progress } = collected();
    const figure = drawn(planFigure2(plan, "small"), hooks);
    checkWellFormed(figure.svg);
    for (const text of ["Random heads, d = 128, n = 32", "Self-attention", "Time until", "overlap γ"])
      expect(figure.svg).toContain(text);
    expect(progress()).toEqual({ done: 3 + 4 * 2 + 4 * 9, of: 3 + 4 * 2 + 4 * 9, unit: "parts" });
    expect(figure.caption).toContain("10 key matrices");
    expect(Object.keys(tables)).toEqual(["curves", "transformers", "collapse", "transformer-means"]);
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
    expect(Math.abs(Number(paths[0].overlap) - Number(paths[1].overlap)) / 2).toBeCloseTo(
      Number(tables["transformer-means"][3].standardError),
      14,
    );
    expect(tables.collapse).toHaveLength(4 * 9 + 33);
    checkNumbers(tables);
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
