import { turn } from "./turn.js";

/** Discrete Fourier transforms of one length; arrays are interleaved (re, im), 2 * length long, and must differ. */
export interface Fourier {
  readonly length: number;
  /** out_k = sum_j data_j e^{-2 pi i j k / length} */
  transform(out: Float64Array, data: Float64Array): void;
}

/** The least 2^k or 3 * 2^k that is even and at least n: the lengths that transforms have. */
export function fittingLength(n: number): number {
  let length = 2;
  while (length < n) length *= 2;
  const between = 0.75 * length;
  return between >= n && between >= 6 ? between : length;
}

/**
 * Plans a transform of a length 2^k or 3 * 2^k, k >= 1, by Stockham's passes (Cochran et al., What is the fast Fourier
 * transform?, Proc. IEEE 55 (1967)), which leave the numbers in order. The inverse (without 1/length) is the same
 * transform with real and imaginary parts swapped on both sides.
 */
export function planFourier(length: number): Fourier {
  if (!Number.isInteger(length) || length < 2 || fittingLength(length) !== length)
    throw new RangeError(`planFourier: length must be 2^k or 3 * 2^k and even, got ${length}.`);
  const radices = radicesOf(length);
  const factors = twiddles(length);
  const other = new Float64Array(2 * length);
  return {
    length,
    transform(out, data) {
      let n = length;
      let side = 1;
      let at = 0;
      let x = data;
      let y = radices.length % 2 === 1 ? out : other;
      for (const radix of radices) {
        PASSES[radix](n, side, x, y, factors, at);
        x = y;
        y = y === out ? other : out;
        n /= radix;
        side *= radix;
        at += 6 * n;
      }
    },
  };
}

type Radix = 2 | 3 | 4 | 8;

/** 3 first where it divides, then 4, and last 8, 4 or 2. */
function radicesOf(length: number): Radix[] {
  const radices: Radix[] = [];
  let n = length;
  if (n % 3 === 0) {
    radices.push(3);
    n /= 3;
  }
  for (; n >= 4 && n !== 8; n /= 4) radices.push(4);
  if (n > 1) radices.push(n as 2 | 8);
  return radices;
}

/**
 * The factors of the passes one after the other: after a pass of sequences of radix * m numbers, for p < m,
 * e^{-2 pi i p j / (radix m)}, j = 1, 2, 3, (re, im) each.
 */
export function twiddles(length: number): Float64Array {
  const factors: number[] = [];
  let n = length;
  for (const radix of radicesOf(length)) {
    for (let p = 0; p < n / radix; p++)
      for (let j = 1; j <= 3; j++) {
        const [cosine, sine] = turn((p * j) % n, n);
        factors.push(cosine, -sine);
      }
    n /= radix;
  }
  return Float64Array.from(factors);
}

/**
 * One pass on `side` interleaved sequences of n numbers, m = n / radix: for p < m and q < side,
 *     y[q + side (radix p + j)] = w^{p j} sum_i x[q + side (p + m i)] e^{-2 pi i i j / radix},   w = e^{-2 pi i / n}.
 * What is p = 0 is not multiplied.
 */
type Pass = (n: number, side: number, x: Float64Array, y: Float64Array, w: Float64Array, at: number) => void;

const SINE_3 = 0.8660254037844386;
const SINE_8 = Math.SQRT1_2;

const PASSES: Readonly<Record<Radix, Pass>> = { 2: pass2, 3: pass3, 4: pass4, 8: pass8 };

/** The last pass, n = 2. */
function pass2(_n: number, side: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < 2 * side; i++) {
    const a = x[i];
    const b = x[i + 2 * side];
    y[i] = a + b;
    y[i + 2 * side] = a - b;
  }
}

function pass3(n: number, side: number, x: Float64Array, y: Float64Array, w: Float64Array, at: number): void {
  const step = 2 * side;
  const third = (n / 3) * step;
  for (let p = 0; p < n / 3; p++) {
    const w1r = w[at + 6 * p];
    const w1i = w[at + 6 * p + 1];
    const w2r = w[at + 6 * p + 2];
    const w2i = w[at + 6 * p + 3];
    let to = 3 * p * step;
    for (let i = p * step; i < (p + 1) * step; i += 2, to += 2) {
      const ar = x[i];
      const ai = x[i + 1];
      const br = x[i + third];
      const bi = x[i + third + 1];
      const cr = x[i + 2 * third];
      const ci = x[i + 2 * third + 1];
      const sr = br + cr;
      const si = bi + ci;
      const mr = ar - 0.5 * sr;
      const mi = ai - 0.5 * si;
      const dr = (br - cr) * SINE_3;
      const di = (bi - ci) * SINE_3;
      const ur = mr + di;
      const ui = mi - dr;
      const vr = mr - di;
      const vi = mi + dr;
      y[to] = ar + sr;
      y[to + 1] = ai + si;
      if (p === 0) {
        y[to + step] = ur;
        y[to + step + 1] = ui;
        y[to + 2 * step] = vr;
        y[to + 2 * step + 1] = vi;
      } else {
        y[to + step] = ur * w1r - ui * w1i;
        y[to + step + 1] = ur * w1i + ui * w1r;
        y[to + 2 * step] = vr * w2r - vi * w2i;
        y[to + 2 * step + 1] = vr * w2i + vi * w2r;
      }
    }
  }
}

function pass4(n: number, side: number, x: Float64Array, y: Float64Array, w: Float64Array, at: number): void {
  const step = 2 * side;
  const quarter = (n / 4) * step;
  for (let i = 0; i < step; i += 2) {
    const b = i + quarter;
    const c = b + quarter;
    const d = c + quarter;
    four(y, i, step, x[i], x[i + 1], x[b], x[b + 1], x[c], x[c + 1], x[d], x[d + 1]);
  }
  for (let p = 1; p < n / 4; p++) {
    const w1r = w[at + 6 * p];
    const w1i = w[at + 6 * p + 1];
    const w2r = w[at + 6 * p + 2];
    const w2i = w[at + 6 * p + 3];
    const w3r = w[at + 6 * p + 4];
    const w3i = w[at + 6 * p + 5];
    let to = 4 * p * step;
    for (let i = p * step; i < (p + 1) * step; i += 2, to += 2) {
      const ar = x[i];
      const ai = x[i + 1];
      const br = x[i + quarter];
      const bi = x[i + quarter + 1];
      const cr = x[i + 2 * quarter];
      const ci = x[i + 2 * quarter + 1];
      const dr = x[i + 3 * quarter];
      const di = x[i + 3 * quarter + 1];
      const pr = ar + cr;
      const pi = ai + ci;
      const mr = ar - cr;
      const mi = ai - ci;
      const qr = br + dr;
      const qi = bi + di;
      const jr = bi - di;
      const ji = dr - br;
      const ur = mr + jr;
      const ui = mi + ji;
      const vr = pr - qr;
      const vi = pi - qi;
      const tr = mr - jr;
      const ti = mi - ji;
      y[to] = pr + qr;
      y[to + 1] = pi + qi;
      y[to + step] = ur * w1r - ui * w1i;
      y[to + step + 1] = ur * w1i + ui * w1r;
      y[to + 2 * step] = vr * w2r - vi * w2i;
      y[to + 2 * step + 1] = vr * w2i + vi * w2r;
      y[to + 3 * step] = tr * w3r - ti * w3i;
      y[to + 3 * step + 1] = tr * w3i + ti * w3r;
    }
  }
}

/** The last pass, n = 8: sums give the even numbers; differences, turned by no, one, two and three eighths, the odd ones. */
function pass8(_n: number, side: number, x: Float64Array, y: Float64Array): void {
  const step = 2 * side;
  for (let i = 0; i < step; i += 2) {
    const ar = x[i];
    const ai = x[i + 1];
    const br = x[i + step];
    const bi = x[i + step + 1];
    const cr = x[i + 2 * step];
    const ci = x[i + 2 * step + 1];
    const dr = x[i + 3 * step];
    const di = x[i + 3 * step + 1];
    const er = x[i + 4 * step];
    const ei = x[i + 4 * step + 1];
    const fr = x[i + 5 * step];
    const fi = x[i + 5 * step + 1];
    const gr = x[i + 6 * step];
    const gi = x[i + 6 * step + 1];
    const hr = x[i + 7 * step];
    const hi = x[i + 7 * step + 1];
    four(y, i, 2 * step, ar + er, ai + ei, br + fr, bi + fi, cr + gr, ci + gi, dr + hr, di + hi);
    const vr = br - fr;
    const vi = bi - fi;
    const wr = dr - hr;
    const wi = di - hi;
    const turnedVr = (vr + vi) * SINE_8;
    const turnedVi = (vi - vr) * SINE_8;
    const turnedWr = (wi - wr) * SINE_8;
    const turnedWi = -((wr + wi) * SINE_8);
    four(y, i + step, 2 * step, ar - er, ai - ei, turnedVr, turnedVi, ci - gi, gr - cr, turnedWr, turnedWi);
  }
}

/** The transform of (a, b, c, d) to y, from `to` in steps. */
function four(
  y: Float64Array,
  to: number,
  step: number,
  ar: number,
  ai: number,
  br: number,
  bi: number,
  cr: number,
  ci: number,
  dr: number,
  di: number,
): void {
  const pr = ar + cr;
  const pi = ai + ci;
  const mr = ar - cr;
  const mi = ai - ci;
  const qr = br + dr;
  const qi = bi + di;
  const jr = bi - di;
  const ji = dr - br;
  y[to] = pr + qr;
  y[to + 1] = pi + qi;
  y[to + step] = mr + jr;
  y[to + step + 1] = mi + ji;
  y[to + 2 * step] = pr - qr;
  y[to + 2 * step + 1] = pi - qi;
  y[to + 3 * step] = mr - jr;
  y[to + 3 * step + 1] = mi - ji;
}
