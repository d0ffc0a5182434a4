import { wrap } from "../sphere/measure.js";
import type { Measure } from "../types.js";

/** A density as weighted points, with what the rule made of it. */
export interface Quadrature {
  /** Points = the nodes (shared), weights = density * quadrature weight, as they are. */
  readonly law: Measure;
  /** The sum of the weights: one up to the error of the rule and of the density. Never rescaled. */
  readonly mass: number;
  /** The smallest value of the density on the nodes; below zero it is a truncation error. */
  readonly minimum: number;
}

/**
 * A density on quadrature nodes [n,d] with quadrature weights [n]. `density` is a function of a unit vector (as of an
 * initial law) or its values [n]. A RangeError for a value that is not finite.
 */
export function quadratureLaw(
  nodes: Float64Array,
  weights: Float64Array,
  density: ((x: Float64Array, offset: number) => number) | ArrayLike<number>,
): Quadrature {
  const n = weights.length;
  const d = nodes.length / n;
  if (!Number.isInteger(d))
    throw new RangeError(`quadratureLaw: ${nodes.length} coordinates do not make ${n} nodes`);
  const product = new Float64Array(n);
  let mass = 0;
  let minimum = Infinity;
  for (let i = 0; i < n; i++) {
    const rho = typeof density === "function" ? density(nodes, i * d) : density[i];
    if (!Number.isFinite(rho))
      throw new RangeError(`quadratureLaw: density at node ${i} is ${rho}, want a finite number`);
    product[i] = rho * weights[i];
    mass += product[i];
    minimum = Math.min(minimum, rho);
  }
  return { law: wrap(nodes, d, product), mass, minimum };
}
