import { describe, expect, it } from "vitest";
import { circleMap } from "../../src/plots/circle-map.js";
import { checkWellFormed } from "./well-formed.js";

describe("circle map", () => {
  it("draws densities around the circle and tokens on it", () => {
    const svg = circleMap({
      title: "a & b",
      densities: [
        { label: "t = 0", density: () => 1 / (2 * Math.PI) },
        { density: (a) => Math.max(0, Math.cos(a)) },
      ],
      tokens: [1, 0, 0, 1],
    });
    checkWellFormed(svg);
    const tokens = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="2.4"/g)].map((m) =>
      m.slice(1).map(Number),
    );
    expect(tokens.length).toBe(2);
    // The first lies to the right of the second, and lower: angle 0 against a right angle, y upwards.
    expect(tokens[0][0]).toBeGreaterThan(tokens[1][0]);
    expect(tokens[0][1]).toBeGreaterThan(tokens[1][1]);
  });

  it("refuses NaN and odd tokens", () => {
    expect(() => circleMap({ densities: [{ density: () => NaN }] })).toThrow("densities[0]: NaN at sample 0");
    expect(() => circleMap({ densities: [], tokens: [1] })).toThrow("rows of two");
  });
});
