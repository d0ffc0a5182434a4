import type { Measure } from "../types.js";

/**
 * The positive part of a law, scaled back to mass one, and the mass that was taken away: a truncated density may dip
 * below zero, and distances between measures have no meaning there. Report `removed`. A RangeError when nothing is left.
 */
export function positivePart(law: Measure): { law: Measure; removed: number } {
  let kept = 0;
  let removed = 0;
  for (const w of law.weights) {
    if (w > 0) kept += w;
    else removed -= w;
  }
  if (!(kept > 0 && Number.isFinite(kept) && removed >= 0))
    throw new RangeError(`positivePart: positive weights sum to ${kept}, want a finite number above zero`);
  return { law: { ...law, weights: law.weights.map((w) => (w > 0 ? w / kept : 0)) }, removed };
}

/** Throws a RangeError unless both laws live in one dimension, on finite points, with weights >= 0 that sum to one. */
export function checkLaws(what: string, mu: Measure, nu: Measure): void {
  if (mu.dimension !== nu.dimension)
    throw new RangeError(`${what}: one law in R^${mu.dimension}, the other in R^${nu.dimension}`);
  for (const { points, weights } of [mu, nu]) {
    if (!points.every(Number.isFinite)) throw new RangeError(`${what}: a coordinate is not a finite number`);
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0))
        throw new RangeError(
          `${what}: weight ${i} is ${weights[i]}; take positivePart(law) and report what it removed`,
        );
      sum += weights[i];
    }
    if (!(Math.abs(sum - 1) < 1e-9)) throw new RangeError(`${what}: weights sum to ${sum}, want 1`);
  }
}
