import { describe, expect, it } from "vitest";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { directionBarycentres, keyHeads } from "../../../src/paper/claims/direction-heads.js";
import { pairAt, pairOverlap } from "../../../src/exact/overlap/token-pair.js";
import { backgroundDrift, lowTemperatureClaims } from "../../../src/paper/claims/low-temperature.js";
import { lowTemperaturePair, pairRates } from "../../../src/paper/claims/low-temperature-pair.js";
import { blankHead, sampleHead } from "../../../src/models/heads/head.js";
import { meanAndError } from "../../../src/studies/statistics.js";

const moments = (values: Float64Array) => ({
  first: meanAndError(values),
  second: meanAndError(values.map((v) => v * v)),
});

describe("two tokens at zero temperature", () => {
  it("drift by -(1+c) u (1-u^2), c = 0, 1/2, 1 for rotations, one and two factors", () => {
    expect([...lowTemperatureClaims("quick")].filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  it.each([0, 1, 2] as const)(
    "have the law of the transformer's with weights in full, %i factors",
    (factors) => {
      const [d, R, eta, layers] = [6, 0.5, 0.4, 40000];
      const evolution = transformer({
        heads: keyHeads(d, factors, "full"),
        headsPerLayer: 1,
        eta,
        beta: 1,
        initial: pairAt(d, R),
        barycentres: directionBarycentres,
      });
      const full = moments(
        Float64Array.from({ length: layers }, (_, path) => {
          evolution.reset(path);
          evolution.advance(noiseless(path, 0));
          return pairOverlap(evolution.law) - R;
        }),
      );
      const reduced = (other: 0 | 1 | 2) => {
        const draw = lowTemperaturePair({ dimension: d, factors: other, seed: "reduced" });
        return moments(Float64Array.from({ length: layers }, (_, s) => draw(0, s, R).next(eta) - R));
      };
      const apart = (other: 0 | 1 | 2): number => {
        const { first, second } = reduced(other);
        const z = (a: typeof first, b: typeof first): number =>
          Math.abs(a.mean - b.mean) / Math.hypot(a.standardError, b.standardError);
        return Math.max(z(first, full.first), z(second, full.second));
      };
      expect(apart(factors)).toBeLessThan(5);
      if (factors !== 1) expect(apart(factors === 0 ? 2 : 0)).toBeGreaterThan(5);
    },
  );

  it("would not pass with the printed drift for two Gaussian factors", () => {
    const { drift, driftError } = pairRates({ dimension: 64, factors: 2, seed: "printed" }, 0.5, {
      samples: 20000,
    });
    expect(Math.abs(drift + 0.5 * 0.75)).toBeGreaterThan(5 * driftError);
  });

  it("have keys that are rotations where that is said", () => {
    const law = keyHeads(5, 0, "rotations");
    const head = blankHead(law);
    sampleHead(law, 3, 1, 0, head);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) {
        let s = 0;
        for (let a = 0; a < 5; a++) s += head.A[i * 5 + a] * head.A[j * 5 + a];
        expect(s).toBeCloseTo(i === j ? 1 : 0, 14);
      }
  });

  it("feel a small background", () => {
    const { drift, limit, own } = backgroundDrift(
      { dimension: 8, tokens: 100, beta: 300, R: 0.5, seed: "few" },
      300,
    );
    expect(own).toBeGreaterThan(0.9);
    expect(Math.abs(drift.mean - limit)).toBeGreaterThan(5 * drift.standardError);
  });

  it("take no derivatives", () => {
    const out = new Float64Array(8);
    expect(() => directionBarycentres(2, 4, 1).derivative(out, out)).toThrow("only a transformer's layers");
  });
});
