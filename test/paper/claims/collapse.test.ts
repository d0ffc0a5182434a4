import { describe, expect, it } from "vitest";
import { solveScalar } from "../../../src/numerics/runge-kutta.js";
import { collapseClaims, collapseTable } from "../../../src/paper/claims/collapse.js";
import {
  collapseTime,
  logisticCollapse,
  selfAttentionCollapse,
  timeToReach,
} from "../../../src/exact/overlap/collapse-time.js";
import { selfAttentionDrift } from "../../../src/exact/overlap/overlap-curves.js";

describe("the time to collapse", () => {
  it("depends on n, d, beta and the heads as claimed", () => {
    expect([...collapseClaims("quick")].filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  it("is when the curve gets there", () => {
    const time = selfAttentionCollapse(10, 3);
    const curve = solveScalar((gamma) => selfAttentionDrift(10, 3, gamma), 0, time, 2000);
    expect(curve[2000]).toBeCloseTo(0.9, 8);
  });

  it("is infinite when the drift vanishes on the way", () => {
    expect(timeToReach((gamma) => 0.5 - gamma, 4)).toBe(Infinity);
    expect(Number.isFinite(timeToReach((gamma) => 0.5 - gamma, 4, 0.4))).toBe(true);
  });

  it("comes with an honest standard error", () => {
    const at = (seed: string) => collapseTime({ tokens: 8, dimension: 16, beta: 6, samples: 200, seed });
    const runs = ["a", "b", "c", "d", "e", "f"].map(at);
    const mean = runs.reduce((s, { time }) => s + time, 0) / runs.length;
    const spread = Math.sqrt(runs.reduce((s, { time }) => s + (time - mean) ** 2, 0) / (runs.length - 1));
    const stated = runs.reduce((s, { standardError }) => s + standardError, 0) / runs.length;
    // Six runs: the ratio's own standard deviation is about 1/3.
    expect(stated / spread).toBeGreaterThan(0.3);
    expect(stated / spread).toBeLessThan(3);
  });

  it("is tabulated for simplices that exist", () => {
    const rows = collapseTable([8, Infinity], [4, 16], [0], 10, "table");
    expect(rows.map(({ dimension, tokens }) => [dimension, tokens])).toEqual([
      [8, 4],
      [Infinity, 4],
      [Infinity, 16],
    ]);
    expect(rows[2].time).toBeCloseTo(logisticCollapse(16), 6);
  });
});
