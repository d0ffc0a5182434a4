import { describe, expect, it } from "vitest";
import { harmonicMoment } from "../../src/observables/harmonic-moment.js";
import { meanOverlap } from "../../src/observables/mean-overlap.js";
import { overlap } from "../../src/observables/overlap.js";
import { parseObservable } from "../../src/observables/parse-observable.js";
import { zonalMoment } from "../../src/observables/zonal-moment.js";
import { measure } from "../../src/sphere/measure.js";

const sphere = measure(
  [
    [0.48, 0.6, 0.64],
    [0, -0.6, 0.8],
    [0, 0, 1],
  ],
  [0.5, 0.3, 0.2],
);

describe("harmonicMoment", () => {
  it("has positive axes at degree one, z, x, y in order m = 0, 1, -1", () => {
    const c = Math.sqrt(3 / (4 * Math.PI));
    const mean = [0, 1, 2].map((a) =>
      [0, 1, 2].reduce((s, i) => s + sphere.weights[i] * sphere.points[3 * i + a], 0),
    );
    expect(harmonicMoment(3, 1, 1)(sphere)).toBeCloseTo(c * mean[0], 15);
    expect(harmonicMoment(3, 1, -1)(sphere)).toBeCloseTo(c * mean[1], 15);
    expect(harmonicMoment(3, 1, 0)(sphere)).toBeCloseTo(c * mean[2], 15);
    expect(harmonicMoment(3, 0, 0)(sphere)).toBeCloseTo(1 / Math.sqrt(4 * Math.PI), 15);
  });

  it("is sqrt((2l+1)/4pi) times the zonal moment at m = 0", () => {
    for (const l of [2, 5, 9])
      expect(harmonicMoment(3, l, 0)(sphere)).toBeCloseTo(
        Math.sqrt((2 * l + 1) / (4 * Math.PI)) * zonalMoment(l, [0, 0, 1])(sphere),
        13,
      );
  });

  it("is cosines and sines on the circle, and refuses what does not exist", () => {
    const t = 0.7;
    const point = measure([[Math.cos(t), Math.sin(t)]]);
    expect(harmonicMoment(2, 3, 3)(point)).toBeCloseTo(Math.cos(3 * t) / Math.sqrt(Math.PI), 15);
    expect(harmonicMoment(2, 3, -3)(point)).toBeCloseTo(Math.sin(3 * t) / Math.sqrt(Math.PI), 15);
    expect(() => harmonicMoment(2, 3, 1)).toThrow(/order 1 of degree 3, want m = -l or l/);
    expect(() => harmonicMoment(3, 1, 2)).toThrow(/order 2 of degree 1/);
    expect(() => harmonicMoment(4, 1, 0)).toThrow(/dimension 4, want 2 or 3/);
  });
});

describe("parseObservable", () => {
  it.each([
    ["overlap", overlap(0, 1)],
    ["overlap:1,2", overlap(1, 2)],
    ["mean-overlap", meanOverlap],
    ["moment:2,-1", harmonicMoment(3, 2, -1)],
    ["zonal:2", zonalMoment(2, [0, 0, 1])],
    ["order-parameter", (law: typeof sphere) => Math.sqrt(meanOverlap(law))],
    ["clusters", () => 3],
    ["clusters:0.7", () => 2],
  ])("%s", (name, same) => expect(parseObservable(name, 3)(sphere)).toBe(same(sphere)));

  it.each([
    "",
    "overlaps",
    "overlap:1",
    "overlap:1,x",
    "overlap:1,",
    "mean-overlap:1",
    "moment:1",
    "moment:1,0,0",
  ])("refuses %j with the right names", (name) =>
    expect(() => parseObservable(name, 3)).toThrow(/is not known: want "overlap" .*"moment:l,m"/),
  );

  it("passes on the observable's own refusal", () => {
    expect(() => parseObservable("moment:1,2", 3)).toThrow(/order 2 of degree 1/);
    expect(() => parseObservable("moment:1,0", 5)).toThrow(/dimension 5/);
    expect(() => parseObservable("overlap:0,9", 3)(sphere)).toThrow(/tokens 0 to 2, not 9/);
  });
});
