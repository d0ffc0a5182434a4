import { diffusionMoment } from "../../exact/overlap/diffusion-moments.js";
import { twoTokenOverlap } from "../../exact/overlap/two-token-overlap.js";
import { expmTimes } from "../../numerics/expm.js";
import type { Measure, Observable } from "../../types.js";
import { ConfigError } from "../../config/config-error.js";
import type { Config, ModelConfig } from "../../config/config.js";

type Rotation = Extract<ModelConfig, { name: "rotation" }>;

/** out = exp(angle Omega) x for every point x[n,d] and the skew generator of the rotation. */
export function rotated(
  { dimension: d, generator }: Rotation,
  points: Float64Array,
  angle: number,
): Float64Array {
  const Omega = generator ? Float64Array.from(generator.flat()) : new Float64Array(d * d);
  if (!generator) [Omega[d], Omega[1]] = [1, -1];
  return expmTimes(Omega, angle, points, d);
}

/** Functions of the overlap R of two tokens of weight one half. */
const OF_OVERLAP: Readonly<Record<string, (R: number) => number>> = {
  overlap: (R) => R,
  "overlap:0,1": (R) => R,
  "mean-overlap": (R) => (1 + R) / 2,
  "order-parameter": (R) => Math.sqrt(Math.max(0, 1 + R) / 2),
};

/**
 * E of the observable `name` at the horizon, given where the tokens start, where a closed form or a one-dimensional
 * equation gives it (mathematics: exact answers 1 and 3):
 *
 * - spherical Brownian motion, and one Gaussian-head token: harmonics of degree l decay by e^{-l(l+d-2) s / 2};
 * - two Gaussian-head tokens at beta = 0: their overlap is a diffusion of its own.
 *
 * Throws a ConfigError naming the key where nothing exact is known.
 */
export function exactMean(
  config: Config,
  horizon: number,
  name: string,
  observable: Observable,
): (start: Measure) => number {
  const { model, solver, initial } = config;
  const d = model.dimension;
  const kappa = "kappa" in solver ? solver.kappa : 0;
  const at = `observe[${config.observe.indexOf(name)}]`;
  const l = Number(/^(?:moment|zonal):(\d+)/.exec(name)?.[1] ?? NaN);
  const decay = (rate: number): ((start: Measure) => number) => {
    if (Number.isNaN(l)) {
      throw new ConfigError(
        `${at}: no exact mean of "${name}" is known here; want "moment:l,m" or "zonal:l"`,
      );
    }
    const factor = Math.exp(-0.5 * l * (l + d - 2) * (rate + kappa * kappa) * horizon);
    return (start) => factor * observable(start);
  };
  if (model.name === "spherical-brownian") return decay(1);
  if (model.name === "gaussian-attention") {
    const sigmaV = model.sigmaV ?? 1 / Math.sqrt(d);
    const tokens = initial.kind === "points" ? initial.points.length : initial.tokens;
    if (tokens === 1) return decay(sigmaV * sigmaV);
    if (tokens === 2 && model.beta === 0 && kappa === 0) {
      const phi = OF_OVERLAP[name];
      if (!phi) {
        throw new ConfigError(
          `${at}: no exact mean of "${name}" is known here; want one of ${Object.keys(OF_OVERLAP).join(", ")}`,
        );
      }
      return twoTokens(config, phi, horizon * sigmaV * sigmaV * d);
    }
  }
  throw new ConfigError(
    `study.reference: no "exact" mean is known for model "${model.name}" here; it is for "rotation", for "spherical-brownian", ` +
      'and for "gaussian-attention" with one token, or with two at beta 0; want "independent"',
  );
}

/** E phi(R_T) from the start's own overlap, solved once for every different one. */
function twoTokens(
  { initial, model: { dimension: d } }: Config,
  phi: (R: number) => number,
  time: number,
): (start: Measure) => number {
  const uneven = initial.kind === "points" && initial.weights?.some((w) => Math.abs(w - 0.5) > 1e-12);
  if ((initial.kind !== "points" && initial.kind !== "simplex") || uneven) {
    throw new ConfigError(
      'initial.kind: the exact overlap wants two given tokens of equal weight: "points" or "simplex"',
    );
  }
  const diffusion = twoTokenOverlap(d);
  const known = new Map<string, number>();
  return ({ points }) => {
    let R = 0;
    for (let a = 0; a < d; a++) R += points[a] * points[d + a];
    // Rotated starts have the same overlap up to rounding.
    const key = R.toFixed(12);
    if (Math.abs(R) > 1 - 1e-12) return phi(Math.sign(R));
    const value =
      known.get(key) ?? diffusionMoment(diffusion, (z) => phi(Math.tanh(z)), Math.atanh(R), time).value;
    known.set(key, value);
    return value;
  };
}
