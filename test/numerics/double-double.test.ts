import { expect, it } from "vitest";
import { difference } from "../../src/numerics/double-double.js";
import { stream } from "../../src/noise/stream.js";

/** A double that is a whole multiple of 2^-60, as that multiple. */
const scaled = (v: number): bigint => BigInt(v * 2 ** 60);

it("a difference of doubles keeps what rounding takes, in whole numbers", () => {
  const draws = new Float64Array(3);
  const source = stream("double-double", "pairs");
  let lost = 0;
  for (let round = 0; round < 200; round++) {
    source.uniforms(round, 0, draws);
    const a = Math.round((draws[0] - 0.5) * 2 ** 40) * 2 ** -60;
    const b = (draws[1] - 0.5) * 2 ** Math.floor(50 * draws[2]);
    for (const [x, y] of [
      [a, b],
      [b, a],
      [-a, b],
    ]) {
      const { hi, lo } = difference(x, y);
      expect(hi).toBe(x - y);
      expect(scaled(hi) + scaled(lo)).toBe(scaled(x) - scaled(y));
      if (lo !== 0) lost++;
    }
  }
  expect(lost).toBeGreaterThan(300);
});
