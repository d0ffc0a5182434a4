import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import type { Claim } from "../studies/claim.js";
import { iteratedIntegralClaims } from "./exact-constants.js";
import {
  attentionProblem,
  definedProblem,
  quadraticFormProblem,
  rotationsProblem,
  type OrderProblem,
} from "./order-problems.js";
import { strongOrderClaims, type StrongOrderClaim } from "./strong-order.js";
import { harmonicWeakOrder, overlapWeakOrder, quadraticFormPair, twoTokens } from "./weak-order.js";

const LEVELS = [8, 16, 32, 64, 128, 256];

/** The flow's errors are a few times smaller than its reference's, so its levels are coarser. */
const FLOW_LEVELS = [4, 8, 16, 32, 64, 128];

/** A problem with the steps of its reference: fine enough that halving them turns no line by more than about 0.02. */
export const STRONG_PROBLEMS: readonly {
  readonly problem: () => OrderProblem;
  readonly reference: number;
}[] = [
  { problem: () => attentionProblem(2, 1), reference: 1024 },
  { problem: () => attentionProblem(2, 2), reference: 1024 },
  { problem: () => attentionProblem(3, 1), reference: 1024 },
  { problem: () => attentionProblem(3, 2), reference: 1024 },
  { problem: () => quadraticFormProblem(2), reference: 1024 },
  { problem: () => quadraticFormProblem(3), reference: 1024 },
  { problem: rotationsProblem, reference: 8192 },
  { problem: definedProblem, reference: 4096 },
];

/** Strong orders of Euler–Maruyama, Milstein and the log-ODE on one problem at full size: 500 paths, six levels. */
export function strongOrdersOf(problem: OrderProblem, reference: number, paths = 500): StrongOrderClaim[] {
  return strongOrderClaims({
    problem,
    paths,
    levels: LEVELS,
    reference,
    runs: [{ scheme: "euler-maruyama" }, { scheme: "milstein" }, { scheme: "log-ode", levels: FLOW_LEVELS }],
  });
}

/** Weak order one on the answers known exactly, integrated without statistical error. */
export function weakOrdersOf(levels: readonly number[] = [16, 32, 64, 128]): Claim[] {
  const size = { levels };
  const flow = logOde;
  return [
    ...[2, 3].flatMap((d) =>
      [eulerMaruyama, milstein, flow].flatMap((scheme) =>
        [1, 2].map((l) => harmonicWeakOrder(d, l, scheme, size)),
      ),
    ),
    ...[eulerMaruyama, milstein, flow].map((scheme) => overlapWeakOrder(twoTokens(2), scheme, size)),
    overlapWeakOrder(twoTokens(3), eulerMaruyama, size),
    overlapWeakOrder(quadraticFormPair(2), eulerMaruyama, size),
    overlapWeakOrder(quadraticFormPair(2), flow, size),
  ];
}

/** Everything this project claims of its schemes' orders, one group after the other, so that it can be shown as it comes. */
export function* orderClaims(): Generator<Claim> {
  yield* iteratedIntegralClaims({ paths: 100_000, steps: 32 });
  yield* weakOrdersOf();
  for (const { problem, reference } of STRONG_PROBLEMS) yield* strongOrdersOf(problem(), reference);
}
