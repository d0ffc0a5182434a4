import { exact, minus, over, PI, plus, SPLITTER, squareRoot, times } from "../../numerics/double-double.js";
import type { DoubleDouble } from "../../numerics/double-double.js";

/** Latitudes are tabulated in blocks of this many, neighbours in memory. */
export const BLOCK = 4;

/**
 * Normalised associated Legendre functions P_lm(x), 0 <= m <= l <= degree, with Y_{l,m} = P_lm cos(m phi) and
 * Y_{l,-m} = P_lm sin(m phi) orthonormal for dsigma; no Condon-Shortley phase. Every second one is enough: with
 *     S_k = P_{m+2k+1,m} / x,   P_{m+2k+1,m} = x S_k,   P_{m+2k,m} = eps_{m+2k+1,m} S_k + eps_{m+2k,m} S_{k-1},
 * from x P_lm = eps_{l+1,m} P_{l+1,m} + eps_lm P_{l-1,m}, eps_lm = sqrt((l^2 - m^2) / (4 l^2 - 1)) (Ishioka, J. Meteor. Soc.
 * Japan 96 (2018)). Rows S_k of a block of latitudes follow one another, blocks are in order for every order, and a block's
 * rows begin where one of its functions is no longer negligible: at k = first[m * blocks + block].
 */
export interface LegendreTable {
  readonly degree: number;
  readonly blocks: number;
  /** [BLOCK * blocks] x, with zeros in what the last block has too much. */
  readonly nodes: Float64Array;
  /** eps_lm at start[m] + l - m, m <= l <= degree + 2. */
  readonly epsilon: Float64Array;
  readonly start: Int32Array;
  readonly first: Int32Array;
  readonly values: Float64Array;
}

/** The arrays of a table, wherever they lie; `first` takes half a number each. */
export type LegendreRoom = Readonly<Record<"nodes" | "epsilon" | "first" | "values", Float64Array>>;

/** How long they are; of the values so many that they suffice. */
export function legendreSizes(degree: number, count: number): Record<keyof LegendreRoom, number> {
  const blocks = Math.ceil(count / BLOCK);
  const rows = Math.floor(((degree + 2) * (degree + 2)) / 4);
  return {
    nodes: BLOCK * blocks,
    epsilon: epsilonStart(degree, degree + 1),
    first: Math.ceil(((degree + 1) * blocks) / 2),
    values: BLOCK * blocks * rows,
  };
}

/** Orders below m have degree - order + 3 factors each. */
const epsilonStart = (degree: number, m: number): number => m * (degree + 3) - (m * (m - 1)) / 2;

/** Values are carried as mantissa * 2^(-400 e): |mantissa| stays between 2^-200 and 2^200 while e > 0. */
const SCALE = 2 ** 400;
const LARGE = 2 ** 200;

/** What is smaller adds nothing to a sum of functions of norm one. */
const NEGLIGIBLE = 1e-20;

/**
 * Tabulates the S_k at the points x = nodes + tails of (0, 1), into the arrays of `room`, zero at first. The recursion
 *     S_{k+1} = ((x^2 - eps_{l+1}^2 - eps_l^2) S_k - eps_l eps_{l-1} S_{k-1}) / (eps_{l+1} eps_{l+2}),   l = m + 2k + 1,
 * runs in double-double from S_0 = sqrt(2m+3) P_mm, P_mm = c_m (1 - x^2)^{m/2}, so entries are rounded once; exponents are
 * carried aside, so that nothing underflows near the poles (Fukushima, J. Geodesy 86 (2012)).
 */
export function legendreTable(
  degree: number,
  nodes: Float64Array,
  tails: Float64Array,
  room: LegendreRoom,
): LegendreTable {
  const count = nodes.length;
  const blocks = Math.ceil(count / BLOCK);
  const width = BLOCK * blocks;
  const start = Int32Array.from({ length: degree + 1 }, (_, m) => epsilonStart(degree, m));
  const first = new Int32Array(room.first.buffer, room.first.byteOffset, (degree + 1) * blocks);
  room.nodes.set(nodes);

  const squares = Array.from(nodes, (hi, j): DoubleDouble =>
    times({ hi, lo: tails[j] }, { hi, lo: tails[j] }),
  );
  const sines = squares.map((square) => squareRoot(minus(exact(1), square)));
  const diagonal: DoubleDouble[] = squares.map(() => squareRoot(over(exact(1), times(exact(4), PI))));
  const exponents = new Int32Array(count);
  const column = planColumn(squares);
  const rows = new Float64Array((Math.floor(degree / 2) + 1) * width);
  let at = 0;

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
    column.begin(diagonal, squareRoot(exact(2 * m + 3)), exponents);
    const rowCount = ((degree - m) >> 1) + 1;
    let here = epsilonSquared(m + 1, m);
    let rootHere = squareRoot(here);
    let back = exact(0);
    for (let k = 0; k < rowCount; k++) {
      const l = m + 2 * k + 1;
      const above = epsilonSquared(l + 1, m);
      const next = epsilonSquared(l + 2, m);
      const rootAbove = squareRoot(above);
      const rootNext = squareRoot(next);
      room.epsilon[start[m] + l - m] = rootHere.hi;
      room.epsilon[start[m] + l + 1 - m] = rootAbove.hi;
      column.copy(rows, k * width);
      const forth = times(rootAbove, rootNext);
      column.advance(plus(here, above), back, over(exact(1), forth));
      back = forth;
      here = next;
      rootHere = rootNext;
    }
    for (let b = 0; b < blocks; b++) {
      let k = 0;
      while (k < rowCount && negligible(rows, k * width + BLOCK * b)) k++;
      first[m * blocks + b] = k;
      for (; k < rowCount; k++, at += BLOCK) {
        const from = k * width + BLOCK * b;
        for (let j = 0; j < BLOCK; j++) room.values[at + j] = rows[from + j];
      }
    }
  }
  return { ...room, first, degree, blocks, start };
}

const epsilonSquared = (l: number, m: number): DoubleDouble =>
  over(exact(l * l - m * m), exact(4 * l * l - 1));

function negligible(rows: Float64Array, at: number): boolean {
  for (let j = at; j < at + BLOCK; j++) if (Math.abs(rows[j]) > NEGLIGIBLE) return false;
  return true;
}

/**
 * The recursion over all nodes at once. The double-double products are written out (as in double-double.ts) because
 * this loop is nearly all of a plan's time.
 */
function planColumn(squares: readonly DoubleDouble[]) {
  const count = squares.length;
  const squareHi = Float64Array.from(squares, (square) => square.hi);
  const squareLo = Float64Array.from(squares, (square) => square.lo);
  // S_k and S_{k-1}: value and tail
  const hi = new Float64Array(count);
  const lo = new Float64Array(count);
  const pastHi = new Float64Array(count);
  const pastLo = new Float64Array(count);
  const exponent = new Int32Array(count);

  return {
    begin(diagonal: readonly DoubleDouble[], factor: DoubleDouble, exponents: Int32Array): void {
      diagonal.forEach((v, j) => {
        const scaled = times(factor, v);
        hi[j] = scaled.hi;
        lo[j] = scaled.lo;
      });
      pastHi.fill(0);
      pastLo.fill(0);
      exponent.set(exponents);
    },

    copy(out: Float64Array, at: number): void {
      for (let j = 0; j < count; j++) out[at + j] = exponent[j] === 0 ? hi[j] : 0;
    },

    /** (S, past) <- (factor * ((x^2 - centre) S - back * past), S). */
    advance(centre: DoubleDouble, back: DoubleDouble, factor: DoubleDouble): void {
      const bTop = top(back.hi);
      const bEnd = back.hi - bTop;
      const fTop = top(factor.hi);
      const fEnd = factor.hi - fTop;
      for (let j = 0; j < count; j++) {
        const h = hi[j];
        const q = pastHi[j];
        // x^2 - centre
        let s = squareHi[j] - centre.hi;
        let v = s - squareHi[j];
        const sLow = squareHi[j] - (s - v) - (centre.hi + v) + (squareLo[j] - centre.lo);
        const c = s + sLow;
        const cLow = sLow - (c - s);
        // times S
        let t = SPLITTER * h;
        let upper = t - (t - h);
        let lower = h - upper;
        t = SPLITTER * c;
        const cTop = t - (t - c);
        const cEnd = c - cTop;
        const a = c * h;
        const aLow = cTop * upper - a + cTop * lower + cEnd * upper + cEnd * lower + (c * lo[j] + cLow * h);
        // back * past
        t = SPLITTER * q;
        upper = t - (t - q);
        lower = q - upper;
        const b = back.hi * q;
        const bLow =
          bTop * upper - b + bTop * lower + bEnd * upper + bEnd * lower + (back.hi * pastLo[j] + back.lo * q);
        // difference
        s = a - b;
        v = s - a;
        const dLow = a - (s - v) - (b + v) + (aLow - bLow);
        const d = s + dLow;
        const dEnd = dLow - (d - s);
        // times factor
        t = SPLITTER * d;
        upper = t - (t - d);
        lower = d - upper;
        const f = factor.hi * d;
        const fLow =
          fTop * upper - f + fTop * lower + fEnd * upper + fEnd * lower + (factor.hi * dEnd + factor.lo * d);
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
