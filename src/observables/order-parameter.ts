import type { Measure } from "../types.js";
import { meanOverlap } from "./mean-overlap.js";

/** |xbar|, the length of the mean point: zero for the uniform law, one for a single cluster. */
export function orderParameter(law: Measure): number {
  return Math.sqrt(meanOverlap(law));
}
