import { describe, expect, it } from "vitest";
import { affine } from "../../src/models/gallery/affine.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { chen } from "../../src/noise/chen.js";
import { wrap } from "../../src/sphere/measure.js";
import { studyStrong } from "../../src/studies/strong.js";
import type { CommonNoise, Model, Scheme } from "../../src/types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde, logOdeWith } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";

const SCHEMES = [eulerMaruyama, milstein, heun, logOde] as const;
const LEVELS = [16, 32, 64, 128];

/** dX = 0.2 X dt + 0.4 X dW on the line, in either calculus. */
const geometric = (calculus: Model["calculus"]): Model =>
  affine({
    name: "geometric",
    dimension: 1,
    calculus,
    drift: { matrix: Float64Array.of(0.2) },
    noise: [{ matrix: Float64Array.of(0.4) }],
  });

describe("geometric Brownian motion on the line, against its exact solution", () => {
  const noise = pathNoise({ seed: "geometric", channels: 1, horizon: 1, steps: 128, area: null });
  const W = (path: number): number => {
    const out = new Float64Array(1);
    noise(path).increment(1, 0, out);
    return out[0];
  };
  const exact = { stratonovich: 0.2, ito: 0.2 - 0.08 } as const;
  const study = (scheme: Scheme, calculus: "ito" | "stratonovich", truth: "ito" | "stratonovich") =>
    studyStrong({
      solve: pathwise({ model: geometric(calculus), scheme, initial: wrap(Float64Array.of(1), 1), noise }),
      levels: LEVELS,
      paths: 500,
      reference: { kind: "exact", solve: (path) => [Math.exp(exact[truth] + 0.4 * W(path))] },
    });

  it.each(SCHEMES.flatMap((s) => (["ito", "stratonovich"] as const).map((c) => [s.name, c, s] as const)))(
    "%s, %s: converges to the solution of that calculus at its order",
    (name, calculus, scheme) => {
      const { fit, levels } = study(scheme, calculus, calculus);
      const order = name === "euler-maruyama" ? 0.5 : 1;
      expect(fit!.interval[0]).toBeGreaterThan(order - 0.15);
      // One linear field: the flow along it is the solution, but for Runge-Kutta's error, of order two here.
      expect(fit!.interval[1]).toBeLessThan(name === "log-ode" ? 2.5 : order + 0.15);
      const other = study(scheme, calculus, calculus === "ito" ? "stratonovich" : "ito");
      expect(other.levels[3].interval[0]).toBeGreaterThan(levels[3].interval[1]);
      expect(Math.abs(other.fit!.slope)).toBeLessThan(0.2);
    },
  );
});

/** Rotates x about the vector w by |w| (Rodrigues). */
function rotate(w: readonly [number, number, number], x: readonly number[]): number[] {
  const angle = Math.hypot(...w);
  if (angle === 0) return [...x];
  const k = w.map((v) => v / angle);
  const cross = [k[1] * x[2] - k[2] * x[1], k[2] * x[0] - k[0] * x[2], k[0] * x[1] - k[1] * x[0]];
  const along = (k[0] * x[0] + k[1] * x[1] + k[2] * x[2]) * (1 - Math.cos(angle));
  return x.map((v, a) => v * Math.cos(angle) + cross[a] * Math.sin(angle) + k[a] * along);
}

/**
 * Random rotations as a product of rotations: on each step by the vector dW - (L_23, L_31, L_12), because
 * [e_j x ., e_k x .] = -(e_j x e_k) x . No vector field, no scheme: a program of its own.
 */
function productOfRotations(noise: CommonNoise, steps: number): number[] {
  const [dW, L] = [new Float64Array(3), new Float64Array(9)];
  let x = [0, 0, 1];
  for (let step = 0; step < steps; step++) {
    noise.increment(steps, step, dW);
    noise.area?.(steps, step, L);
    x = rotate([dW[0] - L[5], dW[1] - L[6], dW[2] - L[1]], x);
  }
  return x;
}

describe("random rotations in R^3 (noncommuting, conserve the norm)", () => {
  const initial = wrap(Float64Array.of(0, 0, 1), 3);
  const noise = pathNoise({ seed: "rotations", channels: 3, horizon: 1, steps: 1024 });
  const solve = (scheme: Scheme) => pathwise({ model: brownianRotations(), scheme, initial, noise });

  it("has order one for Milstein against a product of rotations, 1/2 for Euler-Maruyama", () => {
    for (const [scheme, order] of [
      [milstein, 1],
      [eulerMaruyama, 0.5],
    ] as const) {
      const { fit } = studyStrong({
        solve: solve(scheme),
        levels: LEVELS,
        paths: 120,
        dimension: 3,
        reference: {
          kind: "independent",
          name: "product of rotations",
          steps: 1024,
          solve: (steps, path) => productOfRotations(noise(path), steps),
        },
      });
      expect(fit!.interval[0]).toBeGreaterThan(order - 0.12);
      expect(fit!.interval[1]).toBeLessThan(order + 0.12);
    }
  });

  it("is the same product for the flow, up to its Runge-Kutta error, and keeps the norm to that", () => {
    const want = productOfRotations(noise(0), 64);
    const [once, fourfold] = [1, 4].map((substeps) => {
      const x = solve(logOdeWith({ substeps }))(64, 0);
      expect(Math.abs(Math.hypot(...x) - 1)).toBeLessThan(1e-3 / substeps ** 4);
      return Math.max(...want.map((v, a) => Math.abs(x[a] - v)));
    });
    expect(once).toBeLessThan(1e-3);
    expect(Math.log2(once / fourfold) / 2).toBeCloseTo(4, 0);
    // Euler's norm wanders by |x|^2 (|dW|^2 - E) a step.
    expect(Math.abs(Math.hypot(...solve(eulerMaruyama)(64, 0)) - 1)).toBeGreaterThan(1e-2);
  });

  it("composes areas as the rotations themselves do: two steps make one, to the third order", () => {
    const h = 1e-4;
    const part = (sign: number): { dW: Float64Array; L: Float64Array } => ({
      dW: Float64Array.of(1, -0.5 * sign, 0.7).map((v) => v * Math.sqrt(h)),
      L: Float64Array.of(0, 0.3, -0.2, -0.3, 0, 0.4 * sign, 0.2, -0.4 * sign, 0).map((v) => v * h),
    });
    const one = ({ dW, L }: { dW: Float64Array; L: Float64Array }, x: readonly number[]): number[] =>
      rotate([dW[0] - L[5], dW[1] - L[6], dW[2] - L[1]], x);
    const [first, second] = [part(1), part(-1)];
    const twice = one(second, one(first, [0, 0.6, 0.8]));
    chen(first.dW, first.L, second.dW, second.L);
    const once = one(first, [0, 0.6, 0.8]);
    once.forEach((v, a) => expect(Math.abs(v - twice[a])).toBeLessThan(10 * h ** 1.5));
    first.L.fill(0);
    const bare = one(first, [0, 0.6, 0.8]);
    expect(Math.max(...bare.map((v, a) => Math.abs(v - twice[a])))).toBeGreaterThan(0.1 * h);
  });
});

it("every scheme leaves R^d alone: no projection, no normalisation", () => {
  const model = affine({ name: "shift", dimension: 2, noise: [{ offset: Float64Array.of(3, 4) }] });
  for (const scheme of SCHEMES) {
    const cloud = wrap(Float64Array.of(10, 0, 0, 20), 2);
    const given = { path: 0, step: 0, time: 0, dt: 0.1, dW: Float64Array.of(2), area: null };
    scheme.plan(model, 2).step(cloud, given, Float64Array.of(0, 1, 0, -1));
    [16, 9, 6, 27].forEach((want, i) => expect(cloud.points[i]).toBeCloseTo(want, 13));
  }
});
