import { describe, expect, it } from "vitest";
import { checkModel } from "../../src/models/check-model.js";
import { probeLaw } from "../../src/models/contract-probe.js";
import { stream } from "../../src/noise/stream.js";
import type { Measure, Model } from "../../src/types.js";

const SEED = "model contract";

const source = stream(SEED, "points");

/** n points of the model's manifold with unequal weights, one of them zero: a point may watch a law it is no part of. */
export const someLaw = (model: Model, n: number, draw = 0): Measure => probeLaw(model, n, SEED, draw);

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

/** What every model must do, whatever it is: all of `checkModel`, at n points and at one, and what only a process can see. */
export function modelContract(model: Model, n = 5): void {
  const { dimension: d, channels: K, manifold } = model;

  describe(`the model contract: ${model.name}, ${manifold}, d = ${d}, K = ${K}`, () => {
    for (const points of [n, 1]) {
      for (const { name, ok, message } of checkModel(model, { points, seed: SEED }).checks) {
        it(`with ${points} points: ${name}`, () => expect(ok, message).toBe(true));
      }
    }

    it("keeps its memory: freezes and increments allocate no arrays", () => {
      const [wide, steps] = [64, 100];
      const many = someLaw(model, wide);
      const dW = someNormals(K, 7);
      const field = model.plan(wide);
      field.redraw?.(0, 0);
      const [F, v] = [new Float64Array(wide * d), new Float64Array(wide * d)];
      const run = (): void => {
        field.freeze(many);
        field.increment(0.3, dW, F);
        field.derivative(0.3, dW, F, v);
      };
      run();
      const start = process.memoryUsage().arrayBuffers;
      for (let step = 0; step < steps; step++) run();
      // One array of the state a step would be twice as much.
      expect(process.memoryUsage().arrayBuffers - start).toBeLessThan((steps * F.byteLength) / 2);
    });
  });
}
