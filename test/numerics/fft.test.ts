import { describe, expect, it } from "vitest";
import { fittingLength, planFourier } from "../../src/numerics/fft.js";
import { planSeries } from "../../src/numerics/fourier-series.js";
import { turn } from "../../src/numerics/turn.js";
import { fixedNumbers } from "../spectral/reference-transform.js";

const LENGTHS = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
const transformed = (length: number, data: Float64Array): Float64Array => {
  const out = new Float64Array(2 * length);
  planFourier(length).transform(out, data);
  return out;
};
const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);
/** Numbers below one: each pass adds a rounding of its sum, whose size is the root of the length. */
const bound = (length: number): number => 2e-16 * Math.sqrt(length) * (2 + Math.log2(length));

describe("Fourier transforms", () => {
  it.each(LENGTHS)("of length %i are the sums that define them", (length) => {
    const data = fixedNumbers(2 * length, length);
    const sums = new Float64Array(2 * length);
    for (let k = 0; k < length; k++)
      for (let j = 0; j < length; j++) {
        const [cosine, sine] = turn((j * k) % length, length);
        sums[2 * k] += data[2 * j] * cosine + data[2 * j + 1] * sine;
        sums[2 * k + 1] += data[2 * j + 1] * cosine - data[2 * j] * sine;
      }
    // the sums themselves round as often as they are long
    expect(worst(transformed(length, data), sums)).toBeLessThan(bound(length) + 1e-16 * length);
  });

  it.each(LENGTHS)("of length %i are what fft.js gives, by itself or in three parts", (length) => {
    const data = fixedNumbers(2 * length, 1 + length);
    const theirs = new Float64Array(2 * length);
    planSeries(length).transform(theirs, data);
    expect(worst(transformed(length, data), theirs)).toBeLessThan(2 * bound(length));
  });

  it.each(LENGTHS)("of length %i come back with parts swapped, and leave their data alone", (length) => {
    const data = fixedNumbers(2 * length, 2 + length);
    const before = data.slice();
    const swapped = (x: Float64Array): Float64Array => x.map((_, i) => x[i ^ 1]);
    const back = swapped(transformed(length, swapped(transformed(length, data)))).map((v) => v / length);
    expect(worst(back, data)).toBeLessThan(bound(length));
    expect(data).toEqual(before);
  });

  it("have the least length that fits", () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 9, 13, 17, 25, 94, 97, 766, 769].map(fittingLength)).toEqual([
      2, 2, 2, 4, 4, 6, 6, 8, 12, 16, 24, 32, 96, 128, 768, 1024,
    ]);
  });

  it.each([0, 1, 3, 5, 9, 18, 20, 2.5, NaN, Infinity])("of length %d are refused", (length) => {
    expect(() => planFourier(length)).toThrow(RangeError);
  });
});
