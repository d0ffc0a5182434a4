import { describe, expect, it } from "vitest";
import {
  equationMeans,
  fallingErrorClaims,
  transformerLawClaims,
} from "../../../src/paper/claims/transformer-law.js";

const options = { paths: 3000 };

describe("random transformers against the stochastic equation, d = 3, n = 8", () => {
  it("agree in law at small eta^2 / H", () => {
    for (const claim of transformerLawClaims(48, options)) expect(claim).toMatchObject({ verdict: "holds" });
  });

  it("are off by less when eta falls", () => {
    const [claim] = fallingErrorClaims({ paths: 12_000 });
    expect(claim).toMatchObject({ verdict: "holds" });
  });

  it("would show a noise that is a quarter too strong", () => {
    const right = equationMeans(32, { ...options, horizon: 2 });
    const strong = equationMeans(32, { ...options, horizon: 2 * 1.25 ** 2 });
    const error = Math.hypot(right.standardError[1], strong.standardError[1]);
    expect(strong.mean[1] - right.mean[1]).toBeGreaterThan(4 * error);
  });
});
