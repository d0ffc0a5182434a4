import { circleIndex, degreesAndOrders, harmonicCount, index } from "./kernels/harmonic-index.js";

/**
 * The ambient components of the surface gradient as sparse maps of coefficients: a component of grad Y_l has degrees
 * l - 1 and l + 1 only. With x_c Y_l = U_c Y_l + D_c Y_l (degrees l + 1 and l - 1),
 *   (grad Y_l)_c = (l + d - 2) D_c Y_l - l U_c Y_l,
 * because x_c r^l Y_l = r^l U_c Y_l + r^2 d_c(r^l Y_l) / (2l + d - 2). No angle is divided by, so poles are not special.
 */
export interface CoordinateGradient {
  /** out[degree lmax + 1] = component c of the gradient of coefficients[degree lmax]. */
  apply(c: number, lmax: number, coefficients: Float64Array, out: Float64Array): void;
  /** out[degree lmax] += factor * transpose of the same map on coefficients[degree lmax + 1]. */
  addTranspose(c: number, lmax: number, factor: number, coefficients: Float64Array, out: Float64Array): void;
}

/**
 * Multiplication by x_c: it is symmetric, so row i, which stands from 4 i on, has two entries in the degree below and two in the
 * degree above, of which some may be zero.
 */
interface Coordinate {
  readonly column: Int32Array;
  readonly value: Float64Array;
}

type Product = readonly [degree: number, order: number, factor: number];

/** Maps for every lmax up to the given one. */
export function planCoordinateGradient(dimension: 2 | 3, lmax: number): CoordinateGradient {
  const coordinates = Array.from({ length: dimension }, (_, c) => coordinate(dimension, c, lmax + 1));
  const start = (l: number): number => (l === 0 ? 0 : harmonicCount(dimension, l - 1));
  return {
    apply(c, top, coefficients, out) {
      const { column, value } = coordinates[c];
      for (let l = 0; l <= top + 1; l++) {
        // from degree l - 1 what U has there, from degree l + 1, if there is one, what D has
        const fromBelow = 1 - l;
        const fromAbove = l < top ? l + dimension - 1 : 0;
        const end = start(l + 1);
        for (let i = start(l); i < end; i++) {
          const e = 4 * i;
          let sum =
            fromBelow * (value[e] * coefficients[column[e]] + value[e + 1] * coefficients[column[e + 1]]);
          if (fromAbove > 0)
            sum +=
              fromAbove *
              (value[e + 2] * coefficients[column[e + 2]] + value[e + 3] * coefficients[column[e + 3]]);
          out[i] = sum;
        }
      }
    },
    addTranspose(c, top, factor, coefficients, out) {
      const { column, value } = coordinates[c];
      for (let l = 0; l <= top; l++) {
        const fromBelow = factor * (l + dimension - 2);
        const fromAbove = -factor * l;
        const end = start(l + 1);
        for (let i = start(l); i < end; i++) {
          const e = 4 * i;
          out[i] +=
            fromBelow * (value[e] * coefficients[column[e]] + value[e + 1] * coefficients[column[e + 1]]) +
            fromAbove *
              (value[e + 2] * coefficients[column[e + 2]] + value[e + 3] * coefficients[column[e + 3]]);
        }
      }
    },
  };
}

function coordinate(dimension: 2 | 3, c: number, lmax: number): Coordinate {
  const { degrees, orders } = degreesAndOrders(dimension, lmax);
  const column = new Int32Array(4 * degrees.length);
  const value = new Float64Array(4 * degrees.length);
  degrees.forEach((l, i) => {
    let below = 4 * i;
    let above = 4 * i + 2;
    const products = dimension === 3 ? product(c, l, orders[i]) : circleProduct(c, l, orders[i]);
    for (const [k, order, factor] of products) {
      if (k < 0 || Math.abs(order) > k || factor === 0) continue;
      const e = k < l ? below++ : above++;
      column[e] = dimension === 3 ? index(k, order) : circleIndex(k, order);
      value[e] = factor;
    }
  });
  return { column, value };
}

/** x_c Y on the circle: products of cosine and sine, sqrt 2 from the norm of degree zero. */
function circleProduct(c: number, l: number, m: number): Product[] {
  const up = l === 0 ? Math.SQRT1_2 : 0.5;
  const down = l === 0 ? 0 : l === 1 ? Math.SQRT1_2 : 0.5;
  const sine = m < 0 ? c === 0 : c === 1;
  const toOrder = (k: number): number => (sine ? -k : k);
  const lower: Product[] = sine && l === 1 ? [] : [[l - 1, toOrder(l - 1), c === 1 && m >= 0 ? -down : down]];
  return [[l + 1, toOrder(l + 1), c === 1 && m < 0 ? -up : up], ...lower];
}

/** x_c Y_lm on the sphere. */
function product(c: number, l: number, m: number): Product[] {
  const n = Math.abs(m);
  const odd = (2 * l + 1) * (2 * l + 3);
  const below = (2 * l - 1) * (2 * l + 1);
  if (c === 2) {
    return [
      [l + 1, m, Math.sqrt(((l + 1) * (l + 1) - n * n) / odd)],
      [l - 1, m, Math.sqrt((l * l - n * n) / Math.abs(below))],
    ];
  }
  // sin P_ln = raise P_{l+1,n+1} - raiseDown P_{l-1,n+1} = -lower P_{l+1,n-1} + lowerDown P_{l-1,n-1}; halves come from
  // cos phi cos n phi = (cos (n+1) phi + cos (n-1) phi) / 2 and its like, sqrt 2 from the norm of order zero.
  const toUp = n === 0 ? Math.SQRT1_2 : 0.5;
  const toDown = n === 1 ? Math.SQRT1_2 : 0.5;
  const raise = toUp * Math.sqrt(((l + n + 1) * (l + n + 2)) / odd);
  const raiseDown = -toUp * Math.sqrt(((l - n) * (l - n - 1)) / Math.abs(below));
  const lower = -toDown * Math.sqrt(((l - n + 1) * (l - n + 2)) / odd);
  const lowerDown = toDown * Math.sqrt(((l + n) * (l + n - 1)) / Math.abs(below));
  // x keeps cosine and sine, y exchanges them; sine of order zero does not exist.
  const sine = m < 0 ? c === 0 : c === 1;
  const up = sine ? -(n + 1) : n + 1;
  const down = sine ? -(n - 1) : n - 1;
  const signUp = c === 1 && m < 0 ? -1 : 1;
  const signDown = c === 1 && m >= 0 ? -1 : 1;
  const list: Product[] = [
    [l + 1, up, signUp * raise],
    [l - 1, up, signUp * raiseDown],
  ];
  if (n > 0 && !(sine && n === 1))
    list.push([l + 1, down, signDown * lower], [l - 1, down, signDown * lowerDown]);
  return list;
}
