import type { HarmonicTransform } from "../../src/types.js";
import { Stopped } from "../simulate.js";

/** RK4 is stable on the imaginary axis up to 2.83, where advection by F has |F| lmax: what a substep aims at, and its limit. */
const STABLE = 2.5;
export const STABILITY_LIMIT = 2.8;

/** Rounding of the pseudo-time. */
export const SLACK = 1e-9;

/** More pseudo-time substeps than this in one step mean that the step, not the substep, is at fault. */
const MOST_SUBSTEPS = 256;

/** How finely one step of the flow is cut in pseudo-time. */
export interface Budget {
  /** Largest rate of the flow at the highest degree, |velocity| sqrt(l (l + d - 2)), for velocity[n,d]. */
  rate(velocity: Float64Array): number;
  /** How many equal substeps the rest of the step wants at this rate. Throws `Stopped` when they are too many. */
  wanted(rest: number, fastest: number): number;
}

/** At least `substeps` of them in a whole step. */
export function planBudget({ lmax, dimension: d }: HarmonicTransform, substeps: number): Budget {
  return {
    rate(velocity) {
      let fastest = 0;
      for (let o = 0; o < velocity.length; o += d) {
        let s = 0;
        for (let a = 0; a < d; a++) s += velocity[o + a] * velocity[o + a];
        fastest = Math.max(fastest, s);
      }
      return Math.sqrt(fastest * lmax * (lmax + d - 2));
    },
    wanted(rest, fastest) {
      if (!Number.isFinite(fastest))
        throw new Stopped("the field is no longer finite: the step is too large for it");
      const count = Math.ceil(rest * Math.max(substeps, fastest / STABLE) - SLACK);
      if (!(count <= Math.max(substeps, MOST_SUBSTEPS))) {
        throw new Stopped(
          `the step is too large for degree ${lmax}: it would need ${count} pseudo-time substeps ` +
            `(at most ${MOST_SUBSTEPS}); take more time steps`,
        );
      }
      return Math.max(1, count);
    },
  };
}
