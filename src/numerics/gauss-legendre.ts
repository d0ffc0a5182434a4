import { exact, minus, over, plus, times } from "./double-double.js";
import type { DoubleDouble } from "./double-double.js";
import { cos } from "./sine-cosine.js";

/** n nodes on (-1, 1), decreasing (north to south), each the sum nodes[j] + tails[j]; the weights sum to 2. */
export interface GaussLegendre {
  readonly nodes: Float64Array;
  /** What rounding took from the nodes: with it they are good to about 28 digits. */
  readonly tails: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre quadrature, exact for polynomials of degree 2n - 1. Newton's method in double precision, then one step
 * in double-double, so that nodes and weights are correctly rounded (or next to it).
 */
export function gaussLegendre(n: number): GaussLegendre {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`gaussLegendre: n must be a positive integer, got ${n}.`);
  const nodes = new Float64Array(n);
  const tails = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let j = 0; j < Math.ceil(n / 2); j++) {
    const middle = 2 * j + 1 === n;
    const x = middle ? exact(0) : polished(n, exact(newton(n, cos((Math.PI * (j + 0.75)) / (n + 0.5)))));
    const { previous } = legendre(n, x);
    // w = 2 (1 - x^2) / (n P_{n-1}(x))^2 where P_n(x) = 0
    const scaled = times(exact(n), previous);
    const weight = over(times(exact(2), minus(exact(1), times(x, x))), times(scaled, scaled)).hi;
    nodes[j] = x.hi;
    tails[j] = x.lo;
    weights[j] = weight;
    nodes[n - 1 - j] = -x.hi;
    tails[n - 1 - j] = -x.lo;
    weights[n - 1 - j] = weight;
  }
  if (n % 2 === 1) {
    nodes[(n - 1) / 2] = 0;
    tails[(n - 1) / 2] = 0;
  }
  return { nodes, tails, weights };
}

/** A root of P_n in double precision. */
function newton(n: number, start: number): number {
  let x = start;
  for (let iteration = 0; iteration < 20; iteration++) {
    let previous = 1;
    let current = x;
    for (let l = 1; l < n; l++) {
      const next = ((2 * l + 1) * x * current - l * previous) / (l + 1);
      previous = current;
      current = next;
    }
    const step = (current * (1 - x * x)) / (n * (previous - x * current));
    x -= step;
    if (Math.abs(step) < 1e-15) break;
  }
  return x;
}

/** One Newton step in double-double: P_n' = n (P_{n-1} - x P_n) / (1 - x^2). */
function polished(n: number, x: DoubleDouble): DoubleDouble {
  const { current, previous } = legendre(n, x);
  const slope = times(exact(n), minus(previous, times(x, current)));
  return minus(x, over(times(current, minus(exact(1), times(x, x))), slope));
}

/** P_n(x) and P_{n-1}(x) by Bonnet's recursion. */
function legendre(n: number, x: DoubleDouble): { current: DoubleDouble; previous: DoubleDouble } {
  let previous = exact(1);
  let current = x;
  for (let l = 1; l < n; l++) {
    // P_{l+1} = x P_l + (l/(l+1)) (x P_l - P_{l-1})
    const along = times(x, current);
    const next = plus(along, over(times(exact(l), minus(along, previous)), exact(l + 1)));
    previous = current;
    current = next;
  }
  return { current, previous };
}
