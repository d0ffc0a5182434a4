import { checkOptions, maybe } from "../../numerics/options.js";
import type { Model } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { chooseBarycentres } from "./choose-barycentres.js";
import type { LayerStep } from "./corrector.js";
import { gaussianAttention } from "./gaussian-attention.js";
import type { Head } from "../heads/head.js";
import type { RedrawnAtoms } from "./plan-gaussian.js";
import { planHomogenized, type RedrawnHeads } from "./plan-homogenized.js";
import { superpose } from "../superpose.js";

/**
 * The clock of the limit. `{ eta, heads }`: layer time t = eta l after l layers; the noise has intensity
 * epsilon = sqrt(eta / heads), heads = Infinity switches it off. "diffusive": s = eta^2 l / heads, noise of intensity
 * one; only for centred laws, whose drift vanishes.
 */
export type HomogenizedClock = { readonly eta: number; readonly heads: number } | "diffusive";

/** V independent of A with i.i.d. centred entries of deviation sigmaV around meanV: integrated exactly, not sampled. */
export interface IntegratedValues {
  /** Key matrices A_m [d,d], or a rule that draws new ones every step (right in law only). */
  readonly atoms: readonly Float64Array[] | RedrawnAtoms;
  readonly sigmaV: number;
  /** E V [d,d]; zero unless given. */
  readonly meanV?: Float64Array;
}

export interface Homogenized {
  readonly dimension: number;
  /** Inverse temperature. */
  readonly beta: number;
  /**
   * Sampled pairs (V_m, A_m), a rule that draws new ones every step (right in law only), or sampled A_m with V integrated.
   * Fresh samples of a law that is not centred must be at least two: their fluctuation is taken about their own mean, and
   * is scaled so that its covariance is that of the law in the mean.
   */
  readonly heads: readonly Head[] | RedrawnHeads | IntegratedValues;
  /** w_m, summing to one; 1/M each unless given. Not for heads that are drawn every step. */
  readonly weights?: readonly number[];
  readonly clock: HomogenizedClock;
  /**
   * Sampled pairs of a law known to be centred: drift and sampled mean are left out, because they are zero for the law
   * itself. False unless given; integrated values are centred when they have no meanV.
   */
  readonly centred?: boolean;
  /** eta of the corrector in the drift; none unless given. */
  readonly corrector?: number;
  /** Which layers this is the limit of; "ambient", as in `transformer`, unless given. */
  readonly layerStep?: LayerStep;
  /** How the softmax sums are done for n points; chosen by cost unless given. */
  readonly barycentres?: (n: number, d: number, M: number, beta: number) => Barycentres;
}

/**
 * The homogenized limit of a random transformer with a general law of heads (arXiv:2604.01978, theorem 1):
 *
 *     dX = (b - (eta/2) nabla_b b) dt + epsilon sum_m g_m dW^m,
 *     b = P_x sum_m w_m B_m,   g_m = sqrt(w_m) P_x (B_m - sum_j w_j B_j),   K = M channels,
 *
 * for sampled heads; the weighted heads *are* the law (M equally weighted draws have (1 - 1/M) of its covariance unless
 * it is centred). With integrated values K = M d^2, or M d^2 + M with a mean: first the matrices of Brownian motions that
 * multiply sigmaV m_A, then one channel an atom for the fluctuation of meanV m_A. Without noise (heads = Infinity) and with
 * a drift there are no channels. Itô.
 *
 * For ambient layers the drift also has -epsilon^2 sum_m w_m <x,xi_m> P_x xi_m, of the order of the noise's own
 * generator, and a corrector changed accordingly (see `addCorrector`). Throws a RangeError on unusable input.
 */
export function homogenized(options: Homogenized): Model {
  checkOptions("homogenized", options, {
    dimension: "whole",
    beta: "number",
    heads: "numbers",
    weights: maybe("numbers"),
    clock: "anything",
    centred: maybe("boolean"),
    corrector: maybe("number"),
    layerStep: maybe(["ambient", "tangent"]),
    barycentres: maybe("function"),
  });
  const { dimension: d, beta, heads, clock, corrector = 0 } = options;
  const integrated = "atoms" in heads;
  const count = sizeOf(integrated ? heads.atoms : heads);
  if (!(count > 0)) throw new RangeError("heads: want at least one atom");
  if (options.weights && "count" in (integrated ? heads.atoms : heads)) {
    throw new RangeError("weights: heads drawn every step are a sample of equal weights; leave them out");
  }
  const weights = weightsOf(options.weights, count);
  const meanV = integrated ? heads.meanV : undefined;
  const centred = integrated ? !meanV : (options.centred ?? false);
  if (!centred && clock === "diffusive") {
    throw new RangeError(
      'clock: "diffusive" is for centred laws; one with a drift runs on { eta, heads }, the clock of the layers',
    );
  }
  if (!(corrector >= 0)) throw new RangeError(`corrector: ${corrector} is not a step eta of at least 0`);
  const epsilon = intensity(clock);
  const barycentres = options.barycentres ?? chooseBarycentres("auto");
  const pairs = (list: readonly Head[] | RedrawnHeads): Model => {
    const redrawn = "count" in list;
    const spread = redrawn && !centred ? unbiased(count) : 1;
    return {
      name: "homogenized",
      manifold: "sphere",
      dimension: d,
      channels: epsilon > 0 ? count : 0,
      calculus: "ito",
      analytic: !redrawn && list.every(({ perceptron }) => !perceptron),
      ...(redrawn && { redrawn }),
      plan: (n) =>
        planHomogenized({
          heads: list,
          weights,
          epsilon: epsilon * spread,
          centred,
          corrector,
          layerStep: options.layerStep ?? "ambient",
          n,
          d,
          bary: barycentres(n, d, count, beta),
        }),
    };
  };
  if (!integrated) return pairs(heads);
  const drifting = meanV && pairs(withValues(heads.atoms, meanV));
  if (drifting && epsilon === 0) return drifting;
  const fluctuation = gaussianAttention({
    dimension: d,
    beta,
    sigmaV: epsilon * heads.sigmaV,
    atoms: heads.atoms,
    weights: Array.from(weights),
    barycentres,
  });
  return drifting ? superpose("homogenized", fluctuation, drifting) : { ...fluctuation, name: "homogenized" };
}

const sizeOf = (list: { readonly length: number } | { readonly count: number }): number =>
  "count" in list ? list.count : list.length;

/** The pairs (V, A_m) of one V. */
function withValues(atoms: IntegratedValues["atoms"], V: Float64Array): readonly Head[] | RedrawnHeads {
  const paired = (list: readonly Float64Array[]): Head[] => list.map((A) => ({ V, A }));
  if (!("count" in atoms)) return paired(atoms);
  return { count: atoms.count, redraw: (path, step) => paired(atoms.redraw(path, step)) };
}

/** sqrt(M / (M - 1)): M equally weighted draws about their own mean have 1 - 1/M of the covariance of their law. */
function unbiased(M: number): number {
  if (M < 2) throw new RangeError("heads: a fresh sample of a law with a mean wants at least two heads");
  return Math.sqrt(M / (M - 1));
}

/** epsilon */
function intensity(clock: HomogenizedClock): number {
  if (clock === "diffusive") return 1;
  const { eta, heads } = clock;
  if (!(eta > 0 && heads >= 1)) {
    throw new RangeError(`clock: eta = ${eta}, heads = ${heads}; want a positive step and at least one head`);
  }
  return Math.sqrt(eta / heads);
}

function weightsOf(given: readonly number[] | undefined, count: number): Float64Array {
  if (!given) return new Float64Array(count).fill(1 / count);
  const sum = given.reduce((s, w) => s + w, 0);
  if (given.length !== count || !given.every((w) => w >= 0) || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `weights: ${given.length} of them with sum ${sum} for ${count} atoms; want one each, none negative, with sum 1`,
    );
  }
  return Float64Array.from(given);
}
