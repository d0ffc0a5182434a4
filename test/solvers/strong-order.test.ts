import { describe, expect, it } from "vitest";
import {
  attentionProblem,
  definedProblem,
  quadraticFormProblem,
  rotationsProblem,
} from "../../src/validation/order-problems.js";
import { strongOrderClaims, type StrongOrderClaim } from "../../src/validation/strong-order.js";

/*
 * Small twins of the full study (500 paths, six levels, the interval within 0.1 of the order). Here the interval must be
 * within 0.2 of it, which still excludes the neighbouring orders, and the reference may not turn the line by 0.05.
 */
const BAND = 0.2;

function expectToHold(claims: StrongOrderClaim[]): void {
  for (const { claim, verdict, interval, turn } of claims) {
    expect(verdict, `${claim}: [${interval!.join(", ")}]`).toBe("holds");
    expect(turn, claim).toBeLessThan(0.05);
  }
}

describe("strong orders, each judged by the other order-one scheme with the area", () => {
  const steps = (first: number): number[] => [first, 2 * first, 4 * first, 8 * first];

  it.each([
    ["problem B0", rotationsProblem(), 100, 8, 1024],
    ["random quadratic form", quadraticFormProblem(3), 80, 8, 256],
    ["attention on the circle", attentionProblem(2, 2), 120, 4, 128],
    ["attention on the sphere", attentionProblem(3, 1), 50, 4, 128],
    ["attention on the sphere, 18 channels", attentionProblem(3, 2), 40, 4, 128],
  ])(
    "%s: 1/2 for Euler-Maruyama, 1 for Milstein and the log-ODE",
    (_name, problem, paths, first, reference) => {
      expectToHold(
        strongOrderClaims({
          problem,
          paths,
          reference,
          levels: steps(first),
          band: BAND,
          runs: [
            { scheme: "euler-maruyama" },
            { scheme: "milstein" },
            { scheme: "log-ode", levels: steps(first / 2) },
          ],
        }),
      );
    },
  );

  it("a user's model without derivatives: order one for Milstein and the log-ODE", () => {
    expectToHold(
      strongOrderClaims({
        problem: definedProblem(),
        paths: 50,
        reference: 256,
        levels: steps(8),
        band: BAND,
        runs: [{ scheme: "milstein" }, { scheme: "log-ode", levels: steps(1) }],
      }),
    );
  });
});
