import { describe, expect, it } from "vitest";
import { cancels, spreadBound, weightedHeads } from "../../src/models/heads/weighted-heads.js";

const zero = new Float64Array(4);
const head = (v: number, A = zero) => ({ V: Float64Array.of(v, 0, 0, 0), A });

describe("a law of weighted heads", () => {
  it("gives every head as often as its weight says, and one of weight zero never", () => {
    const weights = [0.2, 0, 0.7, 0.1];
    const law = weightedHeads({
      dimension: 2,
      heads: [0, 1, 2, 3].map((v) => head(v, Float64Array.of(0, 0, 0, 10 + v))),
      weights,
      seed: "weights",
    });
    const seen = [0, 0, 0, 0];
    const [V, A] = [new Float64Array(4), new Float64Array(4)];
    const draws = 20000;
    for (let layer = 0; layer < draws; layer++) {
      law.sample(3, layer, 1, V, A);
      expect(A[3]).toBe(10 + V[0]);
      seen[V[0]]++;
    }
    expect(seen[1]).toBe(0);
    weights.forEach((w, m) => {
      expect(Math.abs(seen[m] / draws - w)).toBeLessThanOrEqual(5.3 * Math.sqrt((w * (1 - w)) / draws));
    });
  });

  it("refuses weights that are no law", () => {
    for (const weights of [[1], [0.5, 0.6], [1.5, -0.5], [NaN, 1]]) {
      expect(() => weightedHeads({ dimension: 2, heads: [head(1), head(2)], weights, seed: "s" })).toThrow(
        /^weights: /,
      );
    }
    expect(() => weightedHeads({ dimension: 2, heads: [], seed: "s" })).toThrow(/^weights: 0 of them/);
  });

  it("is centred when the V of every key matrix cancel", () => {
    const other = Float64Array.of(1, 0, 0, 1);
    const half = [0.5, 0.5];
    expect(cancels([head(2), head(-2)], half)).toBe(true);
    expect(cancels([head(2), head(-2, other)], half)).toBe(false);
    expect(cancels([head(2), head(-1)], half)).toBe(false);
    expect(cancels([head(1), head(-0.5)], [1 / 3, 2 / 3])).toBe(true);
    expect(cancels([head(1), head(3, other), head(-1), head(-3, other)], [0.25, 0.25, 0.25, 0.25])).toBe(
      true,
    );
    expect(cancels([head(1e-14), head(-2e-14)], half)).toBe(false);
  });

  it("bounds the variance of its fluctuation, which one head alone does not have", () => {
    expect(spreadBound([head(3)], [1])).toBe(0);
    expect(spreadBound([head(1), head(3)], [0.5, 0.5])).toBe(1);
    expect(spreadBound([head(1), head(3, Float64Array.of(1, 0, 0, 0))], [0.5, 0.5])).toBe(5);
  });
});
