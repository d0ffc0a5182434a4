import { madd, nmadd } from "./multiply-add";

/*
 * Fourier transforms of two complex sequences at once, one in each lane: Stockham's passes, the factors and butterflies of
 * src/numerics/fft.ts. A number is its real parts, then its imaginary parts, 32 bytes; a row of values holds one number in 8
 * bytes every `stride` bytes. Lengths are at least 16, so that the first pass has radix 3 or 4 and the last 4 or 8.
 */

/** One number's bytes, and those of three twiddle factors. */
export const NUMBER: usize = 32;
export const TWIDDLES: usize = 48;
const SINE_3: f64 = 0.8660254037844386;
const SINE_8: f64 = 0.7071067811865476;

/** Four real rows: north and south, of either lane. */
@unmanaged
export class Rows {
  north0: usize;
  south0: usize;
  north1: usize;
  south1: usize;
  stride: usize;
}

// @ts-ignore: decorator
@inline
function gather(row0: usize, row1: usize): v128 {
  return v128.load_lane<f64>(row1, v128.load_zero<f64>(row0), 1);
}

// @ts-ignore: decorator
@inline
function scatter(row0: usize, row1: usize, pair: v128): void {
  v128.store_lane<f64>(row0, pair, 0);
  v128.store_lane<f64>(row1, pair, 1);
}

// @ts-ignore: decorator
@inline
function put(y: usize, re: v128, im: v128): void {
  v128.store(y, re);
  v128.store(y, im, 16);
}

/** y <- (re + i im) w, w at t. */
// @ts-ignore: decorator
@inline
function putTurned(y: usize, re: v128, im: v128, t: usize): void {
  const c = v128.load_splat<f64>(t);
  const s = v128.load_splat<f64>(t, 8);
  put(y, nmadd(im, s, f64x2.mul(re, c)), madd(im, c, f64x2.mul(re, s)));
}

/** The transform of (a, b, c) to y, y + step, y + 2 step; turned by the factors at t unless it is 0. */
// prettier-ignore
// @ts-ignore: decorator
@inline
export function butterfly3(y: usize, step: usize, t: usize, turned: bool, ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128): void {
  const sr = f64x2.add(br, cr), si = f64x2.add(bi, ci);
  const half = f64x2.splat(0.5), sine = f64x2.splat(SINE_3);
  const mr = nmadd(sr, half, ar), mi = nmadd(si, half, ai);
  const dr = f64x2.mul(f64x2.sub(br, cr), sine), di = f64x2.mul(f64x2.sub(bi, ci), sine);
  put(y, f64x2.add(ar, sr), f64x2.add(ai, si));
  if (turned) {
    putTurned(y + step, f64x2.add(mr, di), f64x2.sub(mi, dr), t);
    putTurned(y + 2 * step, f64x2.sub(mr, di), f64x2.add(mi, dr), t + 16);
  } else {
    put(y + step, f64x2.add(mr, di), f64x2.sub(mi, dr));
    put(y + 2 * step, f64x2.sub(mr, di), f64x2.add(mi, dr));
  }
}

/** The transform of (a, b, c, d), likewise. */
// prettier-ignore
// @ts-ignore: decorator
@inline
export function butterfly4(y: usize, step: usize, t: usize, turned: bool, ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128, dr: v128, di: v128): void {
  const pr = f64x2.add(ar, cr), pi = f64x2.add(ai, ci), mr = f64x2.sub(ar, cr), mi = f64x2.sub(ai, ci);
  const qr = f64x2.add(br, dr), qi = f64x2.add(bi, di), jr = f64x2.sub(bi, di), ji = f64x2.sub(dr, br);
  put(y, f64x2.add(pr, qr), f64x2.add(pi, qi));
  if (turned) {
    putTurned(y + step, f64x2.add(mr, jr), f64x2.add(mi, ji), t);
    putTurned(y + 2 * step, f64x2.sub(pr, qr), f64x2.sub(pi, qi), t + 16);
    putTurned(y + 3 * step, f64x2.sub(mr, jr), f64x2.sub(mi, ji), t + 32);
  } else {
    put(y + step, f64x2.add(mr, jr), f64x2.add(mi, ji));
    put(y + 2 * step, f64x2.sub(pr, qr), f64x2.sub(pi, qi));
    put(y + 3 * step, f64x2.sub(mr, jr), f64x2.sub(mi, ji));
  }
}

/** One number of a spectrum, real part north and imaginary part south, from rows. */
// prettier-ignore
// @ts-ignore: decorator
@inline
function gather3(y: usize, t: usize, turned: bool, n0: usize, n1: usize, s0: usize, s1: usize, third: usize): void {
  butterfly3(y, NUMBER, t, turned, gather(n0, n1), gather(s0, s1),
    gather(n0 + third, n1 + third), gather(s0 + third, s1 + third),
    gather(n0 + 2 * third, n1 + 2 * third), gather(s0 + 2 * third, s1 + 2 * third));
}

// prettier-ignore
// @ts-ignore: decorator
@inline
function gather4(y: usize, t: usize, turned: bool, n0: usize, n1: usize, s0: usize, s1: usize, q: usize): void {
  butterfly4(y, NUMBER, t, turned, gather(n0, n1), gather(s0, s1), gather(n0 + q, n1 + q), gather(s0 + q, s1 + q),
    gather(n0 + 2 * q, n1 + 2 * q), gather(s0 + 2 * q, s1 + 2 * q), gather(n0 + 3 * q, n1 + 3 * q), gather(s0 + 3 * q, s1 + 3 * q));
}

/** The first pass of north + i south, from rows. */
function firstPass(length: i32, rows: Rows, y: usize, t: usize): void {
  const stride = rows.stride;
  const radix: usize = length % 3 ? 4 : 3;
  const part = (<usize>length / radix) * stride;
  let n0 = rows.north0;
  let n1 = rows.north1;
  let s0 = rows.south0;
  let s1 = rows.south1;
  const end = n0 + part;
  if (radix === 3) gather3(y, t, false, n0, n1, s0, s1, part);
  else gather4(y, t, false, n0, n1, s0, s1, part);
  for (n0 += stride; n0 < end; n0 += stride) {
    n1 += stride;
    s0 += stride;
    s1 += stride;
    y += radix * NUMBER;
    t += TWIDDLES;
    if (radix === 3) gather3(y, t, true, n0, n1, s0, s1, part);
    else gather4(y, t, true, n0, n1, s0, s1, part);
  }
}

// prettier-ignore
// @ts-ignore: decorator
@inline
function passed4(y: usize, step: usize, t: usize, turned: bool, x: usize, q: usize): void {
  const b = x + q, c = b + q, d = c + q;
  butterfly4(y, step, t, turned, v128.load(x), v128.load(x, 16), v128.load(b), v128.load(b, 16),
    v128.load(c), v128.load(c, 16), v128.load(d), v128.load(d, 16));
}

/** A pass of radix 4 on sequences of n numbers, s of them side by side. */
function pass4(n: i32, s: i32, x: usize, y: usize, t: usize): void {
  const step = <usize>s * NUMBER;
  const quarter = <usize>(n >> 2) * step;
  const end = x + quarter;
  let stop = x + step;
  for (; x < stop; x += NUMBER, y += NUMBER) passed4(y, step, t, false, x, quarter);
  while (x < end) {
    y += 3 * step;
    t += TWIDDLES;
    stop += step;
    for (; x < stop; x += NUMBER, y += NUMBER) passed4(y, step, t, true, x, quarter);
  }
}

/** Where the last pass leaves its numbers: in order from y, or as rows that the inverse transform reaches by swapped parts. */
// prettier-ignore
// @ts-ignore: decorator
@inline
function leave(toRows: bool, re: v128, im: v128, y: usize, n0: usize, n1: usize, s0: usize, s1: usize): void {
  if (toRows) {
    scatter(s0, s1, re);
    scatter(n0, n1, im);
  } else put(y, re, im);
}

/** A 4-point transform of (a, b, c, d) that is left there. */
// prettier-ignore
// @ts-ignore: decorator
@inline
function leave4(toRows: bool, ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128, dr: v128, di: v128, y: usize, step: usize, n0: usize, n1: usize, s0: usize, s1: usize, r: usize): void {
  const pr = f64x2.add(ar, cr), pi = f64x2.add(ai, ci), mr = f64x2.sub(ar, cr), mi = f64x2.sub(ai, ci);
  const qr = f64x2.add(br, dr), qi = f64x2.add(bi, di), jr = f64x2.sub(bi, di), ji = f64x2.sub(dr, br);
  leave(toRows, f64x2.add(pr, qr), f64x2.add(pi, qi), y, n0, n1, s0, s1);
  leave(toRows, f64x2.add(mr, jr), f64x2.add(mi, ji), y + step, n0 + r, n1 + r, s0 + r, s1 + r);
  leave(toRows, f64x2.sub(pr, qr), f64x2.sub(pi, qi), y + 2 * step, n0 + 2 * r, n1 + 2 * r, s0 + 2 * r, s1 + 2 * r);
  leave(toRows, f64x2.sub(mr, jr), f64x2.sub(mi, ji), y + 3 * step, n0 + 3 * r, n1 + 3 * r, s0 + 3 * r, s1 + 3 * r);
}

// prettier-ignore
// @ts-ignore: decorator
@inline
function last4(toRows: bool, x: usize, step: usize, y: usize, n0: usize, n1: usize, s0: usize, s1: usize, r: usize): void {
  const b = x + step, c = b + step, d = c + step;
  leave4(toRows, v128.load(x), v128.load(x, 16), v128.load(b), v128.load(b, 16), v128.load(c), v128.load(c, 16),
    v128.load(d), v128.load(d, 16), y, step, n0, n1, s0, s1, r);
}

/** Of radix 8: sums give the even numbers; differences, turned by no, one, two and three eighths, the odd ones. */
// prettier-ignore
// @ts-ignore: decorator
@inline
function last8(toRows: bool, x: usize, step: usize, y: usize, n0: usize, n1: usize, s0: usize, s1: usize, r: usize): void {
  const u = x + 4 * step, h = f64x2.splat(SINE_8);
  const ar = v128.load(x), ai = v128.load(x, 16), er = v128.load(u), ei = v128.load(u, 16);
  const br = v128.load(x + step), bi = v128.load(x + step, 16), fr = v128.load(u + step), fi = v128.load(u + step, 16);
  const cr = v128.load(x + 2 * step), ci = v128.load(x + 2 * step, 16), gr = v128.load(u + 2 * step), gi = v128.load(u + 2 * step, 16);
  const dr = v128.load(x + 3 * step), di = v128.load(x + 3 * step, 16), hr = v128.load(u + 3 * step), hi = v128.load(u + 3 * step, 16);
  leave4(toRows, f64x2.add(ar, er), f64x2.add(ai, ei), f64x2.add(br, fr), f64x2.add(bi, fi),
    f64x2.add(cr, gr), f64x2.add(ci, gi), f64x2.add(dr, hr), f64x2.add(di, hi), y, 2 * step, n0, n1, s0, s1, 2 * r);
  const vr = f64x2.sub(br, fr), vi = f64x2.sub(bi, fi), wr = f64x2.sub(dr, hr), wi = f64x2.sub(di, hi);
  leave4(toRows, f64x2.sub(ar, er), f64x2.sub(ai, ei), f64x2.mul(f64x2.add(vr, vi), h), f64x2.mul(f64x2.sub(vi, vr), h),
    f64x2.sub(ci, gi), f64x2.sub(gr, cr), f64x2.mul(f64x2.sub(wi, wr), h), f64x2.neg(f64x2.mul(f64x2.add(wr, wi), h)),
    y + step, 2 * step, n0 + r, n1 + r, s0 + r, s1 + r, 2 * r);
}

/** From the first pass, which left its numbers in x, to the last: the one of x and y that holds them then. */
function middlePasses(length: i32, x: usize, y: usize, t: usize): usize {
  const radix = length % 3 ? 4 : 3;
  let n = length / radix;
  let s = radix;
  t += <usize>n * TWIDDLES;
  while (n > 8) {
    pass4(n, s, x, y, t);
    t += <usize>(n >> 2) * TWIDDLES;
    n >>= 2;
    s <<= 2;
    const z = x;
    x = y;
    y = z;
  }
  return x;
}

/** The radix of the last pass: 8 where passes of radix 4 alone would leave a factor 2. */
// @ts-ignore: decorator
@inline
function lastRadix(length: i32): i32 {
  return ctz(length) & 1 ? 8 : 4;
}

/** The transform of north + i south; x and y are room for `length` numbers each. Gives the one that holds the spectrum. */
export function fromRows(length: i32, rows: Rows, x: usize, y: usize, t: usize): usize {
  firstPass(length, rows, x, t);
  const from = middlePasses(length, x, y, t);
  const to = from === x ? y : x;
  const radix = lastRadix(length);
  const step = <usize>(length / radix) * NUMBER;
  for (let i: usize = 0; i < step; i += NUMBER) {
    if (radix === 8) last8(false, from + i, step, to + i, 0, 0, 0, 0, 0);
    else last4(false, from + i, step, to + i, 0, 0, 0, 0, 0);
  }
  return to;
}

/** The rest of the inverse transform after its first pass, which left its numbers in x. */
export function toRows(length: i32, rows: Rows, x: usize, y: usize, t: usize): void {
  let from = middlePasses(length, x, y, t);
  const stride = rows.stride;
  const radix = lastRadix(length);
  const step = <usize>(length / radix) * NUMBER;
  const part = <usize>(length / radix) * stride;
  let n0 = rows.north0;
  let n1 = rows.north1;
  let s0 = rows.south0;
  let s1 = rows.south1;
  for (const end = from + step; from < end; from += NUMBER) {
    if (radix === 8) last8(true, from, step, 0, n0, n1, s0, s1, part);
    else last4(true, from, step, 0, n0, n1, s0, s1, part);
    n0 += stride;
    n1 += stride;
    s0 += stride;
    s1 += stride;
  }
}
