import { independentHeads } from "../../models/heads/independent-heads.js";
import { homogenized } from "../../models/attention/homogenized.js";
import { wrap } from "../../sphere/measure.js";
import { regime, type RegimeName } from "../../studies/regime.js";
import type { Measure } from "../../types.js";
import { solveOde } from "../../../solvers/ode.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { restMeans } from "../../exact/circle-pair/turning-heads.js";
import { cos, sin } from "../../numerics/sine-cosine.js";
import { square } from "../../numerics/square.js";
import { judge, type Claim } from "../../studies/claim.js";
import {
  depths,
  judgeSlope,
  pairGap,
  RESOLUTIONS,
  slopeClaims,
  type PairComparison,
  type SlopeLevel,
} from "./pair-slopes.js";
import { comparisons, LAW, START } from "./weak-error.js";

/**
 * Deterministic limits in their regimes. The noise of the chain is switched off along with the step: alpha = eta leaves an
 * error of order eta to ODE I; alpha = eta^2 one of order eta^2 to ODE II, where ODE I still has order one.
 */
export function odeClaims(size: "quick" | "full"): Claim[] {
  const { odeI, odeII } = comparisons();
  const layers = depths(size);
  const equal = (eta: number): number => eta;
  return [
    ...slopeClaims("mean of the chain against ODE I, alpha = eta", odeI, layers, equal, 1),
    ...slopeClaims("mean of the chain against ODE I, alpha = eta^2", odeI, layers, square, 1),
    ...slopeClaims("mean of the chain against ODE II, alpha = eta^2", odeII, layers, square, 2),
  ];
}

/** Eight tokens on the sphere in R^3 and a law of heads that is its mean alone. */
const SPHERE = {
  dimension: 3,
  V: { sigma: 0, mean: Float64Array.of(0.6, -0.8, 0.3, 0.9, 0.4, -0.5, -0.2, 0.7, 0.5) },
  A: { sigma: 0, mean: Float64Array.of(1, 0.3, -0.2, 0, 0.8, 0.4, 0.5, -0.6, 0.7) },
  seed: "mean head",
};
const BETA = 1.5;

const eightTokens = (): Measure => {
  const points = new Float64Array(24);
  for (let i = 0; i < 8; i++) {
    const z = -0.875 + 0.25 * i;
    const r = Math.sqrt(1 - z * z);
    points.set([r * cos(2.4 * i), r * sin(2.4 * i), z], 3 * i);
  }
  return wrap(points, 3);
};

/** Largest distance of a token from its flow at any grid time, without noise (H = infinity), and the flow's own error. */
export function trajectoryGap(
  layers: number,
  corrector: "none" | "ambient" | "tangent",
): { gap: number; flowError: number } {
  const eta = 1 / layers;
  const initial = eightTokens();
  const chain = transformer({
    heads: independentHeads(SPHERE),
    headsPerLayer: 1,
    eta,
    beta: BETA,
    initial,
  });
  const model = homogenized({
    dimension: 3,
    beta: BETA,
    heads: [{ V: SPHERE.V.mean, A: SPHERE.A.mean }],
    clock: { eta, heads: Infinity },
    ...(corrector !== "none" && { corrector: eta, layerStep: corrector }),
  });
  const observe: Record<string, (law: Measure) => number> = {};
  for (let e = 0; e < 24; e++) observe[e] = ({ points }) => points[e];
  const { values, error: flowError } = solveOde({ model, initial, horizon: 1, steps: layers, observe });
  let gap = 0;
  for (let l = 1; l <= layers; l++) {
    chain.advance(noiseless(0, l - 1));
    for (let i = 0; i < 8; i++) {
      let apart = 0;
      for (let a = 3 * i; a < 3 * i + 3; a++) apart += square(chain.law.points[a] - values[a][l]);
      gap = Math.max(gap, Math.sqrt(apart));
    }
  }
  return { gap, flowError };
}

/** Trajectories of ODE I and II against the chain of a law's mean: the corrected flow is one order closer. */
export function trajectoryClaims(size: "quick" | "full"): Claim[] {
  const levels = (corrector: "none" | "ambient"): SlopeLevel[] =>
    depths(size).map((layers) => {
      const { gap, flowError } = trajectoryGap(layers, corrector);
      return { eta: 1 / layers, alpha: 0, layers, error: gap, numerical: flowError };
    });
  return [
    ...judgeSlope("eight tokens on S^2 against ODE I", levels("none"), 1),
    ...judgeSlope("eight tokens on S^2 against ODE II", levels("ambient"), 2),
  ];
}

export interface RegimePoint {
  readonly name: RegimeName;
  readonly eta: number;
  readonly alpha: number;
  /** Weak errors of all limits, the larger of position and overlap. */
  readonly errors: Readonly<Record<"static" | "ODE I" | "ODE II" | "SDE", number>>;
}

/** Depth of the chains at which regimes are told apart. */
export const DEPTH = 256;

/** The limit each regime names, as comparisons. */
export function limitsOf(
  law = LAW,
  start = START,
): Readonly<Record<keyof RegimePoint["errors"], PairComparison>> {
  const { odeI, odeII, correctedSde } = comparisons(law, start);
  return {
    static: { ...odeI, limit: (_eta, _alpha, layers) => restMeans(start, layers) },
    "ODE I": odeI,
    "ODE II": odeII,
    SDE: correctedSde,
  };
}

/** One setting of every regime, with the name `regime` gives it and the measured weak error of every limit. */
export function regimePoints(
  points: readonly (readonly [eta: number, alpha: number])[] = [
    [3e-4, 1e-3],
    [0.01, 1e-3],
    [0.05, 1e-3],
    [0.05, 0.2],
  ],
): RegimePoint[] {
  const limits = limitsOf();
  return points.map(([eta, alpha]) => {
    const error = (name: keyof RegimePoint["errors"]): number => {
      const gap = pairGap(limits[name], eta, alpha, DEPTH, RESOLUTIONS[1]);
      return Math.max(gap.position, gap.overlap);
    };
    const facts = { sigma2: alpha / eta, centred: false };
    return {
      name: regime({ eta, heads: 1, layers: DEPTH, law: facts }).name,
      eta,
      alpha,
      errors: {
        static: error("static"),
        "ODE I": error("ODE I"),
        "ODE II": error("ODE II"),
        SDE: error("SDE"),
      },
    };
  });
}

const ORDER = ["static", "ODE I", "ODE II", "SDE"] as const;

/** In every regime the limit it names has a weak error below 0.1, and the limit before it is off by more. */
export function regimeClaims(): Claim[] {
  return regimePoints().flatMap(({ name, eta, alpha, errors }, i) => {
    const wanted = ORDER[i];
    const where = `eta = ${eta}, alpha = ${alpha}, L = ${DEPTH}`;
    const named = name === wanted ? errors[wanted] : Infinity;
    const claims = [judge(`${where}: weak error of ${wanted}`, named, [named, named], [0, 0.1])];
    if (i > 0) {
      const ratio = errors[ORDER[i - 1]] / errors[wanted];
      claims.push(
        judge(`${where}: error of ${ORDER[i - 1]} / of ${wanted}`, ratio, [ratio, ratio], [3, Infinity]),
      );
    }
    return claims;
  });
}
