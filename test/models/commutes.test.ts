import { describe, expect, it } from "vitest";
import { affine } from "../../src/models/gallery/affine.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { commutes } from "../../src/models/commutes.js";
import { defineModel } from "../../src/models/define-model.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { iteratedIntegral } from "../../src/models/gallery/iterated-integral.js";
import { randomQuadraticForm } from "../../src/models/gallery/random-quadratic-form.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { definedProblem } from "../../src/validation/order-problems.js";
import { wrap } from "../../src/sphere/measure.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { wantsArea } from "../../solvers/area.js";
import type { Model } from "../../src/types.js";
import { someLaw } from "./contract.js";

const attention = (d: number) =>
  gaussianAttention({ dimension: d, beta: 1, sigmaV: 1, atoms: [new Float64Array(d * d).fill(0.3)] });

/** Two fields that turn about one axis at different rates: they commute, on the sphere as in space. */
const coaxial = (manifold: "sphere" | "euclidean"): Model =>
  defineModel({
    name: "coaxial",
    manifold,
    dimension: 3,
    noise: [
      (x, out) => out.set([-x[1], x[0], 0]),
      (x, out) => out.set([-2 * x[1] * x[2], 2 * x[0] * x[2], 0]),
    ],
  });

describe("commutes", () => {
  it.each([
    ["one channel", rotation(3), true],
    [
      "constant fields",
      affine({
        name: "c",
        dimension: 2,
        noise: [{ offset: Float64Array.of(1, 0) }, { offset: Float64Array.of(0, 1) }],
      }),
      true,
    ],
    ["rotations about one axis", coaxial("sphere"), true],
    ["rotations about one axis in space", coaxial("euclidean"), true],
    ["dX3 = W1 dW2", iteratedIntegral(), false],
    ["rotations about three axes", brownianRotations(), false],
    ["spherical Brownian motion", sphericalBrownian(3), false],
    ["the random quadratic form", randomQuadraticForm(2), false],
    ["attention on the circle", attention(2), false],
    ["attention on the sphere", attention(3), false],
    ["a model with differences", definedProblem().model, false],
  ])("%s: %s", (_name, model, expected) => {
    expect(commutes(model, someLaw(model, 4))).toBe(expected);
    expect(commutes(model, someLaw(model, 1))).toBe(expected);
  });

  it("is not fooled by a start at which the bracket happens to vanish", () => {
    // [(x_2^2, 0), (0, 1)] = -(2 x_2, 0), which is zero on the first axis.
    const model = defineModel({
      name: "parabola",
      manifold: "euclidean",
      dimension: 2,
      noise: [(x, out) => (out[0] = x[1] * x[1]), (_x, out) => (out[1] = 1)],
    });
    expect(commutes(model, wrap(Float64Array.of(3, 0), 2))).toBe(false);
  });

  it("takes a model without noise as commuting", () => {
    const still = defineModel({
      name: "still",
      dimension: 2,
      noise: [(_x, out) => out.fill(0), (_x, out) => out.fill(0)],
    });
    expect(commutes(still, wrap(Float64Array.of(1, 0), 2))).toBe(true);
  });

  it("decides which scheme is given the area", () => {
    const start = someLaw(sphericalBrownian(3), 3);
    for (const scheme of [milstein, logOde]) {
      expect(wantsArea(scheme, sphericalBrownian(3), start)).toBe(true);
      expect(wantsArea(scheme, coaxial("sphere"), start)).toBe(false);
    }
    for (const scheme of [eulerMaruyama, heun])
      expect(wantsArea(scheme, sphericalBrownian(3), start)).toBe(false);
  });
});
