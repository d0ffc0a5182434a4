import {
  COLLAPSED,
  collapseTime,
  logisticCollapse,
  selfAttentionCollapse,
  type CollapseTime,
} from "../../exact/overlap/collapse-time.js";
import { hypot } from "../../numerics/hypot.js";
import { fitPower } from "../../studies/regression.js";
import { meanAndError } from "../../studies/statistics.js";
import { below, judge, slopeNear, withinErrors, type Claim } from "../../studies/claim.js";
import { measureOverlaps } from "./simplex-transformer.js";

export interface CollapseRow extends CollapseTime {
  readonly dimension: number;
  readonly tokens: number;
  readonly beta: number;
}

/** The table: every combination of d, n and beta that a simplex allows (n <= d). */
export function collapseTable(
  dimensions: readonly number[],
  tokens: readonly number[],
  betas: readonly number[],
  samples: number,
  seed: string,
): CollapseRow[] {
  return dimensions.flatMap((dimension) =>
    tokens
      .filter((n) => n <= dimension)
      .flatMap((n) =>
        betas.map((beta) => ({
          dimension,
          tokens: n,
          beta,
          ...collapseTime({ tokens: n, dimension, beta, samples, seed }),
        })),
      ),
  );
}

/** Rows of the table as claims: the logistic time and a share of order 1/d at beta = 0, later at larger beta, within a factor. */
function rowClaims(samples: number, seed: string): Claim[] {
  return collapseTable([32, 128], [8, 32], [0, 4, 16], samples, seed).map((row) => {
    const { dimension, tokens, beta, time, standardError } = row;
    const limit = logisticCollapse(tokens);
    return judge(
      `time to overlap ${COLLAPSED}, d = ${dimension}, n = ${tokens}, beta = ${beta}`,
      time,
      [time - 2 * standardError, time + 2 * standardError],
      beta === 0 ? [limit, limit * (1 + 4 / dimension)] : [limit * (1 + 4 / dimension), 3 * limit],
    );
  });
}

function ratio(claim: string, a: CollapseTime, b: CollapseTime, wanted: readonly [number, number]): Claim {
  const value = a.time / b.time;
  const reach = 2 * value * hypot(a.standardError / a.time, b.standardError / b.time);
  return judge(claim, value, [value - reach, value + reach], wanted);
}

/** When clustering sets in, and what mitigates it: the collapse time against n, d, beta, and the heads. */
export function* collapseClaims(size: "quick" | "full", seed = "collapse"): Generator<Claim> {
  const samples = size === "full" ? 2000 : 100;
  const at = (tokens: number, dimension: number, beta: number): CollapseTime =>
    collapseTime({ tokens, dimension, beta, samples, seed: `${seed}, ${tokens}, ${beta}` });
  const numbers = [8, 32, 128];
  const worst = Math.max(...numbers.map((n) => Math.abs(at(n, Infinity, 0).time - logisticCollapse(n))));
  const dimensions = [64, 128, 256, 512];
  const excess = dimensions.map((d) => at(16, d, 0).time - logisticCollapse(16));
  const [none, some, hot] = [0, 4, 8].map((beta) => at(32, 128, beta));
  const self = { time: selfAttentionCollapse(32, 8), standardError: 0 };
  yield* [
    below(
      "collapse time, beta = 0, d = infinity, n = 8, 32, 128: largest error against the logistic",
      worst,
      1e-6,
    ),
    ...rowClaims(samples, seed),
    slopeNear(
      "collapse time, beta = 0, n = 16: slope in d of its excess over d = infinity",
      fitPower(dimensions, excess),
      -1,
      0.15,
    ),
    ratio("collapse time, n = 32, d = 128: beta = 4 over beta = 0", some, none, [1, Infinity]),
    ratio("collapse time, n = 32, d = 128: beta = 8 over beta = 4", hot, some, [1, Infinity]),
    ratio("collapse time, n = 32, beta = 8: self-attention over random heads", self, hot, [5, Infinity]),
  ];
  yield* depthClaims(size, seed);
}

/** Depth to collapse is time * H / eta^2: transformers with different heads and steps, at the time the curve predicts. */
function depthClaims(size: "quick" | "full", seed: string): Claim[] {
  const [n, d, beta] = [6, 16, 2];
  const time = 2;
  const paths = size === "full" ? 1000 : 80;
  const runs = [
    [1, 1 / 4],
    [1, 1 / 8],
    [4, 1 / 4],
    [4, 1 / 2],
  ].map(([headsPerLayer, eta]) => {
    const layers = Math.round((time * headsPerLayer) / (eta * eta));
    const mean = measureOverlaps({
      tokens: n,
      dimension: d,
      beta,
      headsPerLayer,
      eta,
      layers,
      paths,
      every: layers,
      seed: `${seed}, ${headsPerLayer}`,
    });
    return { headsPerLayer, eta, layers, ...meanAndError(mean.map((values) => values[values.length - 1])) };
  });
  const [first, ...others] = runs;
  return others.map((run) =>
    withinErrors(
      `mean overlap at equal eta^2 l/H: H = ${run.headsPerLayer}, eta = ${run.eta}, ${run.layers} layers: ${run.mean.toFixed(4)}; H = 1, eta = ${first.eta}, ${first.layers} layers: ${first.mean.toFixed(4)}`,
      run.mean - first.mean,
      hypot(run.standardError, first.standardError),
    ),
  );
}
