import { describe, expect, it } from "vitest";
import { withDifferences } from "../../src/models/differences.js";
import { stream } from "../../src/noise/stream.js";
import { normalize } from "../../src/sphere/retract.js";
import { copyMeasure, wrap } from "../../src/sphere/measure.js";
import type { Measure, Model } from "../../src/types.js";

/** Differences have an error of about 1e-10 in a first derivative; sums over K channels of second ones lose more. */
const DIFFERENCED = 1e-8;
const ROUNDING = 1e-13;

const source = stream("model contract", "points");

/** n points of the model's manifold with unequal weights, one of them zero: a point may watch a law it is no part of. */
export function someLaw(model: Model, n: number, draw = 0): Measure {
  const points = new Float64Array(n * model.dimension);
  source.normals(draw, 0, points);
  if (model.manifold === "sphere") normalize(points, model.dimension);
  const weights = Float64Array.from({ length: n }, (_, i) => i);
  const total = (n * (n - 1)) / 2;
  return wrap(
    points,
    model.dimension,
    weights.map((w) => (n === 1 ? 1 : w / total)),
  );
}

export function someNormals(length: number, draw: number): Float64Array {
  const out = new Float64Array(length);
  source.normals(draw, 1, out);
  return out;
}

export function someArea(K: number, draw = 0): Float64Array {
  const normals = someNormals(K * K, draw);
  return normals.map((v, e) => 0.5 * (v - normals[(e % K) * K + Math.floor(e / K)]));
}

/** Largest absolute difference. */
export function farthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((s, v, i) => Math.max(s, Math.abs(v - b[i])), 0);
}

const size = (v: Float64Array): number => v.reduce((s, e) => Math.max(s, Math.abs(e)), 0);

/** What every model must do, whatever it is. `n` points; models with closed forms are checked against differences. */
export function modelContract(model: Model, n = 5): void {
  const { dimension: d, channels: K, manifold } = model;
  const law = someLaw(model, n);
  const dt = 0.3;
  const dW = someNormals(K, 7);
  const area = someArea(K);
  const out = (): Float64Array => new Float64Array(n * d);
  const tangentDirection = (): Float64Array => {
    const along = someNormals(n * d, 3);
    if (manifold === "sphere") {
      for (let o = 0; o < n * d; o += d) {
        let s = 0;
        for (let a = 0; a < d; a++) s += along[o + a] * law.points[o + a];
        for (let a = 0; a < d; a++) along[o + a] -= s * law.points[o + a];
      }
    }
    return along;
  };
  const along = tangentDirection();

  const everything = (at: Measure, field = model.plan(n)): Float64Array[] => {
    const results = [out(), out(), out(), out()];
    field.redraw?.(0, 0);
    field.freeze(at);
    field.increment(dt, dW, results[0]);
    field.derivative(dt, dW, along, results[1]);
    field.correction(results[2]);
    field.bracket(area, results[3]);
    return results;
  };

  describe(`the model contract: ${model.name}, ${manifold}, d = ${d}, K = ${K}`, () => {
    const names = ["increment", "derivative", "correction", "bracket"] as const;
    const results = everything(law);

    it("gives finite, tangent fields", () => {
      for (const result of results) {
        expect(result.every(Number.isFinite)).toBe(true);
        if (manifold !== "sphere") continue;
        for (let o = 0; o < n * d; o += d) {
          let s = 0;
          for (let a = 0; a < d; a++) s += result[o + a] * law.points[o + a];
          expect(Math.abs(s)).toBeLessThan(ROUNDING * Math.max(1, size(result)));
        }
      }
    });

    it("differentiates as symmetric differences of the whole ensemble do", () => {
      const { freeze, increment, redraw } = model.plan(n);
      redraw?.(0, 0);
      const field = withDifferences({ freeze, increment }, { manifold, dimension: d, channels: K, count: n });
      everything(law, field).forEach((differenced, r) => {
        const scale = Math.max(1, size(results[r]));
        expect(farthest(differenced, results[r]), names[r]).toBeLessThan(
          DIFFERENCED * scale * Math.max(1, K),
        );
      });
    });

    it("is linear in increments, direction and area, and turns with the area's sign", () => {
      const field = model.plan(n);
      field.redraw?.(0, 0);
      field.freeze(law);
      const [one, two, sum] = [out(), out(), out()];
      const other = someNormals(K, 8);
      field.increment(dt, dW, one);
      field.increment(2 * dt, other, two);
      field.increment(
        3 * dt,
        dW.map((w, k) => w + other[k]),
        sum,
      );
      expect(
        farthest(
          sum,
          one.map((v, i) => v + two[i]),
        ),
      ).toBeLessThan(ROUNDING * 10 * Math.max(1, size(sum)));
      field.bracket(
        area.map((v) => -v),
        one,
      );
      const tolerance = Math.max(ROUNDING, DIFFERENCED * 1e-2) * Math.max(1, size(one)) * K;
      expect(
        farthest(
          one,
          results[3].map((v) => -v),
        ),
      ).toBeLessThan(tolerance);
    });

    it("is the same whatever was asked before, and leaves the law alone", () => {
      const kept = copyMeasure(law);
      const field = model.plan(n);
      everything(someLaw(model, n, 5), field);
      everything(law, field).forEach((again, r) => expect(again, names[r]).toEqual(results[r]));
      expect(law.points).toEqual(kept.points);
      expect(law.weights).toEqual(kept.weights);
    });

    it("does not care about the order of its points", () => {
      const order = Array.from({ length: n }, (_, i) => (i * 2 + 1) % n);
      if (new Set(order).size !== n) order.reverse();
      const permute = (v: Float64Array, width: number): Float64Array =>
        Float64Array.from(v, (_, e) => v[order[Math.floor(e / width)] * width + (e % width)]);
      const moved = { ...law, points: permute(law.points, d), weights: permute(law.weights, 1) };
      const field = model.plan(n);
      field.redraw?.(0, 0);
      field.freeze(moved);
      const [increment, derivative] = [out(), out()];
      field.increment(dt, dW, increment);
      field.derivative(dt, dW, permute(along, d), derivative);
      expect(farthest(increment, permute(results[0], d))).toBeLessThan(
        ROUNDING * Math.max(1, size(increment)),
      );
      expect(farthest(derivative, permute(results[1], d))).toBeLessThan(
        DIFFERENCED * 1e-1 * Math.max(1, size(derivative)),
      );
    });

    it("keeps its memory: freezes and increments allocate no arrays", () => {
      const [wide, steps] = [64, 100];
      const many = someLaw(model, wide);
      const field = model.plan(wide);
      field.redraw?.(0, 0);
      const [F, v] = [new Float64Array(wide * d), new Float64Array(wide * d)];
      const run = (): void => {
        field.freeze(many);
        field.increment(dt, dW, F);
        field.derivative(dt, dW, F, v);
      };
      run();
      const start = process.memoryUsage().arrayBuffers;
      for (let step = 0; step < steps; step++) run();
      // One array of the state a step would be twice as much.
      expect(process.memoryUsage().arrayBuffers - start).toBeLessThan((steps * F.byteLength) / 2);
    });
  });
}
