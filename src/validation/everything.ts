import { vmfMixture } from "../laws/vmf-mixture.js";
import { gaussianAttention } from "../models/attention/gaussian-attention.js";
import { drawAtoms } from "../models/heads/gaussian-heads.js";
import { commonNoiseClaims } from "./common-noise.js";
import { chaosClaims } from "./chaos.js";
import type { Claim } from "../studies/claim.js";
import { collapseClaims } from "../paper/claims/collapse.js";
import { densityConvergence } from "./density-convergence.js";
import { criticalCouplingClaim, growthClaims, heatClaim } from "./density-growth.js";
import { densityOrders, rotationOrders } from "./density-orders.js";
import { stabilityClaims } from "./density-stability.js";
import { fixationClaims } from "../paper/claims/fixation.js";
import { lowTemperatureClaims } from "../paper/claims/low-temperature.js";
import { orderClaims } from "./orders.js";
import { overlapClaims } from "../paper/claims/overlap.js";
import { odeClaims, regimeClaims, trajectoryClaims } from "../paper/claims/regimes.js";
import { simplexClaims } from "../paper/claims/simplex.js";
import { fallingErrorClaims, transformerLawClaims } from "../paper/claims/transformer-law.js";
import { twoTokenClaims } from "../paper/claims/two-tokens.js";
import { weakErrorClaims } from "../paper/claims/weak-error.js";

/** Claims that belong together, in full size, one after the other so that each can be shown as it comes. */
export interface ClaimGroup {
  readonly name: string;
  readonly claims: () => Iterable<Claim>;
}

/** Two bumps on the circle or the sphere. */
const bumps = (dimension: 2 | 3, kappa: number) =>
  vmfMixture(dimension, [
    { weight: 0.6, kappa, mean: [0, 0, 1].slice(3 - dimension) },
    { weight: 0.4, kappa, mean: [1, 0, 0].slice(0, dimension) },
  ]);

const attention = (dimension: 2 | 3) =>
  gaussianAttention({
    dimension,
    beta: 1,
    sigmaV: 1 / Math.sqrt(dimension),
    atoms: drawAtoms("density", 1, dimension, 1 / Math.sqrt(dimension)),
  });

function* densityClaims(): Generator<Claim> {
  for (const [d, lmax] of [
    [2, 63],
    [3, 31],
  ] as const) {
    yield heatClaim(d, lmax, 0.7, 0.01);
  }
  for (const [d, beta, coupling] of [
    [2, 1.3, 1.7],
    [2, 6, 0.4],
    [3, 1.3, 2.9],
    [3, 6, 0.3],
  ] as const) {
    yield* growthClaims(d, beta, coupling, 6);
  }
  yield criticalCouplingClaim(2, 1);
  yield criticalCouplingClaim(3, 4);
  yield* densityConvergence({
    model: attention(2),
    initial: bumps(2, 2),
    horizon: 1 / 16,
    steps: 4,
    substeps: 64,
    degrees: [4, 7, 10, 13, 16, 19, 22, 25, 28],
    reference: 85,
  }).claims;
  yield* densityConvergence({
    model: attention(3),
    initial: bumps(3, 2),
    horizon: 1 / 64,
    steps: 2,
    substeps: 16,
    degrees: [3, 5, 7, 9, 11, 14, 17],
    reference: 29,
  }).claims;
  yield* rotationOrders({
    initial: bumps(2, 1),
    lmax: 4,
    horizon: 0.0625,
    levels: [4, 8, 16, 32, 64, 128],
    paths: 1000,
    substeps: 32,
  });
  yield* densityOrders({
    model: attention(2),
    initial: bumps(2, 1),
    lmax: 10,
    horizon: 0.125,
    levels: [4, 8, 16, 32, 64, 128],
    paths: 500,
    reference: 1024,
  });
  for (const scheme of ["flow", "euler-maruyama"] as const) {
    yield* stabilityClaims({ initial: bumps(2, 2), lmax: 63, steps: 10_000, scheme });
  }
}

function* transformerClaims(): Generator<Claim> {
  yield* transformerLawClaims(96, { paths: 20_000 });
  yield* fallingErrorClaims({ paths: 40_000 });
}

function* allRegimeClaims(): Generator<Claim> {
  yield* odeClaims("full");
  yield* trajectoryClaims("full");
  yield* regimeClaims();
}

/** Every claim this project makes, by subject. */
export const EVERYTHING: readonly ClaimGroup[] = [
  { name: "agreement", claims: () => commonNoiseClaims("full") },
  { name: "chaos", claims: () => chaosClaims({ random: 300, quasi: 40 }) },
  { name: "transformer", claims: transformerClaims },
  { name: "orders", claims: orderClaims },
  { name: "density", claims: densityClaims },
  { name: "weak-error", claims: () => weakErrorClaims("full") },
  { name: "two-tokens", claims: () => twoTokenClaims("full") },
  { name: "regimes", claims: allRegimeClaims },
  { name: "overlap", claims: () => overlapClaims("full") },
  { name: "simplex", claims: () => simplexClaims("full") },
  { name: "collapse", claims: () => collapseClaims("full") },
  { name: "fixation", claims: () => fixationClaims("full") },
  { name: "low-temperature", claims: () => lowTemperatureClaims("full") },
];
