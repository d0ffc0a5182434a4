import { describe, expect, it } from "vitest";
import { withDifferences } from "../../src/models/differences.js";
import { addTo } from "../../src/numerics/add-to.js";
import { definedProblem } from "../../src/validation/order-problems.js";
import type { Field } from "../../src/types.js";
import { someArea, someLaw, someNormals } from "./contract.js";

describe("corrections and brackets by differences", () => {
  const { model } = definedProblem();
  const K = model.channels;

  /** A field that counts how often it is frozen, with differences. */
  function counted(n: number) {
    const { freeze, increment } = model.plan(n);
    let freezes = 0;
    const field = withDifferences(
      {
        freeze(law) {
          freezes++;
          freeze(law);
        },
        increment,
      },
      { ...model, count: n },
    );
    return {
      field,
      freezesOf(ask: () => void): number {
        const before = freezes;
        ask();
        return freezes - before;
      },
    };
  }

  /** sum_k nabla_{D_k} g_k, D_k = sum_j c_jk g_j, channel by channel from the derivative. */
  function oneByOne(field: Field, c: Float64Array, size: number): Float64Array {
    const [out, D, term] = Array.from({ length: 3 }, () => new Float64Array(size));
    for (let k = 0; k < K; k++) {
      field.increment(
        0,
        Float64Array.from({ length: K }, (_, j) => c[j * K + k]),
        D,
      );
      field.derivative(
        0,
        Float64Array.from({ length: K }, (_, j) => (j === k ? 1 : 0)),
        D,
        term,
      );
      addTo(out, 1, term);
    }
    return out;
  }

  // With 90,000 points there is room for one direction at a time.
  it.each([1, 6, 90_000])("are the sums of derivatives to the bit, %d points", (n) => {
    const law = someLaw(model, n);
    const size = 3 * n;
    const { field, freezesOf } = counted(n);
    const identity = Float64Array.from({ length: K * K }, (_, e) => (e % (K + 1) === 0 ? 1 : 0));
    const area = someArea(K);
    const out = new Float64Array(size);
    const home = n > 6 ? K : 1;
    field.freeze(law);
    expect(freezesOf(() => field.correction(out))).toBe(2 * K + home);
    expect(out).toEqual(oneByOne(field, identity, size));
    expect(freezesOf(() => field.bracket(area, out))).toBe(2 * K + home);
    expect(out).toEqual(oneByOne(field, area, size));
  });

  it("leave the field where it was", () => {
    const law = someLaw(model, 6);
    const { field } = counted(6);
    const dW = someNormals(K, 2);
    const [before, after, other] = Array.from({ length: 3 }, () => new Float64Array(18));
    field.freeze(law);
    field.increment(0.1, dW, before);
    for (const ask of [
      () => field.correction(other),
      () => field.bracket(someArea(K), other),
      () => field.derivative(0.1, dW, before, other),
    ]) {
      ask();
      field.increment(0.1, dW, after);
      expect(after).toEqual(before);
    }
  });
});
