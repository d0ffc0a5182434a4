import { describe, expect, it } from "vitest";
import type { InitialLaw } from "../../src/laws/law.js";
import { pointsLaw } from "../../src/laws/points.js";
import { uniformLaw } from "../../src/laws/uniform.js";
import { vmfMixture, type VmfComponent } from "../../src/laws/vmf-mixture.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { orderParameter } from "../../src/observables/order-parameter.js";
import { planTransform } from "../../src/spectral/plan-transform.js";
import { characteristics } from "../../solvers/characteristics.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";

const scheme = logOdeWith({ substeps: 1 });
const start = (d: 2 | 3, lmax: number, density: InitialLaw | ((x: Float64Array, o: number) => number)) =>
  characteristics({ model: rotation(d), scheme, transform: planTransform(d, lmax), density });
const functionOf =
  (law: InitialLaw) =>
  (x: Float64Array, o: number): number =>
    law.density!(x, o);
const bump = (kappa: number, mean: number[], weight = 1): VmfComponent => ({ weight, kappa, mean });

/** A(kappa) by its asymptotic series, d = 2, and in closed form, d = 3; both without Bessel functions. */
const resultant = {
  2: (k: number): number => 1 - 1 / (2 * k) - 1 / (8 * k ** 2) - 1 / (8 * k ** 3),
  3: (k: number): number => 1 / Math.tanh(k) - 1 / k,
};

describe("characteristics of a narrow initial law", () => {
  it.each([2000, 1e4, 1e6, 1e12])("has the mean resultant wherever the mean lies, kappa %d", (kappa) => {
    for (let k = 0; k < 6; k++) {
      const [a, b] = [0.3 + k, 0.7 * k];
      const circle = [Math.cos(a), Math.sin(a)];
      const sphere = [Math.cos(a) * Math.cos(b), Math.sin(a) * Math.cos(b), Math.sin(b)];
      for (const [d, mean] of [
        [2, circle],
        [3, sphere],
        [2, [1, 0]],
        [3, [0, 0, 1]],
      ] as const) {
        const evolution = start(d, 20, vmfMixture(d, [bump(kappa, [...mean])]));
        expect(Math.abs(orderParameter(evolution.law) - resultant[d](kappa))).toBeLessThan(1e-12);
        expect(evolution.diagnostics()).toMatchObject({ quadrature: "adapted to the initial law" });
        expect(Math.abs(Number(evolution.diagnostics().mass) - 1)).toBeLessThan(1e-13);
        expect(Number(evolution.diagnostics().momentError)).toBeLessThan(1e-12);
      }
    }
  });

  it.each([1e-2, 1e-4])("sees a narrow component of weight %d beside a wide one", (weight) => {
    for (const d of [2, 3] as const) {
      const wide = d === 2 ? [0, 1] : [0, 0, 1];
      const narrow = d === 2 ? [Math.cos(1), Math.sin(1)] : [0.6, 0.64, 0.48];
      const law = vmfMixture(d, [bump(3, wide, 1 - weight), bump(1e6, narrow, weight)]);
      const { law: nodes } = start(d, 15, law);
      const A = d === 2 ? 3.953370217402609 / 4.880792585865024 : resultant[3](3); // I1(3) / I0(3), tabulated
      const want = wide.map((v, a) => (1 - weight) * A * v + weight * resultant[d](1e6) * narrow[a]);
      want.forEach((v, a) => {
        let mean = 0;
        for (let i = 0; i < nodes.count; i++) mean += nodes.weights[i] * nodes.points[i * d + a];
        expect(Math.abs(mean - v)).toBeLessThan(1e-8);
      });
    }
  });
});

describe("characteristics of a law that the transform carries", () => {
  it.each([2, 3] as const)("start on the transform's nodes to the last bit, d = %i", (d) => {
    const transform = planTransform(d, 15);
    const law = vmfMixture(d, [bump(3, d === 2 ? [0.6, 0.8] : [0.6, 0.64, 0.48])]);
    for (const density of [law, functionOf(law), uniformLaw(d)]) {
      const evolution = start(d, 15, density);
      expect(evolution.law.points).toEqual(transform.nodes);
      const of = typeof density === "function" ? density : functionOf(density);
      evolution.law.weights.forEach((w, i) =>
        expect(w).toBe(transform.weights[i] * of(transform.nodes, i * d)),
      );
      expect(evolution.diagnostics().quadrature).toBeUndefined();
      expect(evolution.diagnostics().nodes).toBe(transform.count);
    }
  });
});

describe("a density function that the transform does not carry", () => {
  it("is refused with its mass and the degree that it takes", () => {
    const law = vmfMixture(2, [bump(2000, [1, 0])]);
    // On 64 nodes, one of them at the mean: 2 pi / 64 times the peak, and hardly anything beside.
    expect(() => start(2, 20, functionOf(law))).toThrow(
      /^characteristics: the initial density is not carried by degree 20: its mass on the nodes is 1\.7516\d* instead of 1; want degree (167|83) or more$/,
    );
    const needed = Number(/want degree (\d+)/.exec(messageOf(() => start(2, 20, functionOf(law))))![1]);
    expect(() => start(2, needed, functionOf(law))).not.toThrow();
  });

  it.each([2, 3] as const)("is refused where all nodes miss it, d = %i", (d) => {
    const law = vmfMixture(d, [bump(d === 2 ? 1e8 : 1e6, d === 2 ? [0.6, 0.8] : [0.6, 0.64, 0.48])]);
    expect(() => start(d, 20, functionOf(law))).toThrow(
      /its mass on the nodes is 0 instead of 1; no degree up to \d+ mends that/,
    );
  });

  it("is refused where a small narrow part is missed, and where a moment alone is wrong", () => {
    const law = vmfMixture(2, [bump(2, [0, 1], 0.999), bump(1e5, [Math.cos(1), Math.sin(1)], 0.001)]);
    expect(() => start(2, 20, functionOf(law))).toThrow(/its mass on the nodes is (0\.99|1\.0)/);
    // Degree 64 on 64 nodes is degree 0; degree 62 is degree 2, of mass one.
    const ripple = (x: Float64Array, o: number): number =>
      (1 + 0.5 * Math.cos(62 * Math.atan2(x[o + 1], x[o]))) / (2 * Math.PI);
    expect(() => start(2, 20, ripple)).toThrow(/its moments up to degree 4 are off by 0\.\d+ on the nodes/);
  });

  it("is refused where its integral is not one, or a value is no number", () => {
    expect(() => start(3, 7, () => 2)).toThrow(/its mass on the nodes is 25\.1327 instead of 1/);
    expect(() => start(3, 7, (x, o) => (x[o] > 0.9 ? NaN : 0.1))).toThrow(/density at node \d+ is NaN/);
    expect(() => start(2, 7, pointsLaw([[1, 0]]))).toThrow(
      /^characteristics: density has no density, want a density, or an initial law that has one/,
    );
  });

  it("is held against other nodes: a law's own quadrature that misses the law is refused too", () => {
    const law = vmfMixture(3, [bump(1e6, [0.6, 0.64, 0.48])]);
    const faulty = { ...law, quadrature: (n: number) => uniformLaw(3).quadrature!(n) };
    expect(() => start(3, 20, faulty)).toThrow(/own quadrature does not carry it: its moments/);
    const unknown: InitialLaw = { ...law, moments: undefined };
    expect(start(3, 20, unknown).diagnostics()).toMatchObject({ quadrature: "adapted to the initial law" });
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
