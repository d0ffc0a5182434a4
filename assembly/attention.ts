import { exp2Pair } from "./exp2";
import { madd } from "./multiply-add";

// Arrays are given by the index of their first number. What each function does is said where its twin is declared, in
// src/models/attention/kernels/arithmetic.ts.

/** A piece of a product: what its tiles read from the left is in the first cache, from the right in the second. */
const DEPTH: i32 = 256;
const TOKENS: i32 = 64;

// @ts-ignore: decorator
@inline
function at(index: i32): usize {
  return (<usize>index) << 3;
}

/** out[4 rows][4 lanes] (+)= sum_k left[4 rows][k] right[k][4 lanes], k in order; a row has `width` bytes. */
// @ts-ignore: decorator
@inline
function tile(left: usize, width: usize, right: usize, out: usize, depth: i32, fresh: bool): void {
  let a0 = f64x2.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  if (!fresh) {
    a0 = v128.load(out);
    a1 = v128.load(out, 16);
    b0 = v128.load(out, 32);
    b1 = v128.load(out, 48);
    c0 = v128.load(out, 64);
    c1 = v128.load(out, 80);
    d0 = v128.load(out, 96);
    d1 = v128.load(out, 112);
  }
  let second = left + width, third = second + width, fourth = third + width;
  const end = left + at(depth);
  while (left < end) {
    const x = v128.load(right);
    const y = v128.load(right, 16);
    let s = v128.load64_splat(left);
    a0 = madd(s, x, a0);
    a1 = madd(s, y, a1);
    s = v128.load64_splat(second);
    b0 = madd(s, x, b0);
    b1 = madd(s, y, b1);
    s = v128.load64_splat(third);
    c0 = madd(s, x, c0);
    c1 = madd(s, y, c1);
    s = v128.load64_splat(fourth);
    d0 = madd(s, x, d0);
    d1 = madd(s, y, d1);
    left += 8;
    second += 8;
    third += 8;
    fourth += 8;
    right += 32;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out, b0, 32);
  v128.store(out, b1, 48);
  v128.store(out, c0, 64);
  v128.store(out, c1, 80);
  v128.store(out, d0, 96);
  v128.store(out, d1, 112);
}

export function product(
  left: i32,
  rows: i32,
  depth: i32,
  right: i32,
  rightStride: i32,
  out: i32,
  outStride: i32,
  tokens: i32,
  more: bool,
): void {
  const width = at(depth);
  for (let first = 0; first < tokens; first += TOKENS) {
    const end = min(first + TOKENS, tokens);
    for (let k = 0; k < depth; k += DEPTH) {
      const count = min(DEPTH, depth - k);
      const fresh = !more && k === 0;
      let l = at(left + k);
      for (let row = 0; row < rows; row += 4) {
        let r = at(right + 4 * k);
        let o = at(out + 4 * row);
        for (let i = first; i < end; i += 4) {
          tile(l, width, r, o, count, fresh);
          r += at(rightStride);
          o += at(outStride);
        }
        l += 4 * width;
      }
    }
    right += (TOKENS / 4) * rightStride;
    out += (TOKENS / 4) * outStride;
  }
}

export function weigh(scores: i32, out: i32, stride: i32, weights: i32, n: i32, tokens: i32, sums: i32): void {
  let z = at(sums);
  for (let i = 0; i < tokens; i += 4) {
    let s = at(scores), p = at(out), w = at(weights);
    let z0 = f64x2.splat(0), z1 = z0;
    const end = w + at(n);
    while (w < end) {
      const c = v128.load64_splat(w);
      const p0 = f64x2.mul(c, exp2Pair(v128.load(s)));
      const p1 = f64x2.mul(c, exp2Pair(v128.load(s, 16)));
      v128.store(p, p0);
      v128.store(p, p1, 16);
      z0 = f64x2.add(z0, p0);
      z1 = f64x2.add(z1, p1);
      s += 32;
      p += 32;
      w += 8;
    }
    v128.store(z, z0);
    v128.store(z, z1, 16);
    z += 32;
    scores += stride;
    out += stride;
  }
}

export function shift(scores: i32, out: i32, stride: i32, weights: i32, n: i32, tokens: i32): void {
  const least = f64x2.splat(-1021);
  const zero = f64x2.splat(0);
  for (let i = 0; i < tokens; i += 4) {
    let s = at(scores), p = at(out), w = at(weights);
    let most0 = f64x2.splat(-Infinity), most1 = most0;
    const end = w + at(n);
    for (; w < end; w += 8, s += 32) {
      if (load<f64>(w) === 0) continue;
      most0 = f64x2.pmax(most0, v128.load(s));
      most1 = f64x2.pmax(most1, v128.load(s, 16));
    }
    s = at(scores);
    const last = s + at(4 * n);
    for (; s < last; s += 32, p += 32) {
      v128.store(p, f64x2.pmax(f64x2.pmin(f64x2.sub(v128.load(s), most0), zero), least));
      v128.store(p, f64x2.pmax(f64x2.pmin(f64x2.sub(v128.load(s, 16), most1), zero), least), 16);
    }
    scores += stride;
    out += stride;
  }
}

export function hadamard(p: i32, factor: i32, stride: i32, n: i32, tokens: i32, sums: i32): void {
  let z = at(sums);
  for (let i = 0; i < tokens; i += 4) {
    let q = at(p), f = at(factor);
    let z0 = f64x2.splat(0), z1 = z0;
    const end = q + at(4 * n);
    for (; q < end; q += 32, f += 32) {
      const f0 = f64x2.mul(v128.load(q), v128.load(f));
      const f1 = f64x2.mul(v128.load(q, 16), v128.load(f, 16));
      v128.store(f, f0);
      v128.store(f, f1, 16);
      z0 = f64x2.add(z0, f0);
      z1 = f64x2.add(z1, f1);
    }
    v128.store(z, z0);
    v128.store(z, z1, 16);
    z += 32;
    p += stride;
    factor += stride;
  }
}

export function divide(v: i32, stride: i32, rows: i32, tokens: i32, sums: i32): void {
  let z = at(sums);
  for (let i = 0; i < tokens; i += 4) {
    const r0 = f64x2.div(f64x2.splat(1), v128.load(z));
    const r1 = f64x2.div(f64x2.splat(1), v128.load(z, 16));
    const end = at(v + 4 * rows);
    for (let k = at(v); k < end; k += 32) {
      v128.store(k, f64x2.mul(v128.load(k), r0));
      v128.store(k, f64x2.mul(v128.load(k, 16), r1), 16);
    }
    z += 32;
    v += stride;
  }
}

export function unpack(v: i32, stride: i32, d: i32, tokens: i32, out: i32): void {
  for (let i = 0; i < tokens; i += 4) {
    const count = min(4, tokens - i);
    for (let t = 0; t < count; t++) {
      let from = at(v + t), to = at(out);
      const end = to + at(d);
      for (; to < end; to += 8, from += 32) store<f64>(to, load<f64>(from));
      out += d;
    }
    v += stride;
  }
}

/** `average` in d dimensions, known when this is compiled, for two tokens. */
// @ts-ignore: decorator
@inline
function averagePair(d: i32, u: usize, y: usize, w: usize, n: i32, out: usize, sum: usize): void {
  const zero = f64x2.splat(0);
  const u0 = v128.load(u);
  const u1 = v128.load(u, 32);
  const u2 = d > 2 ? v128.load(u, 64) : zero;
  const u3 = d > 3 ? v128.load(u, 96) : zero;
  let total = zero, m0 = zero, m1 = zero, m2 = zero, m3 = zero;
  const end = w + at(n);
  while (w < end) {
    const y0 = v128.load64_splat(y);
    const y1 = v128.load64_splat(y, 8);
    let s = madd(y1, u1, f64x2.mul(y0, u0));
    if (d > 2) s = madd(v128.load64_splat(y, 16), u2, s);
    if (d > 3) s = madd(v128.load64_splat(y, 24), u3, s);
    const p = f64x2.mul(v128.load64_splat(w), exp2Pair(s));
    total = f64x2.add(total, p);
    m0 = madd(p, y0, m0);
    m1 = madd(p, y1, m1);
    if (d > 2) m2 = madd(p, v128.load64_splat(y, 16), m2);
    if (d > 3) m3 = madd(p, v128.load64_splat(y, 24), m3);
    y += d << 3;
    w += 8;
  }
  v128.store(sum, total);
  v128.store(out, m0);
  v128.store(out, m1, 32);
  if (d > 2) v128.store(out, m2, 64);
  if (d > 3) v128.store(out, m3, 96);
}

export function average(
  d: i32,
  tilts: i32,
  points: i32,
  weights: i32,
  n: i32,
  out: i32,
  stride: i32,
  tokens: i32,
  sums: i32,
): void {
  const y = at(points), w = at(weights);
  for (let i = 0; i < tokens; i += 2) {
    const first = (i >> 2) * stride + (i & 2);
    const u = at(tilts + first), o = at(out + first), z = at(sums + i);
    if (d === 2) averagePair(2, u, y, w, n, o, z);
    else if (d === 3) averagePair(3, u, y, w, n, o, z);
    else averagePair(4, u, y, w, n, o, z);
  }
}
