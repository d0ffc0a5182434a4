import { correlatedProducts } from "../../exact/overlap/correlated-products.js";
import { tally } from "../../exact/overlap/tally.js";
import { stream } from "../../noise/stream.js";

/** Gaussian factors of the key matrix: A = W W'^T, A = W, or none, when A is a random rotation. */
export type Factors = 0 | 1 | 2;

/** The law of the keys in words, by its number of factors. */
export const KEYS = ["keys rotations", "one Gaussian factor", "two Gaussian factors"] as const;

export interface LowTemperaturePair {
  readonly dimension: number;
  readonly factors: Factors;
  readonly seed: string;
}

/** One layer's draw for two tokens with overlap R: what is known of it before and after it acts. */
export interface PairLayer {
  /** Overlap after N(x + eta V m_A(x)); minus eta is the layer with -V. */
  next(eta: number): number;
  /** Mean zero: the part linear in squared lengths and overlaps, which carries all fluctuations of order d^{-1/2}. */
  control(): number;
}

/**
 * Two tokens of the random transformer at zero temperature, in a background that fills the sphere (n -> infinity first):
 * softmax tilts to the direction of Ax, so m_A(x) = Ax/|Ax|. V_ij ~ N(0, 1/d), one head. The law of a layer depends on R
 * alone, so it is drawn from 2d normals a factor: Wx, Wy are Gaussian vectors with correlation R, and so on down to V m.
 */
export function lowTemperaturePair({ dimension: d, factors, seed }: LowTemperaturePair) {
  const source = stream(seed, "low temperature");
  const draws = new Float64Array(2 * d * (factors + 1));
  // Scalar products after V: of (x, y, a, b) with a = V m(x), b = V m(y).
  let [R, xa, xb, ya, yb, aa, bb, ab, control] = [0, 0, 0, 0, 0, 0, 0, 0, 0];

  const layer: PairLayer = {
    next(eta) {
      const across = R + eta * (xb + ya) + eta * eta * ab;
      return across / Math.sqrt((1 + 2 * eta * xa + eta * eta * aa) * (1 + 2 * eta * yb + eta * eta * bb));
    },
    control: () => control,
  };

  /** Draws layer number `index` of path `path` for tokens with this overlap. */
  return (path: number, index: number, overlap: number): PairLayer => {
    R = overlap;
    control = 0;
    source.normals(path, index, draws);
    let cosine = R;
    for (let from = 0; from < 2 * d * factors; from += 2 * d) {
      const { uu, uv, vv } = correlatedProducts(draws, from, d, cosine);
      control += uv / d - cosine * (1 + 0.5 * (uu / d - 1 + (vv / d - 1)));
      cosine = uv / Math.sqrt(uu * vv);
    }
    const from = 2 * d * factors;
    const products = correlatedProducts(draws, from, d, cosine);
    [aa, ab, bb] = [products.uu / d, products.uv / d, products.vv / d];
    control += ab - cosine - 0.5 * R * (aa - 1 + (bb - 1));
    // x = e_1, y = R e_1 + sqrt(1-R^2) e_2.
    const height = Math.sqrt(Math.max(0, 1 - R * R));
    const turn = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    const scale = 1 / Math.sqrt(d);
    const [a1, a2] = [scale * draws[from], scale * draws[from + 1]];
    const b1 = cosine * a1 + turn * scale * draws[from + d];
    const b2 = cosine * a2 + turn * scale * draws[from + d + 1];
    xa = a1;
    xb = b1;
    ya = R * a1 + height * a2;
    yb = R * b1 + height * b2;
    return layer;
  };
}

export interface PairRates {
  readonly drift: number;
  readonly driftError: number;
  readonly variation: number;
  readonly variationError: number;
}

/**
 * Drift and quadratic variation of the overlap a unit of time t d (t = eta^2 a layer), from single layers: each with its
 * antithetic partner -V, which removes the part of order eta, and with the control subtracted from the drift.
 */
export function pairRates(
  pair: LowTemperaturePair,
  R: number,
  { samples, eta = 0.01 }: { samples: number; eta?: number },
): PairRates {
  const draw = lowTemperaturePair(pair);
  const d = pair.dimension;
  const both = tally(2);
  for (let s = 0; s < samples; s++) {
    const layer = draw(0, s, R);
    const [up, down] = [layer.next(eta) - R, layer.next(-eta) - R];
    both.add(0, d * ((0.5 * (up + down)) / (eta * eta) - layer.control()));
    both.add(1, (0.5 * d * (up * up + down * down)) / (eta * eta));
  }
  const [[drift, variation], [driftError, variationError]] = both.result(samples);
  return { drift, driftError, variation, variationError };
}
