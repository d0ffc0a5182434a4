import { describe, expect, it } from "vitest";
import { attentionProblem, definedProblem } from "../../src/validation/order-problems.js";
import { brownian } from "../../src/noise/brownian.js";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { randomQuadraticForm } from "../../src/models/gallery/random-quadratic-form.js";
import type { Model } from "../../src/types.js";
import { farthest, someArea, someLaw, someNormals } from "../models/contract.js";
import { frozenLaw, scaledArea, withoutCorrection } from "./faults.js";

/** Derivative, correction and bracket of a model at some law. */
function second(model: Model, n = 5): Float64Array[] {
  const law = someLaw(model, n);
  const field = model.plan(n);
  const outs = Array.from({ length: 4 }, () => new Float64Array(n * model.dimension));
  const dW = someNormals(model.channels, 1);
  field.freeze(law);
  field.increment(0, dW, outs[3]);
  field.derivative(0, dW, outs[3], outs[0]);
  field.correction(outs[1]);
  field.bracket(someArea(model.channels), outs[2]);
  return outs;
}

describe("the injected faults are the faults they are called", () => {
  it("a frozen law changes nothing where tokens do not interact", () => {
    const model = randomQuadraticForm(3);
    const frozen = second(frozenLaw(model));
    second(model).forEach((v, r) => expect(farthest(v, frozen[r])).toBeLessThan(1e-7));
  });

  it.each([attentionProblem(2, 1).model, attentionProblem(3, 2).model, definedProblem().model])(
    "and changes derivative, correction and bracket, not the field, where they do: $name",
    (model) => {
      const [right, frozen] = [second(model), second(frozenLaw(model))];
      for (const r of [0, 1, 2]) expect(farthest(right[r], frozen[r])).toBeGreaterThan(1e-2);
      expect(frozen[3]).toEqual(right[3]);
    },
  );

  it("a dropped correction is zero, a transposed area the negative, increments are kept", () => {
    const dropped = second(withoutCorrection(attentionProblem(3, 1).model));
    expect(dropped[1].every((v) => v === 0)).toBe(true);
    const noise = brownian({
      seed: "f",
      path: 0,
      channels: 3,
      horizon: 1,
      steps: 4,
      area: mrongowiusRoesslerArea,
    });
    const [L, M] = [new Float64Array(9), new Float64Array(9)];
    noise.area?.(2, 1, L);
    scaledArea(noise, -1).area?.(2, 1, M);
    M.forEach((v, e) => expect(v + L[e]).toBe(0));
    const [a, b] = [new Float64Array(3), new Float64Array(3)];
    noise.increment(2, 1, a);
    scaledArea(noise, 0).increment(2, 1, b);
    expect(a).toEqual(b);
  });
});
