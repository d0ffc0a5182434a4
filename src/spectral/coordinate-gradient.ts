import { index } from "./harmonic-index.js";

/**
 * The three ambient components of the surface gradient as sparse maps of coefficients: a component of grad Y_l has
 * degrees l - 1 and l + 1 only. With x_c Y_l = U_c Y_l + D_c Y_l (degrees l + 1 and l - 1),
 *   (grad Y_l)_c = (l + 1) D_c Y_l - l U_c Y_l,
 * because x_c r^l Y_l = r^l U_c Y_l + r^2 d_c(r^l Y_l) / (2l + 1). No angle is divided by, so poles are not special.
 */
export interface CoordinateGradient {
  /** out[degree lmax + 1] = component c of the gradient of coefficients[degree lmax]. */
  apply(c: 0 | 1 | 2, lmax: number, coefficients: Float64Array, out: Float64Array): void;
  /** out[degree lmax] -= transpose of the same map on coefficients[degree lmax + 1]. */
  subtractTranspose(c: 0 | 1 | 2, lmax: number, coefficients: Float64Array, out: Float64Array): void;
}

/** Entries of one component, column by column (a column is the harmonic that is differentiated). */
interface Entries {
  readonly first: Int32Array;
  readonly row: Int32Array;
  readonly value: Float64Array;
}

/** Maps for every lmax up to the given one. */
export function planCoordinateGradient(lmax: number): CoordinateGradient {
  const components = [0, 1, 2].map((c) => entries(c as 0 | 1 | 2, lmax));
  return {
    apply(c, top, coefficients, out) {
      const { first, row, value } = components[c];
      const columns = (top + 1) * (top + 1);
      out.fill(0, 0, (top + 2) * (top + 2));
      for (let j = 0; j < columns; j++)
        for (let e = first[j]; e < first[j + 1]; e++) out[row[e]] += value[e] * coefficients[j];
    },
    subtractTranspose(c, top, coefficients, out) {
      const { first, row, value } = components[c];
      const columns = (top + 1) * (top + 1);
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let e = first[j]; e < first[j + 1]; e++) sum += value[e] * coefficients[row[e]];
        out[j] -= sum;
      }
    },
  };
}

function entries(c: 0 | 1 | 2, lmax: number): Entries {
  const first: number[] = [];
  const row: number[] = [];
  const value: number[] = [];
  for (let l = 0; l <= lmax; l++) {
    for (let m = -l; m <= l; m++) {
      first.push(row.length);
      for (const [k, order, factor] of product(c, l, m)) {
        if (k < 0 || Math.abs(order) > k || factor === 0) continue;
        row.push(index(k, order));
        value.push(k > l ? -l * factor : (l + 1) * factor);
      }
    }
  }
  first.push(row.length);
  return { first: Int32Array.from(first), row: Int32Array.from(row), value: Float64Array.from(value) };
}

/** x_c Y_lm as a list of (degree, order, factor). */
function product(c: 0 | 1 | 2, l: number, m: number): [degree: number, order: number, factor: number][] {
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
  const list: [number, number, number][] = [
    [l + 1, up, signUp * raise],
    [l - 1, up, signUp * raiseDown],
  ];
  if (n > 0 && !(sine && n === 1))
    list.push([l + 1, down, signDown * lower], [l - 1, down, signDown * lowerDown]);
  return list;
}
