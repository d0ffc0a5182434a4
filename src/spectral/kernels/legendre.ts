import { exact, minus, over, PI, SPLITTER, squareRoot, times } from "../../numerics/double-double.js";
import type { DoubleDouble } from "../../numerics/double-double.js";

/** Latitudes are tabulated in blocks of this many, neighbours in memory. */
export const BLOCK = 2;

/**
 * Normalised associated Legendre functions P_lm(x), 0 <= m <= l <= degree, with Y_{l,m} = P_lm cos(m phi) and
 * Y_{l,-m} = P_lm sin(m phi) orthonormal for dsigma; no Condon-Shortley phase. P_lm(x_j) stands at
 * values[start[m] + ((j div BLOCK) * (degree - m + 1) + l - m) * BLOCK + j mod BLOCK].
 */
export interface LegendreTable {
  readonly degree: number;
  /** Number of nodes, a multiple of BLOCK. */
  readonly count: number;
  readonly start: Int32Array;
  readonly values: Float64Array;
}

/** Values are carried as mantissa * 2^(-400 e): |mantissa| stays between 2^-200 and 2^200 while e > 0. */
const SCALE = 2 ** 400;
const LARGE = 2 ** 200;

/**
 * Tabulates P_lm at the points x = nodes + tails of (-1, 1). The three-term recursion in l at fixed m,
 *   P_{l+1,m} = (x P_lm - eps_lm P_{l-1,m}) / eps_{l+1,m},   eps_lm = sqrt((l^2 - m^2) / (4 l^2 - 1)),
 * runs in double-double from P_mm = c_m (1 - x^2)^{m/2}, so entries are rounded once; exponents are carried aside, so
 * that nothing underflows near the poles (Fukushima, J. Geodesy 86 (2012)).
 */
export function legendreTable(degree: number, nodes: Float64Array, tails: Float64Array): LegendreTable {
  const count = nodes.length;
  if (count % BLOCK !== 0)
    throw new RangeError(`legendreTable: want a multiple of ${BLOCK} nodes, got ${count}.`);
  const start = new Int32Array(degree + 1);
  for (let m = 1; m <= degree; m++) start[m] = start[m - 1] + (degree - m + 2) * count;
  const values = new Float64Array(start[degree] + count);

  const x = Array.from(nodes, (hi, j): DoubleDouble => ({ hi, lo: tails[j] }));
  const sines = x.map((v) => squareRoot(minus(exact(1), times(v, v))));
  const diagonal: DoubleDouble[] = x.map(() => squareRoot(over(exact(1), times(exact(4), PI))));
  const exponents = new Int32Array(count);
  const column = planColumn(nodes, tails);

  for (let m = 0; m <= degree; m++) {
    // P_mm = sqrt((2m+1)/(2m)) sin P_{m-1,m-1}; the step from m = 0 has sqrt 3, since cosines carry a factor sqrt 2.
    const step = squareRoot(m === 1 ? exact(3) : over(exact(2 * m + 1), exact(2 * m || 1)));
    for (let j = 0; j < count && m > 0; j++) {
      diagonal[j] = times(times(step, sines[j]), diagonal[j]);
      if (diagonal[j].hi < 1 / LARGE) {
        diagonal[j] = times(diagonal[j], exact(SCALE));
        exponents[j]++;
      }
    }
    column.begin(diagonal, exponents);
    const width = degree - m + 1;
    let before = exact(0);
    for (let l = m; l <= degree; l++) {
      const base = start[m] + (l - m) * BLOCK;
      for (let j = 0; j < count; j++)
        values[base + ((j / BLOCK) | 0) * width * BLOCK + (j % BLOCK)] = column.value(j);
      const after = epsilon(l + 1, m);
      column.advance(before, over(exact(1), after));
      before = after;
    }
  }
  return { degree, count, start, values };
}

const epsilon = (l: number, m: number): DoubleDouble =>
  squareRoot(over(exact(l * l - m * m), exact(4 * l * l - 1)));

/**
 * The recursion over all nodes at once. The double-double products are written out (as in double-double.ts) because
 * this loop is nearly all of a plan's time.
 */
function planColumn(nodes: Float64Array, tails: Float64Array) {
  const count = nodes.length;
  const nodeTops = nodes.map(top);
  // P_lm and P_{l-1,m}: value, tail and upper half of the value
  const hi = new Float64Array(count);
  const lo = new Float64Array(count);
  const pastHi = new Float64Array(count);
  const pastLo = new Float64Array(count);
  const exponent = new Int32Array(count);

  return {
    begin(diagonal: readonly DoubleDouble[], exponents: Int32Array): void {
      diagonal.forEach((v, j) => {
        hi[j] = v.hi;
        lo[j] = v.lo;
      });
      pastHi.fill(0);
      pastLo.fill(0);
      exponent.set(exponents);
    },

    value: (j: number): number => (exponent[j] === 0 ? hi[j] : 0),

    /** (P, past) <- (factor * (x P - back * past), P). */
    advance(back: DoubleDouble, factor: DoubleDouble): void {
      const bTop = top(back.hi);
      const bEnd = back.hi - bTop;
      const fTop = top(factor.hi);
      const fEnd = factor.hi - fTop;
      for (let j = 0; j < count; j++) {
        const h = hi[j];
        const q = pastHi[j];
        // x P
        let t = SPLITTER * h;
        let upper = t - (t - h);
        let lower = h - upper;
        const xTop = nodeTops[j];
        const xEnd = nodes[j] - xTop;
        const a = nodes[j] * h;
        const aLow =
          xTop * upper - a + xTop * lower + xEnd * upper + xEnd * lower + (nodes[j] * lo[j] + tails[j] * h);
        // back * past
        t = SPLITTER * q;
        upper = t - (t - q);
        lower = q - upper;
        const b = back.hi * q;
        const bLow =
          bTop * upper - b + bTop * lower + bEnd * upper + bEnd * lower + (back.hi * pastLo[j] + back.lo * q);
        // difference
        const s = a - b;
        const v = s - a;
        const sLow = a - (s - v) - (b + v) + (aLow - bLow);
        const d = s + sLow;
        const dLow = sLow - (d - s);
        // times factor
        t = SPLITTER * d;
        upper = t - (t - d);
        lower = d - upper;
        const f = factor.hi * d;
        const fLow =
          fTop * upper - f + fTop * lower + fEnd * upper + fEnd * lower + (factor.hi * dLow + factor.lo * d);
        const sum = f + fLow;
        pastHi[j] = h;
        pastLo[j] = lo[j];
        hi[j] = sum;
        lo[j] = fLow - (sum - f);
        if (exponent[j] > 0 && Math.abs(sum) > LARGE) {
          exponent[j]--;
          hi[j] /= SCALE;
          lo[j] /= SCALE;
          pastHi[j] /= SCALE;
          pastLo[j] /= SCALE;
        }
      }
    },
  };
}

/** The upper 26 bits (Veltkamp). */
const top = (value: number): number => {
  const t = SPLITTER * value;
  return t - (t - value);
};
