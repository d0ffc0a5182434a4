import { homogenized } from "../../models/attention/homogenized.js";
import { hypot } from "../../numerics/hypot.js";
import { cos, sin } from "../../numerics/sine-cosine.js";
import type { Model } from "../../types.js";
import { normalProduct } from "./normal-product.js";
import type { HeadNodes } from "./pair-chain.js";

/** Gaussian heads (G) of arXiv:2604.01978 in the plane: V and both factors of A = W W'^T centred Gaussian, H = 1. */
export interface PlaneGaussianHeads {
  readonly sigmaV: number;
  /** Standard deviation of the entries of W and W'. */
  readonly sigmaA: number;
  /** Inverse temperature. */
  readonly beta: number;
}

/**
 * Two tokens see A only through <A x_i, z>, z = x_1 - x_2, and A^T z = W' W^T z is |z| |w| g in law with w and g Gaussian
 * in the plane. So A = sigma_A^2 |w| z g^T / |z|, with nodes for g, and for |w| those of a square rule with nodes of one
 * radius put together (the mean over g is even in |w|).
 */
function keyNodes({ sigmaA }: PlaneGaussianHeads, count: number) {
  const pair = normalProduct(count, 2);
  const nodes = Array.from({ length: pair.size }, (_, q) => q);
  const radii = new Map<string, { radius: number; weight: number }>();
  for (const q of nodes) {
    const radius = hypot(pair.node(q, 1), pair.node(q, 0));
    const known = radii.get(radius.toFixed(9));
    radii.set(radius.toFixed(9), { radius, weight: (known?.weight ?? 0) + pair.weight(q) });
  }
  return [...radii.values()].flatMap(({ radius, weight }) => {
    const scale = sigmaA * sigmaA * radius;
    return nodes.map((q) => ({
      g: [scale * pair.node(q, 0), scale * pair.node(q, 1)] as const,
      weight: pair.weight(q, weight),
    }));
  });
}

/** A = (z/|z|) g^T for tokens at angles 0 and delta. */
function writeKey(g: readonly [number, number], delta: number, A: Float64Array): void {
  const angle = delta / 2 + Math.PI / 2;
  const [z1, z2] = [cos(angle), sin(angle)];
  A[0] = z1 * g[0];
  A[1] = z1 * g[1];
  A[2] = z2 * g[0];
  A[3] = z2 * g[1];
}

/** Nodes for heads: `count` for every entry of V, one more for every Gaussian number of A. */
export function gaussianNodes(law: PlaneGaussianHeads, count: number): HeadNodes {
  const keys = keyNodes(law, count + 1);
  const entries = normalProduct(count, 4);
  const keyOf = (q: number) => keys[Math.floor(q / entries.size)];
  return {
    weights: Float64Array.from({ length: keys.length * entries.size }, (_, q) =>
      entries.weight(q, keyOf(q).weight),
    ),
    head(q, delta, V, A) {
      for (let e = 0; e < 4; e++) V[e] = law.sigmaV * entries.node(q, e);
      writeKey(keyOf(q).g, delta, A);
    },
  };
}

/** The limit on the clock of the layers, noise of intensity sqrt(eta), for the pair at angles 0 and delta. */
export function gaussianLimit(law: PlaneGaussianHeads, eta: number, delta: number, count: number): Model {
  const keys = keyNodes(law, count + 1);
  return homogenized({
    dimension: 2,
    beta: law.beta,
    heads: {
      atoms: keys.map(({ g }) => {
        const A = new Float64Array(4);
        writeKey(g, delta, A);
        return A;
      }),
      sigmaV: law.sigmaV,
    },
    weights: keys.map(({ weight }) => weight),
    clock: { eta, heads: 1 },
  });
}
