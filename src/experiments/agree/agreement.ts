import { studyAgreement, type AgreementResult } from "../../studies/agreement.js";
import { below, slopeNear, withinErrors, type Claim } from "../claims/claim.js";
import type { Config } from "../config.js";
import type { LawSide } from "./law-side.js";
import type { LimitSide } from "./limit-side.js";
import { agreeSettings, DEGREES } from "./settings.js";
import type { TokenSide } from "./token-side.js";

export interface Agreement {
  readonly claims: readonly Claim[];
  readonly rates: readonly AgreementResult[];
}

/** The verdict: each claim with its value, interval and bound. */
export function agreement(
  config: Config,
  limit: LimitSide,
  tokens: TokenSide,
  law: LawSide | null,
): Agreement {
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
    below("mass of the density", largest(limit.mass.map((m) => m - limit.mass[0])), 1e-12),
    below(`spectral tail at lmax ${lmax}, so that the density is resolved`, largest(limit.tail), 1e-3),
    slopeNear("random tokens against the density: rate in n", all.fit, -0.5, 0.1),
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
