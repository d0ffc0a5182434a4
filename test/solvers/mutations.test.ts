import { beforeAll, describe, expect, it } from "vitest";
import { attentionProblem } from "../../src/validation/order-problems.js";
import { twoTokens } from "../../src/validation/weak-order.js";
import {
  strongOrderClaims,
  type StrongOrderClaim,
  type StrongRun,
} from "../../src/validation/strong-order.js";
import { diffusionMean } from "../../src/exact/overlap/overlap-chain.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { meanAndError } from "../../src/studies/statistics.js";
import { measure } from "../../src/sphere/measure.js";
import { frozenLaw, readAs, scaledArea, withoutCorrection } from "./faults.js";

const FAULTS: Readonly<Record<string, Omit<StrongRun, "scheme">>> = {
  none: {},
  "area transposed": { noise: (noise) => scaledArea(noise, -1) },
  "area zeroed": { noise: (noise) => scaledArea(noise, 0) },
  "area scaled by 1.3": { noise: (noise) => scaledArea(noise, 1.3) },
  "correction dropped": { model: withoutCorrection },
  "law frozen in the derivative": { model: frozenLaw },
  "Itô read as Stratonovich": { model: (model) => readAs("stratonovich", model) },
};

const schemes = ["milstein", "log-ode"] as const;

/** The flow takes no derivative but the one in the area's term, so it has fewer places for faults. */
const RUNS = schemes.flatMap((scheme) =>
  Object.keys(FAULTS)
    .filter((fault) => scheme === "milstein" || !/law|scaled/.test(fault))
    .map((fault) => ({ ...FAULTS[fault], scheme, fault, label: `${scheme}, ${fault}` })),
);

describe("faults show in the study of orders", () => {
  const claims = new Map<string, StrongOrderClaim>();

  beforeAll(() => {
    const found = strongOrderClaims({
      problem: attentionProblem(2, 1),
      paths: 100,
      levels: [8, 16, 32, 64],
      reference: 256,
      band: 0.2,
      runs: RUNS,
    });
    found.forEach((claim, r) => claims.set(RUNS[r].label, claim));
  });

  it.each(schemes)("%s without a fault has order one", (scheme) => {
    expect(claims.get(`${scheme}, none`)?.verdict).toBe("holds");
  });

  it.each(RUNS.filter(({ fault }) => fault !== "none").map(({ scheme, fault }) => [scheme, fault] as const))(
    "%s, %s: the slope leaves the band, the finest error moves",
    (scheme, fault) => {
      const good = claims.get(`${scheme}, none`)!;
      const bad = claims.get(`${scheme}, ${fault}`)!;
      expect(bad.verdict).toBe("fails");
      expect(bad.interval![1]).toBeLessThan(good.interval![0]);
      const [finest, faulty] = [good, bad].map(({ study }) => study.levels[study.levels.length - 1]);
      const reach = (finest.interval[1] - finest.error + (faulty.error - faulty.interval[0])) / 1.96;
      expect(faulty.error - finest.error).toBeGreaterThan(5 * reach);
    },
  );
});

describe("two tokens given independent copies of the common noise", () => {
  const { model, diffusion, R0, T } = twoTokens(3);
  const steps = 32;
  const pair = measure([
    [1, 0, 0],
    [R0, Math.sqrt(1 - R0 * R0), 0],
  ]);
  const solveWith = (seed: string) =>
    pathwise({
      model,
      scheme: eulerMaruyama,
      initial: pair,
      noise: pathNoise({ seed, channels: model.channels, horizon: T, steps, area: null }),
    });
  const overlaps = (other: string): Float64Array => {
    const [one, two] = [solveWith("common"), solveWith(other)];
    return Float64Array.from({ length: 2000 }, (_, path) => {
      const x = one(steps, path);
      const y = two(steps, path);
      return x[0] * y[3] + x[1] * y[4] + x[2] * y[5];
    });
  };
  const exact = diffusionMean(diffusion, (R) => R, R0, T);

  it("agree with the exact mean overlap only when the noise is common", () => {
    const shared = meanAndError(overlaps("common"));
    const split = meanAndError(overlaps("another"));
    expect(Math.abs(shared.mean - exact)).toBeLessThan(5 * shared.standardError);
    expect(Math.abs(split.mean - exact)).toBeGreaterThan(10 * split.standardError);
  });
});
