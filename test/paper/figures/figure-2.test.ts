import { describe, expect, it } from "vitest";
import { crossing } from "../../../src/paper/figures/figure-2-picture.js";
import { makeFigure2 } from "../../../src/paper/figures/figure-2.js";
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
    let last: readonly number[] = [];
    const figure = makeFigure2(plan, "small", (done, total) => (last = [done, total]));
    checkWellFormed(figure.svg);
    for (const text of ["Random heads, d = 128, n = 32", "Self-attention", "Time until", "overlap γ"])
      expect(figure.svg).toContain(text);
    expect(last[0]).toBe(last[1]);
    expect(figure.caption).toContain("10 key matrices");
    expect(figure.columns["random heads"]).toHaveLength(3 * 25);
    expect(figure.columns["self-attention"]).toHaveLength(161 * 25);
    expect(figure.columns["random heads"].every((v) => v > -1e-12 && v <= 1)).toBe(true);
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
