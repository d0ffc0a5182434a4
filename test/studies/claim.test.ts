import { describe, expect, it } from "vitest";
import { below, finishedFit, judge, slopeNear, slopeWithin, withinErrors } from "../../src/studies/claim.js";
import { fitPower } from "../../src/studies/regression.js";
import { studyStrong } from "../../src/studies/strong.js";
import { Stopped } from "../../solvers/simulate.js";

const everything = [-Infinity, Infinity] as const;

describe("a claim without a number, an interval or an error fails", () => {
  it("whatever it wants", () => {
    expect(judge("c", NaN, everything, everything).verdict).toBe("fails");
    expect(judge("c", 1, everything, everything).verdict).toBe("holds");
    expect(judge("c", NaN, null, everything).verdict).toBe("fails");
  });

  it("without an interval is judged by its value, and shows none", () => {
    expect(judge("c", 1, null, [0, 2])).toMatchObject({ interval: null, verdict: "holds" });
    expect(judge("c", 1, [1, 1], [0, 2])).toEqual(judge("c", 1, null, [0, 2]));
    expect(judge("c", 1, [3, 3], [0, 2])).toMatchObject({ interval: null, verdict: "fails" });
    expect(judge("c", 1, [NaN, NaN], [0, 2]).verdict).toBe("fails");
    for (const value of [-1, 3]) expect(judge("c", value, null, [0, 2]).verdict).toBe("fails");
    expect(below("size", 0.5, 1)).toMatchObject({ value: 0.5, interval: null, verdict: "holds" });
    expect(withinErrors("d", 0.1, 0.1)).toMatchObject({ value: 1, interval: null, verdict: "holds" });
  });

  it("of a slope: no fit, no interval, a study that stopped", () => {
    for (const wanted of [everything, [-1, 1], [1, Infinity]] as const)
      expect(slopeWithin("slope", null, wanted).verdict).toBe("fails");
    expect(slopeNear("slope", { slope: 1, interval: everything }, 1, 0.1).verdict).toBe("fails");
    expect(slopeNear("slope", { slope: 1, interval: null }, 1, 0.1).verdict).toBe("fails");
    expect(slopeNear("slope", { slope: 1, interval: [0.95, 1.05] }, 1, 0.1).verdict).toBe("holds");
    expect(slopeNear("slope", fitPower([1, 2, 4], [1, 2, 4]), 1, 0.1).verdict).toBe("fails");

    const study = (last: number) =>
      studyStrong({
        levels: [4, 8, 16],
        paths: 30,
        reference: { kind: "exact", solve: () => [0] },
        solve(steps, path) {
          if (path === last) throw new Stopped("too far");
          return [(1 + 0.01 * (path % 7) + 0.001 * ((path * steps) % 5)) / steps];
        },
      });
    expect(slopeNear("order", finishedFit(study(-1)), 1, 0.1).verdict).toBe("holds");
    expect(study(25).fit!.interval[1]).toBeLessThan(1.1);
    expect(slopeNear("order", finishedFit(study(25)), 1, 0.1).verdict).toBe("fails");
  });

  it("in standard errors: an infinite one of a single number, and none at all", () => {
    expect(withinErrors("d", 0.1, 0.1)).toMatchObject({ claim: "d (in standard errors)", verdict: "holds" });
    expect(withinErrors("d", 0.5, 0.1).verdict).toBe("fails");
    for (const standardError of [Infinity, NaN, 0]) {
      const claim = withinErrors("d", 0.1, standardError);
      expect(claim).toMatchObject({ value: NaN, interval: everything, verdict: "fails" });
      expect(claim.claim).toBe("d (no standard error to judge it by)");
      expect(withinErrors("d", 0, standardError).verdict).toBe("fails");
    }
  });
});
