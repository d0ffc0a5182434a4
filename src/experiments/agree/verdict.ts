import { studyAgreement, type AgreementResult } from "../../studies/agreement.js";
import { below, withinErrors, type Claim } from "../../studies/claim.js";
import type { Config } from "../../config/config.js";
import type { LawSide } from "./law-side.js";
import type { LimitSide } from "./limit-side.js";
import { agreeSettings, DEGREES } from "./settings.js";
import type { TokenSide } from "./token-side.js";

export interface Verdict {
  readonly claims: readonly Claim[];
  readonly rates: readonly AgreementResult[];
}

/** The verdict: each claim with its value, interval and bound. */
export function verdictOf(config: Config, limit: LimitSide, tokens: TokenSide, law: LawSide | null): Verdict {
  const { tolerance, lmax } = agreeSettings(config);
  const largest = (values: readonly number[]): number => values.reduce((s, v) => Math.max(s, Math.abs(v)), 0);
  const rates = studyAgreement({
    observables: Array.from(limit.moments.keys(), String),
    levels: tokens.levels,
    paths: tokens.moments[0].length,
    difference: (n, r) => {
      const at = tokens.moments[tokens.levels.indexOf(n)][r];
      return limit.moments.map((c, q) => at[q] - c);
    },
  });
  const all = rates[rates.length - 1];
  const claims: Claim[] = [
    below(
      `density against characteristics: harmonic moments to degree ${DEGREES}`,
      largest(limit.differences),
      tolerance,
    ),
    below("change of the density's mass", largest(limit.mass.map((m) => m - limit.mass[0])), 1e-12),
    below(`spectral tail at lmax ${lmax}, so that the density is resolved`, largest(limit.tail), 1e-3),
    rateClaim(all),
  ];
  if (law) {
    for (const name of Object.keys(law.transformer)) {
      const [a, b] = [law.transformer[name], law.equation[name]];
      const last = a.mean.length - 1;
      const error = Math.hypot(a.stderr[last] ?? 0, b.stderr[last] ?? 0);
      claims.push(
        withinErrors(`transformer against the equation in law: ${name}`, a.mean[last] - b.mean[last], error),
      );
    }
  }
  return { claims, rates };
}

/**
 * Random tokens approach the limit like n^{-1/2}. A run has as many repetitions as it has, so the claim here is that the
 * rate's interval meets -1/2 ± 0.1: it fails when the interval lies outside, not when it is wide.
 */
function rateClaim({ fit }: AgreementResult): Claim {
  const { slope, interval } = fit ?? { slope: 0, interval: [0, 0] as const };
  const wanted = [-0.6, -0.4] as const;
  const meets = interval[0] <= wanted[1] && interval[1] >= wanted[0];
  return {
    claim: "random tokens against the density: the rate in n meets",
    value: slope,
    interval,
    wanted,
    verdict: meets ? "holds" : "fails",
  };
}
