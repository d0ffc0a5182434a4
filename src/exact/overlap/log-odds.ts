import { log } from "../../numerics/log.js";
import { log1p } from "../../numerics/log1p.js";

export const logOdds = (u: number): number => log(u / (1 - u));

/** Transformers at small beta beside the logistic curve their mean overlap follows. */
export interface LogisticRun {
  readonly dimension: number;
  /** On the diffusive clock s = eta^2 l / H. */
  readonly horizon: number;
  readonly layers: number;
  /** [layers+1] */
  readonly times: Float64Array;
  /** The curve at these times. */
  readonly logistic: Float64Array;
}

/**
 * Standard deviation at time s of the log-odds of the overlap minus those of the logistic curve from the same start. To
 * leading order in 1/d at beta = 0 they are a Brownian motion of variance 4 s/d: du = u (1-u) (ds + 2 dB/sqrt(d)).
 */
export const logOddsSpread = (dimension: number, time: number): number => 2 * Math.sqrt(time / dimension);

/**
 * Their mean to order 1/d, along the logistic curve: - int (4 - 3u)/d ds from the terms of order 1/d of the drift,
 * u (1-u)(1 - (2+u)/d), and of Itô's formula, with int u ds = -log((1-u(s))/(1-u(0))); and what finite layers take: at
 * d = infinity and beta = 0 one layer of step h = eta^2/H does u <- u (1+h)/(1+hu), so the log-odds grow by log(1+h) in
 * place of h.
 */
export function expectedDeviation({
  dimension: d,
  times,
  logistic,
  horizon,
  layers,
}: LogisticRun): Float64Array {
  const h = horizon / layers;
  const lag = 1 - log1p(h) / h;
  return times.map((t, l) => -lag * t - (4 * t + 3 * log((1 - logistic[l]) / (1 - logistic[0]))) / d);
}
