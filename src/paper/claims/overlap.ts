import { driftRate } from "../../exact/overlap/overlap-drift.js";
import { pairOverlap } from "../../exact/overlap/token-pair.js";
import { directBarycentres } from "../../models/attention/direct-barycentres.js";
import { drawAtoms } from "../../models/heads/gaussian-heads.js";
import { hypot } from "../../numerics/hypot.js";
import { power } from "../../numerics/power.js";
import { square } from "../../numerics/square.js";
import { measure } from "../../sphere/measure.js";
import { slopeNear, withinErrors, type Claim } from "../../studies/claim.js";
import { fitPower } from "../../studies/regression.js";
import { meanAndError } from "../../studies/statistics.js";
import type { Estimate } from "./estimate.js";
import { KEYS, pairRates, type Factors } from "./low-temperature-pair.js";
import { formulaDrift, layerDrift, layerDriftGivenKeys, leaningTokens, type OneLayer } from "./one-layer.js";

/** Three tokens on the circle. */
const CIRCLE = [
  [1, 0],
  [0.6, 0.8],
  [-0.28, 0.96],
];

/** D_ij of the overlap, from single layers: V integrated exactly on the circle, Monte Carlo in higher dimension. */
function driftClaims(size: "quick" | "full", seed: string): Claim[] {
  const full = size === "full";
  const circle: OneLayer = { law: measure(CIRCLE), beta: 1.5, sigmaA: 1, eta: 0.02, seed };
  const keys = drawAtoms(seed, full ? 2000 : 200, 2, circle.sigmaA);
  const layers = meanAndError(Float64Array.from(keys, (A) => layerDriftGivenKeys(circle, A)));
  const claims = [
    difference(
      "d = 2, three tokens, beta = 1.5, V integrated exactly",
      layers,
      formulaDrift(circle, full ? 400000 : 20000),
    ),
  ];
  for (const [d, n, beta] of [
    [8, 6, 0],
    [8, 6, 2],
    [16, 8, 4],
  ]) {
    const options: OneLayer = {
      law: leaningTokens(n, d, `${seed}, ${d}`),
      beta,
      sigmaA: power(d, -0.25),
      eta: 0.02,
      seed: `${seed}, ${d}, ${beta}`,
    };
    const measured = layerDrift(options, full ? 100000 : 4000);
    claims.push(
      difference(
        `d = ${d}, ${n} tokens, beta = ${beta}`,
        measured,
        formulaDrift(options, full ? 50000 : 4000),
      ),
    );
  }
  return claims;
}

function difference(what: string, measured: Estimate, formula: Estimate): Claim {
  const error = hypot(measured.standardError, formula.standardError);
  return withinErrors(
    `overlap drift D_12 from one layer, ${what}: ${measured.mean.toFixed(5)} ± ${measured.standardError.toFixed(5)}, formula ${formula.mean.toFixed(5)}`,
    measured.mean - formula.mean,
    error,
  );
}

/** One key matrix on the circle: the bias of the one-layer drift against D given A falls like eta^2. */
function biasClaim(seed: string): Claim {
  const [A] = drawAtoms(seed, 1, 2, 1);
  const law = measure(CIRCLE);
  const bary = directBarycentres(law.count, 2, 1, 1.5);
  bary.freeze(law, [A]);
  const m = bary.values;
  const own = square(m[0]) + square(m[1]) + square(m[2]) + square(m[3]);
  const D = driftRate(2, pairOverlap(law), m[0] * m[2] + m[1] * m[3], own) / 2;
  const etas = [1 / 64, 1 / 32, 1 / 16, 1 / 8];
  const bias = etas.map((eta) =>
    Math.abs(layerDriftGivenKeys({ law, beta: 1.5, sigmaA: 1, eta, seed }, A) - D),
  );
  const fit = fitPower(
    etas.map((eta) => eta * eta),
    bias,
  );
  return slopeNear(
    "one-layer drift on the circle, V integrated exactly: slope in eta^2 of its bias",
    fit,
    1,
    0.15,
  );
}

/** Dimensions in which the motion of the overlap at zero temperature is timed. */
export const SLOW_DIMENSIONS = [8, 16, 32, 64, 128] as const;

/** Drift of the overlap a unit of time t (not t d) at zero temperature, R = 1/2, against d. */
export function slowMotion(
  factors: Factors,
  samples: number,
  seed: string,
): { d: number; drift: number; error: number }[] {
  return SLOW_DIMENSIONS.map((d) => {
    const { drift, driftError } = pairRates({ dimension: d, factors, seed: `${seed}, ${d}` }, 0.5, {
      samples,
    });
    return { d, drift: Math.abs(drift) / d, error: driftError / d };
  });
}

/** At zero temperature the overlap moves on the scale d: its drift falls like 1/d. */
function slowMotionClaims(size: "quick" | "full", seed: string): Claim[] {
  const samples = size === "full" ? 300000 : 10000;
  return ([0, 1, 2] as const).map((factors) => {
    const rows = slowMotion(factors, samples, `${seed}, slow ${factors}`);
    const fit = fitPower(
      rows.map(({ d }) => d),
      rows.map(({ drift }) => drift),
      rows.map(({ drift, error }) => error / drift),
    );
    return slopeNear(`zero temperature, ${KEYS[factors]}: slope in d of the overlap's drift`, fit, -1, 0.15);
  });
}

/** The overlap's drift from one-layer statistics, its bias in eta, and its slow motion at zero temperature. */
export function* overlapClaims(size: "quick" | "full", seed = "overlap"): Generator<Claim> {
  yield* driftClaims(size, seed);
  yield biasClaim(seed);
  yield* slowMotionClaims(size, seed);
}
