import { exp } from "../numerics/exp.js";
import { log } from "../numerics/log.js";

/**
 * Tables of the 256-layer ziggurat for the standard normal, f(x) = exp(-x^2/2) on x >= 0.
 * Marsaglia, Tsang, "The ziggurat method for generating random variables", J. Stat. Softw. 5(8), 2000.
 */

const LAYERS = 256;

/** Start of the tail: the one value for which 256 layers of equal area close at f(0) = 1. */
export const TAIL = 3.6541528853610088;

/** Mills' ratio, the integral of f over (x, inf) divided by f(x), by Laplace's continued fraction. */
function millsRatio(x: number): number {
  let denominator = x;
  for (let k = 200; k >= 1; k--) denominator = x + k / denominator;
  return 1 / denominator;
}

export interface Ziggurat {
  /** [257] right edges of the layers, falling from the base layer's virtual width to zero. */
  readonly edge: Float64Array;
  /** [257] f at the edges; the base layer (0) is handled by the tail and has none. */
  readonly height: Float64Array;
  /** [256] what a 53-bit integer is multiplied by to lie in [0, edge[i]). */
  readonly scale: Float64Array;
  /** [256] integers below this one fall inside the next layer's edge, so under f. */
  readonly inside: Float64Array;
}

export function ziggurat(): Ziggurat {
  const edge = new Float64Array(LAYERS + 1);
  const height = new Float64Array(LAYERS + 1);
  const fTail = exp(-0.5 * TAIL * TAIL);
  const area = fTail * (TAIL + millsRatio(TAIL));
  edge[0] = area / fTail;
  edge[1] = TAIL;
  height[1] = fTail;
  for (let i = 1; i < LAYERS - 1; i++) {
    height[i + 1] = height[i] + area / edge[i];
    edge[i + 1] = Math.sqrt(-2 * log(height[i + 1]));
  }
  edge[LAYERS] = 0;
  height[LAYERS] = 1;
  const scale = new Float64Array(LAYERS);
  const inside = new Float64Array(LAYERS);
  for (let i = 0; i < LAYERS; i++) {
    scale[i] = edge[i] * 2 ** -53;
    inside[i] = Math.floor((edge[i + 1] / edge[i]) * 2 ** 53);
  }
  return { edge, height, scale, inside };
}
