import type { Measure } from "../../../types.js";
import { harmonicDecay } from "../../../exact/harmonic-decay.js";
import { refuse } from "../../contract/config-error.js";
import type { ExactQuestion } from "../../contract/model-entry.js";

/** E of a harmonic of degree l of points that move as spherical Brownian motion at this rate. Refuses other observables. */
export function exactDecay(
  dimension: number,
  rate: number,
  { observable, at, of, horizon, kappa }: ExactQuestion,
): (start: Measure) => number {
  const degree = /^(?:moment|zonal):(\d+)/.exec(observable)?.[1];
  if (degree === undefined) {
    return refuse(at, `no exact mean of "${observable}" is known here; want "moment:l,m" or "zonal:l"`);
  }
  const factor = harmonicDecay(dimension, Number(degree), (rate + kappa * kappa) * horizon);
  return (start) => factor * of(start);
}
