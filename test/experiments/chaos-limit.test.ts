import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { chaosStudy } from "../../src/experiments/study/chaos.js";

const skew = { 2: [0.6, 0.8], 3: [0.6, 0.64, 0.48] };

interface Case {
  readonly d: 2 | 3;
  readonly kappa: number;
  readonly placement: "random" | "quasi";
  readonly levels?: readonly number[];
  readonly solver?: Record<string, unknown>;
  readonly study?: Record<string, unknown>;
}

/** Under a rotation of everything the distance stays that of the start: the rate is the initial law's. */
const chaos = ({ d, kappa, placement, levels = [8, 16, 32, 64, 128], solver, study }: Case) =>
  chaosStudy(
    parseConfig({
      model: { name: "rotation", dimension: d },
      initial: { kind: "vmf", tokens: 8, placement, components: [{ weight: 1, kappa, mean: skew[d] }] },
      solver: { kind: "particles", scheme: "euler-maruyama", horizon: 0.1, steps: 1, ...solver },
      ensemble: { seed: "chaos of a start" },
      study: { levels, paths: placement === "random" ? 30 : 2, ...study },
    }),
  ).report;

describe("propagation of chaos from a law of any width", () => {
  it.each([2, 3] as const)("goes like 1/n from independent tokens, d = %i", (d) => {
    for (const kappa of d === 2 ? [0, 2, 1000, 1e6] : [2, 1000]) {
      const { fit, notes, levels } = chaos({ d, kappa, placement: "random", levels: [8, 16, 32, 64] });
      expect(levels).toHaveLength(4);
      expect(notes).toHaveLength(1);
      // The interval is four standard errors wide; five of them on either side of -1, and all of it away from -1/2.
      const [low, high] = fit!.interval!;
      expect(Math.abs(fit!.slope + 1)).toBeLessThan((5 / 4) * (high - low));
      expect(high).toBeLessThan(-0.6);
    }
  });

  it.each([2, 3] as const)("has the same rate for narrow laws of any width, quasi, d = %i", (d) => {
    const levels = d === 2 ? [8, 16, 32, 64, 128] : [8, 16, 32];
    const slope = (kappa: number): number => chaos({ d, kappa, placement: "quasi", levels }).fit!.slope;
    const narrow = slope(1000);
    expect(Math.abs(slope(1e6) - narrow)).toBeLessThan(0.05);
    expect(narrow).toBeLessThan(-1);
    // Wide laws have no tails, which cost points of equal weight the most.
    expect(slope(2)).toBeLessThan(d === 2 ? -1.7 : -1.4);
    expect(slope(0)).toBeLessThan(d === 2 ? -1.8 : -1.4);
  });

  it("has the distance of equal-weight quantiles from a Gaussian, n narrow tokens on the circle", () => {
    // The sliced distance sees half of what happens along the tangent.
    const kappa = 1e6;
    const { levels } = chaos({ d: 2, kappa, placement: "quasi", levels: [8, 64] });
    levels.forEach(({ error, tokens }) => {
      const want = midQuantiles(tokens!) / kappa / 2;
      expect(Math.abs(error / want - 1)).toBeLessThan(0.02);
    });
  });

  it("takes the largest distance of all times: tokens that draw together are furthest at the start", () => {
    const errors = (coupling: number): number[] => {
      const { levels } = chaosStudy(
        parseConfig({
          model: { name: "noisy-attention", dimension: 2, beta: 1, coupling },
          initial: {
            kind: "vmf",
            tokens: 8,
            placement: "quasi",
            components: [{ weight: 1, kappa: 100, mean: skew[2] }],
          },
          solver: { kind: "particles", scheme: "heun", horizon: 1, steps: 8 },
          study: { levels: [8, 16], paths: 2 },
        }),
      ).report;
      return levels.map(({ error }) => error);
    };
    const still = errors(0);
    errors(2).forEach((error, i) => expect(error / still[i]).toBeCloseTo(1, 12));
    // Drawn apart they are not.
    errors(-1).forEach((error, i) => expect(error / still[i]).toBeGreaterThan(1.05));
  });

  it("leaves out levels that the nodes of a fixed degree are too coarse for, with a word", () => {
    const solver = { kind: "characteristics", lmax: 63 };
    const { levels, notes } = chaos({ d: 2, kappa: 2, placement: "quasi", solver });
    expect(levels.map(({ tokens }) => tokens)).toEqual([8, 16]);
    expect(notes[1]).toMatch(/^left out: 32, 64, 128 tokens, .* its 192 nodes are a squared distance of \d/);
  });

  it("takes nodes of a degree for a law of mass one, though they miss the rounding of a rare component", () => {
    const components = [
      { weight: 1 - 1e-7, kappa: 1, mean: [1, 0] },
      { weight: 1e-7, kappa: 1e5, mean: [0.28, 0.96] },
    ];
    const { levels } = chaosStudy(
      parseConfig({
        model: { name: "rotation", dimension: 2 },
        initial: { kind: "vmf", components },
        solver: { kind: "characteristics", lmax: 63, horizon: 0.1, steps: 1 },
        study: { levels: [2, 4, 8], paths: 6 },
      }),
    ).report;
    expect(levels.map(({ tokens }) => tokens)).toEqual([2, 4, 8]);
  });

  it("refuses where nothing is left, and measures the fineness for the exact distance too", () => {
    const solver = { kind: "characteristics", lmax: 15 };
    expect(() => chaos({ d: 2, kappa: 2, placement: "quasi", solver, levels: [256, 512] })).toThrow(
      /^solver\.lmax: fewer than two levels are left, left out: 256, 512 tokens/,
    );
    const exact = { distance: "exact" };
    const { levels, fit } = chaos({
      d: 2,
      kappa: 1000,
      placement: "random",
      levels: [4, 8, 16],
      study: exact,
    });
    expect(levels).toHaveLength(3);
    expect(fit!.slope).toBeLessThan(-0.6);
    expect(() =>
      chaos({ d: 2, kappa: 2, placement: "quasi", solver, levels: [256, 512], study: exact }),
    ).toThrow(/^solver\.lmax/);
  });
});

/** The integral over (0,1) of the squared difference of the normal quantile function from its values at (i + 1/2) / n. */
function midQuantiles(n: number): number {
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  // The distribution function by Simpson's rule from -10 on a fine grid, then everything on that grid.
  const h = 1e-3;
  const z = Float64Array.from({ length: 20_001 }, (_, k) => -10 + k * h);
  const F = new Float64Array(z.length);
  for (let k = 1; k < z.length; k++) {
    F[k] = F[k - 1] + (h / 6) * (density(z[k - 1]) + 4 * density(z[k] - h / 2) + density(z[k]));
  }
  const quantile = (u: number): number => {
    const k = F.findIndex((v) => v >= u);
    return z[k] - (F[k] - u) / density(z[k]);
  };
  const places = Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n));
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    const i = Math.min(n - 1, Math.floor(F[k] * n));
    sum += h * density(z[k]) * (z[k] - places[i]) ** 2;
  }
  return sum;
}
