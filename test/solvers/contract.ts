import { describe, expect, it } from "vitest";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { normalQuadrature } from "../../src/numerics/gauss-hermite.js";
import { copyMeasure, measure } from "../../src/sphere/measure.js";
import type { Interval, Measure, Model, Scheme } from "../../src/types.js";
import { farthest, someArea, someLaw, someNormals } from "../models/contract.js";

const interval = (dt: number, dW: Float64Array, area: Float64Array | null): Interval => ({
  path: 0,
  step: 0,
  time: 0,
  dt,
  dW,
  area,
});

/** Points after one step. */
function after(
  scheme: Scheme,
  model: Model,
  law: Measure,
  given: Interval,
  kick: Float64Array | null = null,
) {
  const cloud = copyMeasure(law);
  scheme.plan(model, law.count).step(cloud, given, kick);
  return cloud;
}

const atoms = drawAtoms("scheme contract", 1, 3, 0.7);
const attention = (A = atoms): Model => gaussianAttention({ dimension: 3, beta: 1.3, sigmaV: 0.6, atoms: A });

/** A rotation by Cayley's formula, [3,3]. */
const O = Float64Array.of(2 / 3, -2 / 3, 1 / 3, 2 / 3, 1 / 3, -2 / 3, 1 / 3, 2 / 3, 2 / 3);

/** A B for A [p,q], B [q,r]. */
function times(A: Float64Array, B: Float64Array, q: number): Float64Array {
  const [p, r] = [A.length / q, B.length / q];
  const out = new Float64Array(p * r);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < r; j++) for (let k = 0; k < q; k++) out[i * r + j] += A[i * q + k] * B[k * r + j];
  return out;
}

const transpose = (A: Float64Array, n: number): Float64Array =>
  A.map((_, e) => A[(e % n) * n + Math.floor(e / n)]);

/** U L U^T */
const conjugate = (U: Float64Array, L: Float64Array, n: number): Float64Array =>
  times(times(U, L, n), transpose(U, n), n);

/** What every scheme must do. */
export function schemeContract(scheme: Scheme): void {
  describe(`the scheme contract: ${scheme.name}`, () => {
    it("keeps unit norms to 1e-14 over 1e5 steps", () => {
      const model = sphericalBrownian(3);
      const cloud = copyMeasure(someLaw(model, 3));
      const stepper = scheme.plan(model, 3);
      const [dW, area] = [new Float64Array(3), new Float64Array(9)];
      const draws = someNormals(4096, 11);
      for (let step = 0; step < 1e5; step++) {
        for (let k = 0; k < 3; k++) dW[k] = 0.05 * draws[(3 * step + k) % 4096];
        area[1] = 0.001 * draws[(7 * step) % 4096];
        area[3] = -area[1];
        stepper.step(cloud, interval(2.5e-3, dW, area), null);
      }
      for (let o = 0; o < 9; o += 3) {
        const norm = Math.hypot(...cloud.points.subarray(o, o + 3));
        expect(Math.abs(norm - 1)).toBeLessThan(1e-14);
      }
    });

    it("stays put without time and noise, and leaves the weights alone", () => {
      const law = someLaw(attention(), 5);
      const nothing = after(scheme, attention(), law, interval(0, new Float64Array(9), new Float64Array(81)));
      expect(farthest(nothing.points, law.points)).toBeLessThan(1e-15);
      const something = after(
        scheme,
        attention(),
        law,
        interval(
          0.01,
          someNormals(9, 2).map((v) => 0.1 * v),
          null,
        ),
      );
      expect(something.weights).toEqual(law.weights);
      expect(farthest(something.points, law.points)).toBeGreaterThan(1e-3);
    });

    it("does not care about the order of points", () => {
      const law = someLaw(attention(), 4);
      const order = [2, 0, 3, 1];
      const permute = (v: Float64Array, width: number): Float64Array =>
        Float64Array.from(v, (_, e) => v[order[Math.floor(e / width)] * width + (e % width)]);
      const moved = { ...law, points: permute(law.points, 3), weights: permute(law.weights, 1) };
      const given = interval(
        0.01,
        someNormals(9, 2).map((v) => 0.1 * v),
        someArea(9).map((v) => 0.01 * v),
      );
      const kick = someNormals(12, 4).map((v) => 0.1 * v);
      const [a, b] = [
        after(scheme, attention(), law, given, kick),
        after(scheme, attention(), moved, given, permute(kick, 3)),
      ];
      expect(farthest(permute(a.points, 3), b.points)).toBeLessThan(1e-14);
    });

    it("turns with the world: points, atoms, noise, area and kicks rotated together", () => {
      const law = someLaw(attention(), 4);
      const turn = (points: Float64Array): Float64Array => times(points, transpose(O, 3), 3);
      const dW = someNormals(9, 2).map((v) => 0.1 * v);
      const area = someArea(9).map((v) => 0.01 * v);
      const kick = someNormals(12, 4).map((v) => 0.1 * v);
      // dW -> O dW O^T is O (x) O on the K = 9 channels.
      const U = Float64Array.from({ length: 81 }, (_, e) => {
        const [k, j] = [Math.floor(e / 9), e % 9];
        return O[Math.floor(k / 3) * 3 + Math.floor(j / 3)] * O[(k % 3) * 3 + (j % 3)];
      });
      const here = after(scheme, attention(), law, interval(0.01, dW, area), kick);
      const there = after(
        scheme,
        attention([conjugate(O, atoms[0], 3)]),
        { ...law, points: turn(law.points) },
        interval(0.01, conjugate(O, dW, 3), conjugate(U, area, 9)),
        turn(kick),
      );
      expect(farthest(turn(here.points), there.points)).toBeLessThan(1e-13);
    });

    it.each(["ito", "stratonovich"] as const)("means the model's own calculus: %s", (calculus) => {
      // E x_1 - x = h (C [Stratonovich] - |g|^2 x) / 2 + O(h^2), with g = Omega x and C = P Omega^2 x.
      const model = { ...rotation(3), calculus };
      const law = measure([[0.6, 0, 0.8]]);
      const { nodes, weights } = normalQuadrature(12);
      const drift = (h: number): Float64Array => {
        const mean = new Float64Array(3);
        nodes.forEach((node, q) => {
          const { points } = after(
            scheme,
            model,
            law,
            interval(h, Float64Array.of(node * Math.sqrt(h)), null),
          );
          for (let a = 0; a < 3; a++) mean[a] += (weights[q] * (points[a] - law.points[a])) / h;
        });
        return mean;
      };
      const h = 1e-3;
      // Extrapolated to h = 0.
      const [coarse, fine] = [drift(2 * h), drift(h)];
      const found = fine.map((v, a) => 2 * v - coarse[a]);
      const [g2, C] = [0.36, [-0.6 + 0.36 * 0.6, 0, 0.36 * 0.8]];
      const want = Float64Array.from(law.points, (x, a) => 0.5 * ((calculus === "ito" ? 0 : C[a]) - g2 * x));
      expect(farthest(found, want)).toBeLessThan(1e-5);
      const other = Float64Array.from(law.points, (x, a) => 0.5 * ((calculus === "ito" ? C[a] : 0) - g2 * x));
      expect(farthest(found, other)).toBeGreaterThan(0.1);
    });

    it("declares orders it can keep", () => {
      expect(scheme.strongOrderWithoutArea).toBeLessThanOrEqual(scheme.strongOrder);
      expect(scheme.weakOrder).toBe(1);
      if (scheme.strongOrder === 0.5) expect(scheme.needsArea).toBe("never");
    });
  });
}
