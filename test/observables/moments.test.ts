import { describe, expect, it } from "vitest";
import { clusterCount } from "../../src/observables/cluster-count.js";
import { meanOverlap } from "../../src/observables/mean-overlap.js";
import { orderParameter } from "../../src/observables/order-parameter.js";
import { overlap } from "../../src/observables/overlap.js";
import { zonalMoment } from "../../src/observables/zonal-moment.js";
import { measure } from "../../src/sphere/measure.js";

const corner = measure(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0.6, 0.8],
  ],
  [0.5, 0.25, 0.25],
);

describe("observables of a few points", () => {
  it("overlap of two tokens", () => {
    expect(overlap(0, 1)(corner)).toBe(0);
    expect(overlap(1, 2)(corner)).toBeCloseTo(0.6, 15);
    expect(overlap(2, 2)(corner)).toBeCloseTo(1, 15);
    expect(() => overlap(0, 3)(corner)).toThrow(/tokens 0 to 2, not 3/);
  });

  it("mean overlap is the weighted double sum, and the squared order parameter", () => {
    let sum = 0;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) sum += corner.weights[i] * corner.weights[j] * overlap(i, j)(corner);
    expect(meanOverlap(corner)).toBeCloseTo(sum, 15);
    expect(orderParameter(corner) ** 2).toBeCloseTo(sum, 15);
    expect(
      orderParameter(
        measure([
          [0, 1],
          [0, 1],
        ]),
      ),
    ).toBe(1);
  });

  it("zonal moments are cosines on the circle, Legendre on the sphere, Gegenbauer beyond", () => {
    const t = 0.3;
    const at = (d: number) => measure([[t, Math.sqrt(1 - t * t), ...new Array<number>(d - 2).fill(0)]]);
    const axis = (d: number) => [1, ...new Array<number>(d - 1).fill(0)];
    for (const l of [0, 1, 2, 7, 20]) {
      expect(zonalMoment(l, axis(2))(at(2))).toBeCloseTo(Math.cos(l * Math.acos(t)), 13);
      /* d = 4: sin((l+1) theta) / ((l+1) sin theta), the Chebyshev polynomial of the second kind. */
      const theta = Math.acos(t);
      expect(zonalMoment(l, axis(4))(at(4))).toBeCloseTo(
        Math.sin((l + 1) * theta) / ((l + 1) * Math.sin(theta)),
        13,
      );
    }
    expect(zonalMoment(3, axis(3))(at(3))).toBeCloseTo((5 * t ** 3 - 3 * t) / 2, 14);
    /* C_2^{(3/2)}(t) / C_2^{(3/2)}(1) = (5 t^2 - 1) / 4 in R^5. */
    expect(zonalMoment(2, axis(5))(at(5))).toBeCloseTo((5 * t * t - 1) / 4, 14);
    expect(() => zonalMoment(1, [1, 1])).toThrow(/not a unit vector/);
    expect(() => zonalMoment(1, [0, 1])(at(3))).toThrow(/axis in R\^2 for a law in R\^3/);
  });

  it("counts clusters by single linkage", () => {
    const on = (...angles: number[]) => measure(angles.map((a) => [Math.cos(a), Math.sin(a)]));
    const chain = [0, 0.1, 0.2, 0.3, 0.4];
    expect(clusterCount()(on(...chain))).toBe(1); // cos 0.1 = 0.995, although cos 0.4 = 0.92
    expect(clusterCount(0.999)(on(...chain))).toBe(5);
    expect(clusterCount()(on(...chain, 1, 1.05, 3))).toBe(3);
    expect(clusterCount(0.99, 0, 0.2)(on(...chain, 1, 1.05, 3))).toBe(2); // the lone token weighs 1/8
    // The weights of a truncated density.
    const bridge = { ...on(0, 0.1, 0.2), weights: Float64Array.of(0.6, -0.1, 0.5) };
    expect(clusterCount()(bridge)).toBe(2); // a node without mass joins nothing
    expect(() => clusterCount(1)).toThrow(/threshold 1/);
  });
});
