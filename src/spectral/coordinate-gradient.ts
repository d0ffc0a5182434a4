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

/** Entries of one component, column by column (a column is the harmonic that is differentiated). */
interface Entries {
  readonly first: Int32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
}

type Product = readonly [degree: number, order: number, factor: number];

/** Maps for every lmax up to the given one. */
export function planCoordinateGradient(dimension: 2 | 3, lmax: number): CoordinateGradient {
  const components = Array.from({ length: dimension }, (_, c) => entries(dimension, c, lmax));
  return {
    apply(c, top, coefficients, out) {
      const { first, row, value } = components[c];
      const columns = harmonicCount(dimension, top);
      out.fill(0, 0, harmonicCount(dimension, top + 1));
      for (let j = 0; j < columns; j++)
        for (let e = first[j]; e < first[j + 1]; e++) out[row[e]] += value[e] * coefficients[j];
    },
    addTranspose(c, top, factor, coefficients, out) {
      const { first, row, value } = components[c];
      const columns = harmonicCount(dimension, top);
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let e = first[j]; e < first[j + 1]; e++) sum += value[e] * coefficients[row[e]];
        out[j] += factor * sum;
      }
    },
  };
}

function entries(dimension: 2 | 3, c: number, lmax: number): Entries {
  const { degrees, orders } = degreesAndOrders(dimension, lmax);
  const first: number[] = [];
  const row: number[] = [];
  const value: number[] = [];
  degrees.forEach((l, j) => {
    first.push(row.length);
    for (const [k, order, factor] of dimension === 3
      ? product(c, l, orders[j])
      : circleProduct(c, l, orders[j])) {
      if (k < 0 || Math.abs(order) > k || factor === 0) continue;
      row.push(dimension === 3 ? index(k, order) : circleIndex(k, order));
      value.push(k > l ? -l * factor : (l + dimension - 2) * factor);
    }
  });
  first.push(row.length);
  return { first: Int32Array.from(first), row: Int32Array.from(row), value: Float64Array.from(value) };
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
