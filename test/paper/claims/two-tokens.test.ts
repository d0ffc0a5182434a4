import { describe, expect, it } from "vitest";
import { chiSquareQuadrature } from "../../../src/numerics/gauss-laguerre.js";
import {
  biasClaims,
  CASES,
  momentClaims,
  sampleOverlap,
  visibleBiasClaims,
} from "../../../src/paper/claims/two-tokens.js";
import { chainMoments } from "../../../src/exact/overlap/two-token-chain.js";
import { twoTokenMoments } from "../../../src/exact/overlap/two-token-overlap.js";

const failing = (claims: readonly { readonly verdict: string }[]) =>
  claims.filter(({ verdict }) => verdict !== "holds");

describe("quadrature for chi-square variables", () => {
  it.each([1, 6, 62])("has the moments of %i degrees of freedom", (k) => {
    const { nodes, weights } = chiSquareQuadrature(k, 5);
    const moment = (power: number): number => nodes.reduce((s, x, i) => s + weights[i] * x ** power, 0);
    let want = 1;
    for (let power = 0; power <= 9; power++) {
      expect(moment(power) / want).toBeCloseTo(1, 10);
      want *= k + 2 * power;
    }
  });
});

describe("two tokens at beta = 0", () => {
  it.each(CASES)("have a bias of order eta^2/H, d = $dimension", (tokens) => {
    expect(failing(biasClaims(tokens))).toEqual([]);
  });

  it.each([
    { ...CASES[0], layers: 128, headsPerLayer: 2, paths: 1000 },
    { ...CASES[1], layers: 128, headsPerLayer: 2, paths: 1000 },
    { ...CASES[2], layers: 128, headsPerLayer: 2, paths: 200 },
    { ...CASES[3], layers: 256, headsPerLayer: 1, paths: 30 },
  ])("have the exact moments, d = $dimension", (both) => {
    expect(failing(momentClaims(both, { ...both, seed: "moments" }))).toEqual([]);
  });

  it("show their bias in eight layers", () => {
    const sample = { layers: 8, headsPerLayer: 2, paths: 20000, seed: "bias" };
    expect(failing(visibleBiasClaims(CASES[0], sample))).toEqual([]);
  });

  it("would give away heads of the wrong variance, by quadrature's own precision and by sampling", () => {
    const [tokens] = CASES;
    const exact = twoTokenMoments(2, tokens.start, tokens.time).second.value;
    const wrong = { layers: 16, headsPerLayer: 1, paths: 8000, seed: "variance", variance: 1.25 };
    const { mean, standardError } = sampleOverlap(tokens, wrong).second;
    expect(Math.abs(mean - chainMoments(tokens, 16).second)).toBeGreaterThan(5 * standardError);
    expect(Math.abs(chainMoments({ ...tokens, time: 1.25 }, 64).second - exact)).toBeGreaterThan(0.02);
  });
});
