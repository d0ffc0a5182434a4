import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential } from "../../src/kernels/embedded/exponential.js";
import { instantiate, layout } from "../../src/kernels/instance.js";
import { exp } from "../../src/numerics/exp.js";

interface Functions {
  expOf(data: number, count: number): void;
}

function inVectors(values: readonly number[]): Float64Array {
  const room = layout();
  const at = room.numbers(values.length + 1);
  const { functions, view } = instantiate<Functions>(exponential, "simd", room);
  view(at, values.length).set(values);
  functions.expOf(at, values.length);
  return view(at, values.length).slice();
}

const bits = (values: ArrayLike<number>): string[] =>
  Array.from(values, (v) => new BigUint64Array(Float64Array.of(v).buffer)[0].toString(16));

const EDGES = [
  0, -0, 1, -1, 709.782712893384, 709.7827128933839, 710, 1e308, -708.4, -745.1332191019411,
  -745.13321910194122, -746,
];
const SPECIAL = [Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, 2 ** -54, -(2 ** -54)];

describe("the exponential in vectors", () => {
  it("gives the bits of its twin", () => {
    const number = fc.oneof(
      fc.double({ min: -800, max: 800, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ noNaN: true }),
      fc.constantFrom(...EDGES, ...SPECIAL),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), (values) => {
        expect(bits(inVectors(values))).toEqual(bits(values.map(exp)));
      }),
      { seed: 1, numRuns: 2000 },
    );
    expect(inVectors([NaN, 1])).toEqual(Float64Array.of(NaN, exp(1)));
  });
});
