import { describe, expect, it } from "vitest";
import {
  formulaDrift,
  layerDrift,
  layerDriftGivenKeys,
  leaningTokens,
} from "../../../src/paper/claims/one-layer.js";
import { overlapClaims } from "../../../src/paper/claims/overlap.js";
import { drawAtoms } from "../../../src/models/heads/gaussian-heads.js";
import { measure } from "../../../src/sphere/measure.js";

describe("the overlap's drift in one layer", () => {
  it("meets its formula, its order in eta and its scale in d", () => {
    expect([...overlapClaims("quick")].filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  it("would see a wrong temperature", () => {
    const law = leaningTokens(6, 8, "wrong");
    const options = { law, beta: 4, sigmaA: 0.6, eta: 0.02, seed: "wrong" };
    const layer = layerDrift(options, 5000);
    const apart = (beta: number): number => {
      const formula = formulaDrift({ ...options, beta }, 5000);
      return Math.abs(layer.mean - formula.mean) / Math.hypot(layer.standardError, formula.standardError);
    };
    expect(apart(4)).toBeLessThan(5);
    expect(apart(0)).toBeGreaterThan(5);
  });

  it("is integrated over V to rounding on the circle, and only there", () => {
    const options = { law: measure([[1, 0], [0.6, 0.8]]), beta: 1, sigmaA: 1, eta: 0.1, seed: "s" }; // prettier-ignore
    const [A] = drawAtoms("s", 1, 2, 1);
    const at = (nodes: number): number => layerDriftGivenKeys(options, A, nodes);
    expect(Math.abs(at(10) - at(8))).toBeLessThan(1e-8);
    expect(Math.abs(at(3) - at(8))).toBeGreaterThan(1e-8);
    expect(() => layerDriftGivenKeys({ ...options, law: leaningTokens(2, 3, "s") }, A)).toThrow("want R^2");
  });
});
