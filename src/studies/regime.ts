import { checkOptions, maybe } from "../numerics/options.js";
import type { HeadLaw } from "../models/heads/gaussian-heads.js";
import type { Homogenized, HomogenizedClock } from "../models/attention/homogenized.js";
import { varianceBound } from "../models/attention/variance-proxy.js";

export type RegimeName = "static" | "ODE I" | "ODE II" | "SDE" | "outside";

export interface RegimeOptions {
  /** The residual step. */
  readonly eta: number;
  /** H, heads a layer. */
  readonly heads: number;
  /** L, the depth. */
  readonly layers: number;
  /** A law that states its moments, or sigma^2 = max E|G|^2 (see `varianceProxy`) and whether its drift vanishes. */
  readonly law: HeadLaw | { readonly sigma2: number; readonly centred: boolean };
  /** What counts as o(1): a number up to this; 0.1 unless given. */
  readonly small?: number;
  /** What counts as O(1): a number up to this; 10 unless given. */
  readonly bounded?: number;
}

export interface Regime {
  readonly name: RegimeName;
  /** The limiting equation as text. */
  readonly equation: string;
  readonly solver: "none" | "ode" | "sde";
  /** What the model of the limit, `homogenized`, is to be given beside the heads; absent outside and where it is static. */
  readonly model?: Pick<Homogenized, "clock" | "corrector" | "centred">;
  /** Until when on the model's clock. */
  readonly horizon?: number;
  readonly sigma2: number;
  /** alpha = eta sigma^2 / H */
  readonly alpha: number;
  /** The numbers that decide. */
  readonly scales: {
    readonly etaL: number;
    readonly alphaEtaL: number;
    readonly eta2L: number;
    readonly eta3L: number;
    /** eta alpha: variance of one layer's displacement, the step of the chain on its diffusive clock. */
    readonly etaAlpha: number;
  };
}

/**
 * Names the regime of a random transformer and its limit (arXiv:2604.01978, theorem 1), the strongest one that applies:
 *
 *     static   eta L = o(1), alpha eta L = o(1)          X = X(0)
 *     ODE I    alpha eta L = o(1), eta^2 L = o(1)        X' = b
 *     ODE II   alpha eta L = o(1), eta^3 L = o(1)        X' = b - (eta/2) nabla_b b
 *     SDE      alpha eta L = O(1), eta^3 L = o(1)        dX = (b - (eta/2) nabla_b b) dt + (eta/H)^{1/2} dG
 *     outside  otherwise                                 no limit claimed
 *
 * A centred law has b = 0, so neither eta L nor the corrector matters: it is static while alpha eta L = o(1), and an SDE
 * on the diffusive clock s = eta^2 l / H while alpha eta L = O(1) and one layer moves a token little, eta alpha = o(1).
 * Throws a RangeError on parameters that are not positive and on a law that does not state its moments.
 */
export function regime(options: RegimeOptions): Regime {
  checkOptions("regime", options, {
    eta: "anything",
    heads: "anything",
    layers: "anything",
    law: "object",
    small: maybe("number"),
    bounded: maybe("number"),
  });
  const { eta, heads, layers, small = 0.1, bounded = 10 } = options;
  for (const [what, value] of Object.entries({ eta, heads, layers, small, bounded })) {
    if (!(value > 0)) throw new RangeError(`${what}: ${value}, want a positive number`);
  }
  const { sigma2, centred } = factsOf(options.law);
  const alpha = (eta * sigma2) / heads;
  const etaL = eta * layers;
  const scales = {
    etaL,
    alphaEtaL: alpha * etaL,
    eta2L: eta * etaL,
    eta3L: eta * eta * etaL,
    etaAlpha: eta * alpha,
  };
  const name = centred ? nameCentred(scales, small, bounded) : nameOf(scales, small, bounded);
  return { name, sigma2, alpha, scales, ...limitOf(name, centred, options) };
}

/** The limit of a regime, and what solves it. */
function limitOf(
  name: RegimeName,
  centred: boolean,
  { eta, heads, layers }: RegimeOptions,
): Pick<Regime, "equation" | "solver" | "model" | "horizon"> {
  const withoutNoise: HomogenizedClock = { eta, heads: Infinity };
  const horizon = eta * layers;
  switch (name) {
    case "static":
      return { equation: "X = X(0)", solver: "none" };
    case "ODE I":
      return { equation: "X' = b(X)", solver: "ode", model: { clock: withoutNoise }, horizon };
    case "ODE II":
      return {
        equation: "X' = b(X) - (eta/2) nabla_b b(X)",
        solver: "ode",
        model: { clock: withoutNoise, corrector: eta },
        horizon,
      };
    case "SDE":
      return centred
        ? {
            equation: "dX = int G(X,theta) W(dtheta,ds), s = eta^2 l/H",
            solver: "sde",
            model: { clock: "diffusive", centred: true },
            horizon: (eta * horizon) / heads,
          }
        : {
            equation: "dX = (b(X) - (eta/2) nabla_b b(X)) dt + sqrt(eta/H) int G(X,theta) W(dtheta,dt)",
            solver: "sde",
            model: { clock: { eta, heads }, corrector: eta },
            horizon,
          };
    case "outside":
      return { equation: "no limit claimed", solver: "none" };
  }
}

function nameOf(s: Regime["scales"], small: number, bounded: number): RegimeName {
  if (s.etaL <= small && s.alphaEtaL <= small) return "static";
  if (s.alphaEtaL <= small && s.eta2L <= small) return "ODE I";
  if (s.eta3L > small || s.alphaEtaL > bounded) return "outside";
  return s.alphaEtaL <= small ? "ODE II" : "SDE";
}

function nameCentred(s: Regime["scales"], small: number, bounded: number): RegimeName {
  if (s.alphaEtaL <= small) return "static";
  return s.alphaEtaL <= bounded && s.etaAlpha <= small ? "SDE" : "outside";
}

function factsOf(law: RegimeOptions["law"]): { sigma2: number; centred: boolean } {
  if ("sigma2" in law) {
    if (!(law.sigma2 >= 0)) throw new RangeError(`sigma2: ${law.sigma2} is not a variance`);
    return law;
  }
  const bound = varianceBound(law);
  if (!law.moments || !bound) {
    throw new RangeError(
      `law: "${law.name}" does not state its variance; estimate sigma2 by varianceProxy and give { sigma2, centred }`,
    );
  }
  return { sigma2: bound.sigma2, centred: law.moments.centred };
}
