import { describe, expect, it } from "vitest";
import { copyMeasure } from "../../src/sphere/measure.js";
import type { Interval, Scheme } from "../../src/types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { distance, oneStepCases } from "../reference/one-step.js";

const ROUNDING = 2e-14;

describe.each(oneStepCases())("one step of each scheme against an independent program, $label", (c) => {
  const after = (scheme: Scheme, interval: Interval): Float64Array => {
    const cloud = copyMeasure(c.law);
    scheme.plan(c.model(), c.n).step(cloud, interval, null);
    return cloud.points;
  };
  const bare = { ...c.interval, area: null };

  it("Euler–Maruyama", () => {
    expect(distance(after(eulerMaruyama, bare), c.euler_maruyama)).toBeLessThan(ROUNDING);
  });

  it("Milstein without and with the area", () => {
    expect(distance(after(milstein, bare), c.milstein_no_area)).toBeLessThan(ROUNDING);
    expect(distance(after(milstein, c.interval), c.milstein)).toBeLessThan(ROUNDING);
    expect(distance(after(milstein, bare), c.milstein)).toBeGreaterThan(1e-4);
  });

  it("the frozen-field flow, converging in pseudo-time at order four", () => {
    const errors = [1, 2, 4, 8].map((s) => distance(after(logOdeWith({ substeps: s }), bare), c.flow));
    expect(errors[3]).toBeLessThan(1e-8);
    // The reference itself has eight substeps, so the first halvings show the order cleanly.
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(3.3);
  });
});
