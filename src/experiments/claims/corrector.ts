import { fitPower } from "../../studies/regression.js";
import { slopeNear, type Claim } from "./claim.js";
import { trajectoryGap } from "./regimes.js";

/**
 * Which corrector belongs to which layer. The chain x <- N(x + v) adds its residual before it projects; -(eta/2) nabla_b b
 * alone is the corrector of x <- N(x + P_x v) and leaves the flow's order at one; with the two terms of the normalization
 * the order is two. Eight tokens on the sphere, a law of heads that is its mean: no statistical error.
 */
export function correctorClaims(): Claim[] {
  const layers = [64, 128, 256, 512];
  const etas = layers.map((count) => 1 / count);
  const slope = (corrector: "none" | "ambient" | "tangent") =>
    fitPower(
      etas,
      layers.map((count) => trajectoryGap(count, corrector)),
    );
  const chain = "chain x <- N(x + v), eight tokens on S^2: slope in eta of its distance from the flow";
  return [
    slopeNear(`${chain} without corrector`, slope("none"), 1, 0.15),
    slopeNear(`${chain} with -(eta/2) nabla_b b`, slope("tangent"), 1, 0.15),
    slopeNear(`${chain} with the corrector of ambient layers`, slope("ambient"), 2, 0.15),
  ];
}
