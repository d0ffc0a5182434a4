import { describe, expect, it } from "vitest";
import {
  equationMeans,
  transformerLawClaims,
  transformerMeans,
} from "../../src/experiments/claims/transformer-law.js";

const options = { paths: 4000 };

describe("random transformers against the stochastic equation, d = 3, n = 8", () => {
  it("agree in law at small eta^2 / H", () => {
    for (const claim of transformerLawClaims(48, options)) expect(claim).toMatchObject({ verdict: "holds" });
  });

  it("are off at large eta, by less when eta falls", () => {
    const long = { ...options, horizon: 2 };
    const equation = equationMeans(64, long);
    const [coarse, fine] = [2, 16].map((layers) => {
      const chain = transformerMeans(layers, long);
      return {
        bias: Math.abs(chain.mean[1] - equation.mean[1]),
        error: Math.hypot(chain.standardError[1], equation.standardError[1]),
      };
    });
    expect(coarse.bias).toBeGreaterThan(5 * coarse.error);
    expect(coarse.bias - fine.bias).toBeGreaterThan(5 * Math.hypot(coarse.error, fine.error));
  });

  it("would show a noise that is ten percent too strong", () => {
    const right = equationMeans(32, { ...options, horizon: 2 });
    const strong = equationMeans(32, { ...options, horizon: 2 * 1.21 });
    const error = Math.hypot(right.standardError[1], strong.standardError[1]);
    expect(strong.mean[1] - right.mean[1]).toBeGreaterThan(4 * error);
  });
});
