import { describe, expect, it } from "vitest";
import { complexExpm, expm, expmTimes } from "../../src/numerics/expm.js";

const close = (got: ArrayLike<number>, want: readonly number[], within: number): void => {
  expect(got.length).toBe(want.length);
  want.forEach((v, e) => expect(Math.abs(got[e] - v), `entry ${e}`).toBeLessThan(within));
};

describe("the matrix exponential", () => {
  it("turns by the angle of a skew matrix, whatever its size", () => {
    for (const t of [1e-9, 0.3, 2, 40]) {
      const turn = [Math.cos(t), -Math.sin(t), Math.sin(t), Math.cos(t)];
      close(expm(Float64Array.of(0, -t, t, 0), 2), turn, 1e-13);
      close(expmTimes(Float64Array.of(0, -1, 1, 0), t, Float64Array.of(1, 0), 2), [turn[0], turn[2]], 1e-13);
    }
  });

  it("is a polynomial for a nilpotent matrix", () => {
    close(expm(Float64Array.of(0, 3, 5, 0, 0, 7, 0, 0, 0), 3), [1, 3, 5 + 10.5, 0, 1, 7, 0, 0, 1], 1e-13);
  });

  it("multiplies where matrices commute, and not elsewhere", () => {
    const A = Float64Array.of(0.2, 0.5, -0.1, 0.4);
    const twice = expm(
      A.map((v) => 2 * v),
      2,
    );
    const once = expm(A, 2);
    const [a, b, c, d] = once;
    close(twice, [a * a + b * c, a * b + b * d, c * a + d * c, c * b + d * d], 1e-14);
    close(expmTimes(A, 1, Float64Array.of(1, 0, 0, 1), 2), [a, c, b, d], 1e-14);
  });

  it("of i times a real diagonal is on the unit circle", () => {
    const { re, im } = complexExpm({ re: new Float64Array(4), im: Float64Array.of(0.7, 0, 0, -2.5) }, 2);
    close(re, [Math.cos(0.7), 0, 0, Math.cos(2.5)], 1e-14);
    close(im, [Math.sin(0.7), 0, 0, -Math.sin(2.5)], 1e-14);
  });

  it("of a complex matrix is that of its real block", () => {
    // exp of [[i, 1], [0, i]] = e^i [[1, 1], [0, 1]]
    const { re, im } = complexExpm({ re: Float64Array.of(0, 1, 0, 0), im: Float64Array.of(1, 0, 0, 1) }, 2);
    close(re, [Math.cos(1), Math.cos(1), 0, Math.cos(1)], 1e-14);
    close(im, [Math.sin(1), Math.sin(1), 0, Math.sin(1)], 1e-14);
  });
});
