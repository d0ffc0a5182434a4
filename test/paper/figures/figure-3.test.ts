import { describe, expect, it } from "vitest";
import { noiseless } from "../../../solvers/noiseless.js";
import { smallBetaTransformer } from "../../../solvers/small-beta-transformer.js";
import { expectedDeviation } from "../../../src/exact/overlap/log-odds.js";
import { overlapFigure } from "../../../src/paper/figures/figure-3.js";
import { drawn } from "../../../src/paper/figures/figure.js";
import { deviations, panelParts, type Panel } from "../../../src/paper/figures/figure-3-panel.js";
import { uniformLaw } from "../../../src/laws/uniform.js";
import { gaussianHeads } from "../../../src/models/heads/gaussian-heads.js";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { stream } from "../../../src/noise/stream.js";
import { meanAndError } from "../../../src/studies/statistics.js";
import { transformer } from "../../../solvers/transformer.js";
import { checkTables, collected } from "./collected.js";

/** Largest difference of tokens after `layers` layers: exact softmax against first order in beta, same weights. */
function gap(beta: number, layers = 12): { gap: number; remainder: number } {
  const common = {
    heads: gaussianHeads({ dimension: 6, sigmaV: 0.4, sigmaA: 0.7, seed: "small beta" }),
    headsPerLayer: 2,
    eta: 0.4,
    beta,
    initial: uniformLaw(6).sample(15, stream("small beta", "initial"), 0),
  };
  const exact = transformer(common);
  const fast = smallBetaTransformer(common);
  for (let step = 0; step < layers; step++) {
    exact.advance(noiseless(0, step));
    fast.advance(noiseless(0, step));
  }
  const largest = exact.law.points.reduce((s, v, i) => Math.max(s, Math.abs(v - fast.law.points[i])), 0);
  return { gap: largest, remainder: Number(fast.diagnostics().remainder) };
}

describe("barycentres to first order in beta", () => {
  it("leave an error of order beta^2, and none at beta = 0", () => {
    expect(gap(0).gap).toBeLessThan(1e-14);
    const slope = Math.log2(gap(0.02).gap / gap(0.01).gap);
    expect(slope).toBeGreaterThan(1.85);
    expect(slope).toBeLessThan(2.15);
  });

  it("have the remainder that is stated, for one layer", () => {
    const [n, d, beta] = [15, 6, 0.3];
    const law = uniformLaw(d).sample(n, stream("remainder", "initial"), 0);
    const heads = gaussianHeads({ dimension: d, sigmaV: 1, sigmaA: 0.5, seed: "remainder" });
    const [V, A] = [new Float64Array(d * d), new Float64Array(d * d)];
    heads.sample(0, 0, 0, V, A);
    const bary = directBarycentres(n, d, 1, beta);
    bary.freeze(law, [A]);
    const x = law.points;
    const mean = Float64Array.from({ length: d }, (_, a) =>
      x.reduce((s, v, e) => s + (e % d === a ? v / n : 0), 0),
    );
    let average = 0;
    for (let i = 0; i < n; i++) {
      const u = Array.from({ length: d }, (_, a) =>
        Array.from({ length: d }, (_, b) => A[a * d + b] * x[i * d + b]).reduce((s, v) => s + v, 0),
      );
      const r = new Float64Array(d);
      for (let a = 0; a < d; a++) {
        r[a] = bary.values[i * d + a] - mean[a];
        for (let j = 0; j < n; j++) {
          let along = 0;
          for (let b = 0; b < d; b++) along += (x[j * d + b] - mean[b]) * u[b];
          r[a] -= (beta / n) * (x[j * d + a] - mean[a]) * along;
        }
      }
      average += Math.hypot(...r) / n;
    }
    const fast = smallBetaTransformer({ heads, headsPerLayer: 1, eta: 0.1, beta, initial: law });
    fast.advance(noiseless(0, 0));
    const bound = Number(fast.diagnostics().remainder) * Math.hypot(...mean);
    expect(average).toBeGreaterThan(0);
    expect(average).toBeLessThan(bound);
    expect(average).toBeGreaterThan(bound / 1000);
  });
});

const panel: Panel = {
  tokens: 24,
  beta: 0,
  dimension: 32,
  sums: "small beta",
  horizon: 3,
  layers: 48,
  seeds: 100,
};

describe("the mean overlap at beta = 0", () => {
  it("has log-odds with the mean and the variance foreseen", () => {
    const { pieces, join } = panelParts(panel, "log-odds");
    const found = pieces.map(({ compute }) => compute(() => undefined));
    const data = join(found, () => undefined);
    const last = Float64Array.from(deviations(data), (series) => series[panel.layers]);
    const { mean, standardError } = meanAndError(last);
    expect(Math.abs(mean - expectedDeviation(data)[panel.layers])).toBeLessThan(5 * standardError);
    const variance = (standardError ** 2 * panel.seeds * panel.dimension) / (4 * panel.horizon);
    // 100 seeds know their variance to 14%; terms of order 1/d and 1/n take some of it.
    expect(variance).toBeGreaterThan(0.3);
    expect(variance).toBeLessThan(1.7);
    // Without the terms of order 1/d and eta^2/H it would fail.
    expect(Math.abs(mean)).toBeGreaterThan(5 * standardError);
  });
});

describe("figure 3", () => {
  it("is drawn from both kinds of sums, with a caption that says which", () => {
    const small = { ...panel, seeds: 2, layers: 24 };
    const { hooks, tables, progress } = collected();
    const plan = overlapFigure(
      [
        { ...small, beta: 0.05, sums: "direct" },
        { ...small, tokens: 40, beta: 0.001 },
      ],
      "test",
    );
    const figure = drawn(plan, hooks);
    expect(figure.svg).toMatch(/^<svg/);
    expect(figure.caption).toContain("direct sums");
    expect(figure.claims.length).toBe(5);
    expect(progress()).toEqual({ done: 2 * 2 * 24, of: 2 * 2 * 24, unit: "layers" });
    expect(Object.keys(tables)).toEqual(["overlaps"]);
    checkTables(tables);
    // Two panels of two paths and their logistic curve, 25 times each.
    expect(tables.overlaps).toHaveLength(2 * 3 * 25);
    const starts = tables.overlaps.filter(({ tokens, time }) => tokens === 24 && time === 0);
    expect(starts.map(({ kind, path }) => [kind, path])).toEqual([
      ["transformer", 0],
      ["transformer", 1],
      ["logistic", null],
    ]);
    const [a, b, mean] = starts.map(({ overlap }) => Number(overlap));
    expect((a + b) / 2).toBeCloseTo(mean, 14);
    // u' = u (1 - u): log-odds grow like time, until the horizon.
    const logOdds = (u: unknown): number => Math.log(Number(u) / (1 - Number(u)));
    const logistic = tables.overlaps.filter(({ kind, tokens }) => kind === "logistic" && tokens === 24);
    for (const { time, overlap } of logistic) {
      expect(logOdds(overlap) - logOdds(mean)).toBeCloseTo(Number(time), 12);
    }
    expect(logistic[24].time).toBe(3);
  });
});
