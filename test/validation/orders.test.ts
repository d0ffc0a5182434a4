import { describe, expect, it } from "vitest";
import { judge } from "../../src/studies/claim.js";
import { STRONG_PROBLEMS, strongOrdersOf } from "../../src/validation/orders.js";
import { rotationsProblem } from "../../src/validation/order-problems.js";
import { strongOrderClaims } from "../../src/validation/strong-order.js";
import { harmonicWeakOrder } from "../../src/validation/weak-order.js";
import type { Model } from "../../src/types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { commutes } from "../../src/models/commutes.js";

describe("the claims of orders", () => {
  it("hold only with their whole interval inside", () => {
    expect(judge("c", 1, [0.9, 1.1], [0.9, 1.1]).verdict).toBe("holds");
    expect(judge("c", 1, [0.89, 1.1], [0.9, 1.1]).verdict).toBe("fails");
    expect(judge("c", 1, [0.9, 1.11], [0.9, 1.1]).verdict).toBe("fails");
    expect(judge("c", NaN, [NaN, NaN], [0.9, 1.1]).verdict).toBe("fails");
  });

  it("are made on problems that need the area, from eight tokens up where tokens interact", () => {
    const problems = STRONG_PROBLEMS.map(({ problem }) => problem());
    expect(new Set(problems.map(({ name }) => name)).size).toBe(problems.length);
    for (const { name, model, initial } of problems) {
      expect(commutes(model, initial), name).toBe(false);
      if (/attention|interacting/.test(name)) expect(initial.count).toBeGreaterThanOrEqual(8);
      expect(model.dimension).toBe(initial.dimension);
    }
    for (const { reference } of STRONG_PROBLEMS) expect(Math.log2(reference / 256) % 1).toBe(0);
  });

  it("come with their study: three schemes, six levels, the reference's part of the interval", () => {
    const claims = strongOrdersOf(rotationsProblem(), 512, 6);
    expect(claims.map(({ study }) => study.scheme)).toEqual(["euler-maruyama", "milstein", "log-ode"]);
    for (const { study, interval, turn, value } of claims) {
      expect(study.levels).toHaveLength(6);
      expect(study.paths).toBe(6);
      expect(study.fit!.interval[1] - study.fit!.interval[0]).toBeLessThan(2);
      expect(interval![0]).toBeCloseTo(study.fit!.interval[0] - turn, 14);
      expect(interval![1]).toBeCloseTo(study.fit!.interval[1] + turn, 14);
      expect(value).toBe(study.fit!.slope);
    }
    expect(claims[2].study.reference).toBe("milstein on 512 steps");
  });

  it("fail without a number where a run stops, and leave the other runs theirs", () => {
    const spoiled = (model: Model): Model => ({
      ...model,
      plan: (n) => {
        const field = model.plan(n);
        let increments = 0;
        return {
          ...field,
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            if (++increments > 600) out.fill(NaN);
          },
        };
      },
    });
    const [good, bad] = strongOrderClaims({
      problem: rotationsProblem(),
      paths: 12,
      levels: [8, 16, 32],
      reference: 64,
      band: 10,
      runs: [{ scheme: "milstein" }, { scheme: "milstein", model: spoiled, label: "spoiled" }],
    });
    expect(good.verdict).toBe("holds");
    expect(good.study.paths).toBe(12);
    expect(bad.study.stopped).toMatchObject({ done: bad.study.paths, of: 12 });
    expect(bad.study.paths).toBeLessThan(12);
    expect(bad.study.stopped!.cause).toMatch(/finite/);
    expect(bad).toMatchObject({ value: NaN, interval: [-Infinity, Infinity], verdict: "fails" });
  });

  it("of a weak order fail where nothing is left of the bias but its error", () => {
    /* constants are integrated exactly: there is no bias to have an order */
    const claim = harmonicWeakOrder(3, 0, eulerMaruyama, { levels: [4, 8, 16] });
    expect(claim).toMatchObject({ value: NaN, interval: [-Infinity, Infinity], verdict: "fails" });
    expect(harmonicWeakOrder(3, 1, eulerMaruyama, { levels: [16, 32, 64] }).verdict).toBe("holds");
  });
});
