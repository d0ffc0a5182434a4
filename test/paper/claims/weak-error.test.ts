import { describe, expect, it } from "vitest";
import { chainStep } from "../../../src/exact/circle-pair/pair-chain.js";
import { diffusionStep } from "../../../src/exact/circle-pair/pair-diffusion.js";
import { periodic } from "../../../src/exact/circle-pair/periodic.js";
import { turningLimit, turningNodes } from "../../../src/exact/circle-pair/turning-heads.js";
import { pairMeans } from "../../../src/exact/circle-pair/twisted.js";
import { diffusionMeans, slopeClaims, type PairComparison } from "../../../src/paper/claims/pair-slopes.js";
import { comparisons, LAW, weakErrorClaims } from "../../../src/paper/claims/weak-error.js";
import { independentHeads } from "../../../src/models/heads/independent-heads.js";
import { wrap } from "../../../src/sphere/measure.js";
import { meanAndError } from "../../../src/studies/statistics.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";

const FEW = [64, 128, 256, 512];
const verdicts = (comparison: PairComparison, alpha: (eta: number) => number, slope: number): string[] =>
  slopeClaims("mutant", comparison, FEW, alpha, slope)
    .filter((claim) => "levels" in claim)
    .map(({ verdict }) => verdict);
const same = (eta: number): number => eta;

describe("two tokens on the circle, integrated", () => {
  const grid = periodic(33);

  it("differentiates and interpolates what is band-limited", () => {
    const f = grid.nodes.map((x) => Math.sin(5 * x) + Math.cos(3 * x));
    const at = new Float64Array(33);
    grid.basis(1.234, at);
    const value = at.reduce((s, c, j) => s + c * f[j], 0);
    expect(value).toBeCloseTo(Math.sin(6.17) + Math.cos(3.702), 12);
    const slope = grid.derivative.subarray(0, 33).reduce((s, D, j) => s + D * f[j], 0);
    expect(slope).toBeCloseTo(5, 11);
  });

  it("finds the decay exp(-alpha t/2) of a single cluster under V = sigma N", () => {
    const model = turningLimit({ pull: 0, turn: 0, beta: 1 }, 0.1, 0.7, 0);
    const at = new Float64Array(33);
    at[0] = 1;
    const { position, overlap } = pairMeans(
      diffusionStep(() => model, grid, 0.1),
      grid.nodes,
      at,
      10,
    );
    position.re.forEach((v, l) => expect(v).toBeCloseTo(Math.exp(-0.035 * l), 10));
    expect(overlap[10]).toBeCloseTo(1, 10);
  });

  it("is what the random transformer does on average, for several heads a layer", () => {
    const [eta, alpha, H, layers, paths] = [0.125, 0.5, 3, 6, 6000];
    const at = new Float64Array(33);
    grid.basis(2, at);
    const nodes = turningNodes(LAW, eta, alpha, 5);
    const { overlap, position } = pairMeans(chainStep(nodes, grid, eta, LAW.beta), grid.nodes, at, layers);
    const chain = transformer({
      heads: independentHeads({
        dimension: 2,
        V: {
          sigma: Math.sqrt((alpha * H) / eta),
          mean: Float64Array.of(LAW.pull, -LAW.turn, LAW.turn, LAW.pull),
        },
        A: { sigma: 0, mean: Float64Array.of(1, 0, 0, 1) },
        seed: "pair",
      }),
      headsPerLayer: H,
      eta,
      beta: LAW.beta,
      initial: wrap(Float64Array.of(1, 0, Math.cos(2), Math.sin(2)), 2),
    });
    const R = new Float64Array(paths);
    const x = new Float64Array(paths);
    for (let path = 0; path < paths; path++) {
      chain.reset(path);
      for (let step = 0; step < layers; step++) {
        chain.advance(noiseless(path, step));
      }
      const p = chain.law.points;
      R[path] = p[0] * p[2] + p[1] * p[3];
      x[path] = p[1];
    }
    for (const [sample, want] of [
      [R, overlap[layers]],
      [x, position.im[layers]],
    ] as const) {
      const { mean, standardError } = meanAndError(sample);
      expect(Math.abs(mean - want)).toBeLessThan(5 * standardError);
    }
  });
});

describe("weak error in eta", () => {
  it("has the slopes of theorem 1, integrated to better than a third of the smallest bias", () => {
    const claims = [...weakErrorClaims("quick")];
    expect(claims.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(claims.length).toBe(36);
  });

  it("would not give order two without the corrector", () => {
    expect(verdicts(comparisons().sde, same, 2)).toEqual(["fails", "fails"]);
  });

  it("would not give order two with the corrector of tangent layers", () => {
    expect(verdicts(comparisons().mismatched, same, 2)).toEqual(["fails", "fails"]);
  });

  it("would not give order one with noise of the wrong strength", () => {
    const loud = diffusionMeans((eta, alpha) => turningLimit(LAW, eta, 1.1 * alpha, eta));
    expect(verdicts({ ...comparisons().sde, limit: loud }, () => 0.5, 1)).toEqual(["fails", "fails"]);
  });
});
