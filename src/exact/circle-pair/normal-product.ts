import { normalQuadrature } from "../../numerics/gauss-hermite.js";
import { power } from "../../numerics/power.js";

/** Nodes and weights for expectations of several independent standard normal variables. */
export interface NormalProduct {
  /** M^k nodes for k variables. */
  readonly size: number;
  /** Variable e at node q. */
  node(q: number, e: number): number;
  /** Weight of node q, times `share` of whatever stands beside these variables. */
  weight(q: number, share?: number): number;
}

/** Gauss–Hermite quadrature with M nodes a variable: the digits of q in base M, lowest first, number the nodes. */
export function normalProduct(M: number, variables: number): NormalProduct {
  const { nodes, weights } = normalQuadrature(M);
  const powers = Array.from({ length: variables }, (_, e) => power(M, e));
  const digit = (q: number, e: number): number => Math.floor(q / powers[e]) % M;
  return {
    size: power(M, variables),
    node: (q, e) => nodes[digit(q, e)],
    weight(q, share = 1) {
      let w = share;
      for (let e = 0; e < variables; e++) w *= weights[digit(q, e)];
      return w;
    },
  };
}
