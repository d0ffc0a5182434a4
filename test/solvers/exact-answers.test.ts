import { describe, expect, it } from "vitest";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { brownian } from "../../src/noise/brownian.js";
import { normalQuadrature } from "../../src/numerics/gauss-hermite.js";
import { diffusionMean } from "../../src/exact/overlap/overlap-chain.js";
import { twoTokens, zonal } from "../../src/validation/weak-order.js";
import { wrap } from "../../src/sphere/measure.js";
import { meanAndError } from "../../src/studies/statistics.js";
import { studyStrong } from "../../src/studies/strong.js";
import type { Evolution, Measure, Scheme } from "../../src/types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { simulate } from "../../solvers/simulate.js";
import { transformer } from "../../solvers/transformer.js";

/** n tokens: the first axis, and for two the given overlap. */
function start(d: number, R?: number): Measure {
  const points = new Float64Array((R === undefined ? 1 : 2) * d);
  points[0] = 1;
  if (R !== undefined) [points[d], points[d + 1]] = [R, Math.sqrt(1 - R * R)];
  return wrap(points, d);
}

/** Mean and standard error over paths of a number read off the final law. */
function overPaths(
  evolution: Evolution,
  channels: number,
  horizon: number,
  steps: number,
  paths: number,
  read: (x: Float64Array) => number,
) {
  const values = Float64Array.from({ length: paths }, (_, path) => {
    simulate({
      evolution,
      noise: brownian({ seed: "exact answers", path, channels, horizon, steps }),
      steps,
    });
    return read(evolution.law.points);
  });
  return meanAndError(values);
}

/** E P_l of the angle between x and N(x + s u), u a standard normal vector of R^d, with or without its normal part. */
function layerFactor(d: number, l: number, s: number, radial: boolean): number {
  const { nodes, weights } = normalQuadrature(16);
  // |tangential part| is chi with d - 1 degrees of freedom: integrate r^{d-2} e^{-r^2/2}.
  let [sum, total] = [0, 0];
  for (let r = 0.005; r < 12; r += 0.01) {
    const density = r ** (d - 2) * Math.exp((-r * r) / 2);
    total += density;
    nodes.forEach((g, q) => {
      const normal = 1 + (radial ? s * g : 0);
      sum += density * weights[q] * zonal(d, l, normal / Math.hypot(normal, s * r));
    });
  }
  return sum / total;
}

describe("1: harmonics of one token decay", () => {
  it.each([2, 3, 8])("by particles in spherical Brownian motion, d = %i", (d) => {
    const [steps, T] = [32, 0.5];
    const evolution = particles({ model: sphericalBrownian(d), scheme: eulerMaruyama, initial: start(d) });
    for (const l of [1, 2]) {
      const { mean, standardError } = overPaths(evolution, d, T, steps, 2000, (x) => zonal(d, l, x[0]));
      const scheme = layerFactor(d, l, Math.sqrt(T / steps), false) ** steps;
      const exact = Math.exp((-l * (l + d - 2) * T) / 2);
      expect(Math.abs(mean - scheme)).toBeLessThan(5 * standardError);
      expect(Math.abs(scheme - exact)).toBeLessThan(5 * standardError);
    }
  });

  it.each([2, 3, 8])("by the transformer at speed 1/d, whatever beta, d = %i", (d) => {
    const [layers, H, s] = [24, 2, 1];
    const eta = Math.sqrt((s * H) / layers);
    const heads = gaussianHeads({
      dimension: d,
      sigmaV: 1 / Math.sqrt(d),
      sigmaA: 0.5,
      seed: "exact answers",
    });
    const evolution = transformer({ heads, headsPerLayer: H, eta, beta: 2, initial: start(d) });
    const l = 2;
    const { mean, standardError } = overPaths(evolution, 1, eta * layers, layers, 600, (x) =>
      zonal(d, l, x[0]),
    );
    const chain = layerFactor(d, l, eta / Math.sqrt(H * d), true) ** layers;
    expect(Math.abs(mean - chain)).toBeLessThan(5 * standardError);
    const exact = Math.exp((-l * (l + d - 2) * s) / (2 * d));
    expect(Math.abs(chain - exact)).toBeLessThan(5 * standardError);
    // A clock that runs at speed 1 in place of 1/d would be seen.
    expect(Math.abs(mean - exact ** d)).toBeGreaterThan(5 * standardError);
  });

  it("of the transformer agree with the equation to first order in eta^2 / H", () => {
    const off = (layers: number): number =>
      layerFactor(3, 1, Math.sqrt(1 / (3 * layers)), true) ** layers - Math.exp(-1 / 3);
    expect(off(100) / off(200)).toBeCloseTo(2, 1);
    expect(off(200) / off(400)).toBeCloseTo(2, 1);
  });
});

describe("2: a rotation driven by one Brownian motion, path by path", () => {
  const noise = pathNoise({ seed: "rotation", channels: 1, horizon: 1, steps: 512, area: null });
  const initial = wrap(Float64Array.of(0.6, 0, 0.8, 0, 1, 0), 3);
  const exact = (path: number): number[] => {
    const W = new Float64Array(1);
    noise(path).increment(1, 0, W);
    const [c, s] = [Math.cos(W[0]), Math.sin(W[0])];
    return [0.6 * c, 0.6 * s, 0.8, -s, c, 0];
  };
  const study = (scheme: Scheme) =>
    studyStrong({
      solve: pathwise({ model: rotation(3), scheme, initial, noise }),
      levels: [32, 64, 128, 256, 512],
      paths: 150,
      dimension: 3,
      reference: { kind: "exact", solve: exact },
    });

  it.each([
    ["Euler-Maruyama", 0.5, eulerMaruyama],
    ["Milstein, which needs no area here,", 1, milstein],
    ["Heun", 1, heun],
  ])("%s has order %f", (_name, order, scheme) => {
    const { interval } = study(scheme).fit!;
    expect(interval[0]).toBeGreaterThan(order - 0.1);
    expect(interval[1]).toBeLessThan(order + 0.1);
  });

  it("the flow is exact up to its Runge-Kutta error, h^{5/2} a step", () => {
    const { levels, fit } = study(logOde);
    expect(levels[4].error).toBeLessThan(1e-6);
    expect(fit!.slope).toBeGreaterThan(1.5);
  });
});

describe("3: the overlap of two tokens of Gaussian heads", () => {
  const means = (d: number) => {
    const { diffusion, R0, T } = twoTokens(d);
    return [(R: number) => R, (R: number) => R * R].map((f) => diffusionMean(diffusion, f, R0, T, 48));
  };
  const overlap = (d: number) => (x: Float64Array) => {
    let R = 0;
    for (let a = 0; a < d; a++) R += x[a] * x[d + a];
    return R;
  };
  /** One ensemble gives both moments. */
  const moments = (
    evolution: Evolution,
    d: number,
    channels: number,
    T: number,
    steps: number,
    paths: number,
  ) => {
    const values: number[] = [];
    overPaths(evolution, channels, T, steps, paths, (x) => {
      values.push(overlap(d)(x));
      return 0;
    });
    return [meanAndError(values), meanAndError(values.map((R) => R * R))];
  };

  it.each([2, 3, 8])("by particles, d = %i", (d) => {
    const { model, R0, T } = twoTokens(d);
    const evolution = particles({ model, scheme: eulerMaruyama, initial: start(d, R0) });
    moments(evolution, d, model.channels, T, 64, 1200).forEach(({ mean, standardError }, i) => {
      expect(Math.abs(mean - means(d)[i])).toBeLessThan(5 * standardError);
    });
  });

  it.each([2, 3, 8])("by the transformer, d = %i", (d) => {
    const { R0, T } = twoTokens(d);
    const [layers, H] = [24, 2];
    const eta = Math.sqrt((T * H) / layers);
    const heads = gaussianHeads({ dimension: d, sigmaV: 1 / Math.sqrt(d), sigmaA: 0.5, seed: "two tokens" });
    const evolution = transformer({ heads, headsPerLayer: H, eta, beta: 0, initial: start(d, R0) });
    moments(evolution, d, 1, eta * layers, layers, 600).forEach(({ mean, standardError }, i) => {
      expect(Math.abs(mean - means(d)[i])).toBeLessThan(5 * standardError);
      // The answer of another dimension is many standard errors away.
      expect(Math.abs(mean - means(d === 8 ? 2 : 8)[i])).toBeGreaterThan(4 * standardError);
    });
  });
});
