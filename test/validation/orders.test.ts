import { describe, expect, it } from "vitest";
import { judge } from "../../src/studies/claim.js";
import { STRONG_PROBLEMS, strongOrdersOf } from "../../src/validation/orders.js";
import { rotationsProblem } from "../../src/validation/order-problems.js";
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
    const claims = strongOrdersOf(rotationsProblem(), 512, 4);
    expect(claims.map(({ study }) => study.scheme)).toEqual(["euler-maruyama", "milstein", "log-ode"]);
    for (const { study, interval, turn, value } of claims) {
      expect(study.levels).toHaveLength(6);
      expect(study.paths).toBe(4);
      expect(interval[0]).toBeCloseTo(study.fit!.interval[0] - turn, 14);
      expect(interval[1]).toBeCloseTo(study.fit!.interval[1] + turn, 14);
      expect(value).toBe(study.fit!.slope);
    }
    expect(claims[2].study.reference).toBe("milstein on 512 steps");
  });
});
