import { describe, expect, it } from "vitest";
import { TAIL, ziggurat } from "../../src/noise/ziggurat.js";

describe("ziggurat", () => {
  const { edge, height, inside } = ziggurat();

  it("has layers of one area, closing at f(0) = 1", () => {
    const area = edge[0] * height[1];
    // Marsaglia and Tsang print 0.00492867323399.
    expect(Math.abs(area - 0.00492867323399)).toBeLessThan(1e-13);
    for (let i = 1; i < 256; i++) {
      expect(Math.abs(edge[i] * (height[i + 1] - height[i]) - area)).toBeLessThan(1e-15);
    }
    expect(edge[1]).toBe(TAIL);
  });

  it("puts the core of every layer under the curve", () => {
    for (let i = 0; i < 256; i++) {
      expect(edge[i + 1]).toBeLessThan(edge[i]);
      expect(inside[i] * edge[i] * 2 ** -53).toBeLessThanOrEqual(edge[i + 1]);
    }
  });
});
