import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/models/define-model.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { brownian } from "../../src/noise/brownian.js";
import { stream } from "../../src/noise/stream.js";
import { measure, wrap } from "../../src/sphere/measure.js";
import { meanAndError } from "../../src/studies/statistics.js";
import { studyStrong } from "../../src/studies/strong.js";
import type { Measure, Scheme } from "../../src/types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { simulate } from "../../solvers/simulate.js";

const SCHEMES = [eulerMaruyama, milstein, heun, logOde];
const own = stream("idiosyncratic", "idiosyncratic");

const north = (n: number): Measure => measure(Array.from({ length: n }, () => [0, 0, 1]));

describe("noise of its own for every point", () => {
  it.each(SCHEMES)(
    "$name: alone it is spherical Brownian motion at speed kappa^2, independent from point to point",
    (scheme) => {
      const [n, kappa, steps, T] = [4000, 0.7, 32, 1];
      const still = defineModel({ name: "still", dimension: 3, noise: [(_x, out) => out.fill(0)] });
      const evolution = particles({
        model: still,
        scheme,
        initial: north(n),
        idiosyncratic: { kappa, stream: own },
      });
      simulate({ evolution, noise: brownian({ seed: "s", path: 0, channels: 1, horizon: T, steps }), steps });
      const x = evolution.law.points;
      const heights = meanAndError(Float64Array.from({ length: n }, (_, i) => x[3 * i + 2]));
      const want = Math.exp(-kappa * kappa * T);
      // Weak error of the step, at most 0.06 h for E Y_1 (test of weak orders).
      expect(Math.abs(heights.mean - want)).toBeLessThan(5 * heights.standardError + 0.4 / steps);
      const products = meanAndError(Float64Array.from({ length: n / 2 }, (_, i) => x[6 * i] * x[6 * i + 3]));
      expect(Math.abs(products.mean)).toBeLessThan(5 * products.standardError);
    },
  );

  it("does not touch the common noise: kappa = 0 is no noise at all, bit for bit", () => {
    const noise = pathNoise({ seed: "common", channels: 3, horizon: 1, steps: 16 });
    const options = { model: sphericalBrownian(3), scheme: milstein, initial: north(3), noise };
    const without = pathwise(options)(16, 4);
    expect(pathwise({ ...options, idiosyncratic: { kappa: 0, stream: own } })(16, 4)).toEqual(without);
    expect(pathwise({ ...options, idiosyncratic: { kappa: 0.1, stream: own } })(16, 4)).not.toEqual(without);
    // Points that share their noise and their start stay together; those with their own do not.
    expect(without.slice(0, 3)).toEqual(without.slice(3, 6));
  });

  it("is the same path at every level when its finest step is given: the sum of the fine kicks", () => {
    const still = defineModel({ name: "still", manifold: "euclidean", dimension: 1, noise: [() => {}] });
    const at = (finest: number | undefined, steps: number): number =>
      pathwise({
        model: still,
        scheme: eulerMaruyama,
        initial: wrap(Float64Array.of(0), 1),
        noise: pathNoise({ seed: "k", channels: 1, horizon: 1, steps: 64, area: null }),
        idiosyncratic: { kappa: 2, stream: own, ...(finest !== undefined && { finest }) },
      })(steps, 3)[0];
    expect(at(1 / 64, 4)).toBeCloseTo(at(1 / 64, 64), 13);
    expect(Math.abs(at(undefined, 4) - at(undefined, 64))).toBeGreaterThan(1e-3);
    expect(() => at(1 / 48, 64)).toThrow(/idiosyncratic\.finest: a step of 0\.015625 is not a whole number/);
  });

  it.each([
    ["Euler-Maruyama", eulerMaruyama],
    ["Milstein with the area of the common noise", milstein],
  ])("leaves strong order 1/2: %s", (_name, scheme: Scheme) => {
    // The mixed integrals of W and B are missing, and the rotations do not commute with shifts.
    const noise = pathNoise({ seed: "mixed", channels: 3, horizon: 0.5, steps: 256 });
    const options = {
      model: brownianRotations(),
      initial: wrap(Float64Array.of(0, 0, 1), 3),
      noise,
      idiosyncratic: { kappa: 1, stream: own, finest: 0.5 / 256 },
    };
    const { fit } = studyStrong({
      solve: pathwise({ ...options, scheme }),
      levels: [4, 8, 16, 32],
      paths: 120,
      reference: {
        kind: "independent",
        name: "log-ode",
        steps: 256,
        solve: pathwise({ ...options, scheme: logOde }),
      },
    });
    expect(fit!.interval[0]).toBeGreaterThan(0.35);
    expect(fit!.interval[1]).toBeLessThan(0.75);
  });
});

describe("a run with both noises", () => {
  it("says that its order is one half, whatever the scheme has without", () => {
    const evolution = particles({
      model: sphericalBrownian(3),
      scheme: milstein,
      initial: wrap(Float64Array.of(0, 0, 1), 3),
      idiosyncratic: { kappa: 0.5, stream: stream("both", "own") },
    });
    simulate({
      evolution,
      noise: brownian({ seed: "both", path: 0, channels: 3, horizon: 1, steps: 4 }),
      steps: 4,
    });
    expect(evolution.diagnostics()).toMatchObject({ scheme: "milstein", strongOrder: 0.5 });
    expect(evolution.diagnostics().note).toMatch(/noise of their own.*strong order 1\/2/);
  });
});
