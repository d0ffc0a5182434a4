import { expect, it } from "vitest";
import { covariant } from "../../src/sphere/covariant.js";
import { project } from "../../src/sphere/project.js";
import { retract } from "../../src/sphere/retract.js";

const d = 3;
const x = Float64Array.of(0.6, 0, 0.8, 0, -1, 0);
const delta = Float64Array.of(0.8, 0.5, -0.6, 0.3, 0, -0.2);

/** A field with normal part, U(x) = A x + (x_1^2, 0, 1), and its derivative along v. */
const A = [0.3, -1, 0.2, 0.7, 0.1, 0.4, -0.5, 0.6, 0.9];
const linear = (o: number, v: Float64Array, a: number): number =>
  A[a * d] * v[o] + A[a * d + 1] * v[o + 1] + A[a * d + 2] * v[o + 2];
const field = (at: Float64Array): Float64Array =>
  at.map((_, i) => linear(i - (i % d), at, i % d) + [at[i - (i % d)] ** 2, 0, 1][i % d]);
const derivative = (at: Float64Array, v: Float64Array): Float64Array =>
  at.map((_, i) => linear(i - (i % d), v, i % d) + [2 * at[i - (i % d)] * v[i - (i % d)], 0, 0][i % d]);

it("is the tangent part of the derivative of the tangent part", () => {
  const h = 1e-5;
  const tangentAt = (c: number): Float64Array => {
    const at = new Float64Array(x.length);
    retract("sphere", x, c, delta, d, at);
    const U = field(at);
    project(at, U, d);
    return U;
  };
  const [ahead, behind] = [tangentAt(h), tangentAt(-h)];
  const difference = ahead.map((v, i) => (v - behind[i]) / (2 * h));
  project(x, difference, d);
  const moved = derivative(x, delta);
  covariant(x, field(x), delta, d, moved);
  moved.forEach((v, i) => expect(v).toBeCloseTo(difference[i], 9));
});
