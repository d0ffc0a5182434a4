import { studyAgreement, type AgreementResult } from "../../studies/agreement.js";
import { below, finishedFit, withinErrors, type Claim } from "../../studies/claim.js";
import type { Config } from "../../config/config.js";
import { hypot } from "../../numerics/hypot.js";
import type { LimitSide } from "./limit-side.js";
import { agreeSettings, DEGREES, lawObservables } from "./settings.js";
import type { Sides } from "./sides.js";
import type { TokenSide } from "./token-side.js";

export interface Verdict {
  /** The claims whose sides are whole, judged. */
  readonly claims: readonly Claim[];
  /** The claims that were not reached, in words. */
  readonly notReached: readonly string[];
  /** Distances of random tokens from the density, over the whole levels: one for every moment, and "all" last. */
  readonly rates: readonly AgreementResult[];
}

/** The verdict: each claim with its value, interval and bound. */
export function verdictOf(config: Config, { limit, tokens, law, stops }: Sides): Verdict {
  const { tolerance, lmax } = agreeSettings(config);
  const claims: Claim[] = [];
  const notReached: string[] = [];
  const consider = (claim: string, judged: ((claim: string) => Claim) | null): void => {
    if (judged) claims.push(judged(claim));
    else notReached.push(claim);
  };
  const density = limit?.reached.density ? limit : null;
  const followed = limit?.reached.characteristics ? limit : null;
  const rates = density && tokens ? ratesOf(density, tokens) : [];

  consider(
    `density against characteristics: harmonic moments to degree ${DEGREES}`,
    followed && ((claim) => below(claim, largest(followed.differences), tolerance)),
  );
  consider(
    "change of the density's mass",
    density && ((claim) => below(claim, largest(density.mass.map((m) => m - density.mass[0])), 1e-12)),
  );
  consider(
    `spectral tail at lmax ${lmax}, so that the density is resolved`,
    density && ((claim) => below(claim, largest(density.tail), 1e-3)),
  );
  consider(
    "random tokens against the density: the rate in n meets",
    density && tokens && !tokens.stopped ? (claim) => rateClaim(claim, rates[rates.length - 1]) : null,
  );
  for (const name of law || stops.law ? Object.keys(lawObservables(config)) : []) {
    consider(
      `transformer against the equation in law: ${name}`,
      law && !law.stopped
        ? (claim) => {
            const [a, b] = [law.transformer[name], law.equation[name]];
            const last = a.mean.length - 1;
            const error = hypot(a.stderr[last] ?? Infinity, b.stderr[last] ?? Infinity);
            return withinErrors(claim, a.mean[last] - b.mean[last], error);
          }
        : null,
    );
  }
  return { claims, notReached, rates };
}

const largest = (values: readonly number[]): number => values.reduce((s, v) => Math.max(s, Math.abs(v)), 0);

/** Over the levels that have all their repetitions; none when there are fewer than two. */
function ratesOf({ moments }: LimitSide, tokens: TokenSide): AgreementResult[] {
  const whole = tokens.levels.filter((_, i) => tokens.moments[i].length === tokens.repetitions);
  if (whole.length < 2) return [];
  return studyAgreement({
    observables: Array.from(moments.keys(), String),
    levels: whole,
    paths: tokens.repetitions,
    difference: (n, r) => {
      const at = tokens.moments[tokens.levels.indexOf(n)][r];
      return moments.map((c, q) => at[q] - c);
    },
  });
}

/**
 * Random tokens approach the limit like n^{-1/2}. A run has as many repetitions as it has, so the claim here is that the
 * rate's interval meets -1/2 ± 0.1: it fails when the interval lies outside, not when it is wide. Without a fit, or of a study
 * that stopped, there is no rate; an interval without a width or an end comes from repetitions that do not differ, and says
 * nothing: all these fail.
 */
export function rateClaim(claim: string, study: Pick<AgreementResult, "fit" | "stopped">): Claim {
  const fit = finishedFit(study);
  const wanted = [-0.6, -0.4] as const;
  const known = fit !== null && fit.interval.every(Number.isFinite) && fit.interval[0] < fit.interval[1];
  const interval = known ? fit.interval : ([-Infinity, Infinity] as const);
  const meets = known && interval[0] <= wanted[1] && interval[1] >= wanted[0];
  return { claim, value: fit ? fit.slope : NaN, interval, wanted, verdict: meets ? "holds" : "fails" };
}
