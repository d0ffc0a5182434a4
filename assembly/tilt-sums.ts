import { madd, nmadd } from "./multiply-add";

// See src/spectral/kernels/sphere-sums-plain.ts: the same sums for four tilts at a time, two vectors of two.

/**
 * tilts[groups,3,4] -> sums[groups,2,width,4] and sizes[groups,4]. The recursion of solid harmonics reaches degree lmax; lambda
 * and q have room for four numbers a degree, two degrees more than are summed.
 */
export function sums(
  tilts: usize,
  groups: i32,
  degree: i32,
  extra: i32,
  truncation: f64,
  lmax: i32,
  diagonal: usize,
  steps: usize,
  coefficients: usize,
  width: i32,
  bounds: usize,
  lambda: usize,
  q: usize,
  sums: usize,
  sizes: usize,
): void {
  for (let g = 0; g < groups; g++) {
    const top = eigenvalues(tilts, degree, extra, truncation, lambda);
    sumSizes(top, lambda, bounds, sizes);
    sumHarmonics(tilts, top, degree + extra, lmax, diagonal, steps, coefficients, width, lambda, q, sums);
    tilts += 96;
    sizes += 32;
    sums += <usize>width << 6;
  }
}

// @ts-ignore: decorator
@inline
function lengths(tilts: usize): v128 {
  const x = v128.load(tilts);
  const y = v128.load(tilts, 32);
  const z = v128.load(tilts, 64);
  return f64x2.sqrt(madd(z, z, madd(y, y, f64x2.mul(x, x))));
}

// @ts-ignore: decorator
@inline
function inverse(kappa: v128): v128 {
  const one = f64x2.splat(1);
  return v128.and(f64x2.div(one, kappa), f64x2.gt(kappa, f64x2.splat(0)));
}

/** An estimate of I_{nu+1}/I_nu between its bounds. */
// @ts-ignore: decorator
@inline
function between(nu: f64, kappa: v128): v128 {
  const square = madd(kappa, kappa, f64x2.splat((nu + 1) * (nu + 1)));
  return f64x2.div(kappa, f64x2.add(f64x2.splat(nu + 0.5), f64x2.sqrt(square)));
}

/** lambda[highest + 1, 4] = lambda_l / lambda_0; returns the last degree that one of the four tilts needs. */
function eigenvalues(tilts: usize, degree: i32, extra: i32, truncation: f64, lambda: usize): i32 {
  const highest = degree + extra;
  const kappa0 = lengths(tilts);
  const kappa1 = lengths(tilts + 16);
  const two = f64x2.splat(2);
  const one = f64x2.splat(1);
  const inverse0 = f64x2.div(two, kappa0);
  const inverse1 = f64x2.div(two, kappa1);
  let ratio0 = between(0.5 + <f64>highest, kappa0);
  let ratio1 = between(0.5 + <f64>highest, kappa1);
  for (let l = highest; l > 0; l--) {
    const nu = f64x2.splat(0.5 + <f64>l);
    ratio0 = f64x2.div(one, madd(nu, inverse0, ratio0));
    ratio1 = f64x2.div(one, madd(nu, inverse1, ratio1));
    const at = lambda + (<usize>l << 5);
    v128.store(at, ratio0);
    v128.store(at, ratio1, 16);
  }
  v128.store(lambda, one);
  v128.store(lambda, one, 16);
  let product0 = one;
  let product1 = one;
  for (let l = 1; l <= highest; l++) {
    const at = lambda + (<usize>l << 5);
    product0 = f64x2.mul(v128.load(at), product0);
    product1 = f64x2.mul(v128.load(at, 16), product1);
    v128.store(at, product0);
    v128.store(at, product1, 16);
  }
  const limit = f64x2.splat(truncation);
  let rest0 = f64x2.splat(0);
  let rest1 = rest0;
  let top = degree;
  for (; top > 0; top--) {
    const many = f64x2.splat(<f64>(2 * top + 1));
    const at = lambda + (<usize>top << 5);
    rest0 = madd(many, v128.load(at), rest0);
    rest1 = madd(many, v128.load(at, 16), rest1);
    if (v128.any_true(v128.or(f64x2.gt(rest0, limit), f64x2.gt(rest1, limit)))) break;
  }
  return top + extra;
}

/** sizes[4] = sum over l of lambda_l bounds_l. */
function sumSizes(top: i32, lambda: usize, bounds: usize, sizes: usize): void {
  let size0 = f64x2.splat(0);
  let size1 = size0;
  for (let l = 0; l <= top; l++) {
    const bound = v128.load64_splat(bounds + (<usize>l << 3));
    const at = lambda + (<usize>l << 5);
    size0 = madd(v128.load(at), bound, size0);
    size1 = madd(v128.load(at, 16), bound, size1);
  }
  v128.store(sizes, size0);
  v128.store(sizes, size1, 16);
}

function sumHarmonics(
  tilts: usize,
  top: i32,
  degree: i32,
  lmax: i32,
  diagonal: usize,
  steps: usize,
  coefficients: usize,
  width: i32,
  lambda: usize,
  q: usize,
  sums: usize,
): void {
  const zero = f64x2.splat(0);
  const scale0 = inverse(lengths(tilts));
  const scale1 = inverse(lengths(tilts + 16));
  const x0 = f64x2.mul(v128.load(tilts), scale0);
  const x1 = f64x2.mul(v128.load(tilts, 16), scale1);
  const y0 = f64x2.mul(v128.load(tilts, 32), scale0);
  const y1 = f64x2.mul(v128.load(tilts, 48), scale1);
  const z0 = f64x2.mul(v128.load(tilts, 64), scale0);
  const z1 = f64x2.mul(v128.load(tilts, 80), scale1);
  const room = <usize>width << 5;
  memory.fill(sums, 0, 2 * room);
  let c0 = f64x2.splat(1);
  let c1 = c0;
  let s0 = zero;
  let s1 = zero;
  for (let m = 0; m <= top; m++) {
    let a0 = v128.load64_splat(diagonal + (<usize>m << 3));
    let a1 = a0;
    let past0 = zero;
    let past1 = zero;
    let step = steps;
    let eigen = lambda + (<usize>m << 5);
    const terms = top - m + 1;
    const end = q + (<usize>terms << 5);
    for (let at = q; at < end; at += 32) {
      v128.store(at, f64x2.mul(v128.load(eigen), a0));
      v128.store(at, f64x2.mul(v128.load(eigen, 16), a1), 16);
      const rise = v128.load64_splat(step);
      const fall = v128.load64_splat(step, 8);
      const next0 = nmadd(fall, past0, f64x2.mul(f64x2.mul(rise, z0), a0));
      const next1 = nmadd(fall, past1, f64x2.mul(f64x2.mul(rise, z1), a1));
      past0 = a0;
      past1 = a1;
      a0 = next0;
      a1 = next1;
      step += 16;
      eigen += 32;
    }
    steps += <usize>(lmax - m + 1) << 4;
    const paired = end - ((<usize>terms & 1) << 5);
    const even = sums + (m & 1 ? room : 0);
    const odd = sums + (m & 1 ? 0 : room);
    for (let r = 0; r < width; r++) {
      let ec0 = zero;
      let ec1 = zero;
      let es0 = zero;
      let es1 = zero;
      let oc0 = zero;
      let oc1 = zero;
      let os0 = zero;
      let os1 = zero;
      let k = coefficients + (<usize>(r >> 2) * <usize>(degree - m + 1) << 6) + (<usize>(r & 3) << 4);
      let at = q;
      for (; at < paired; at += 64) {
        const ek = v128.load64_splat(k);
        const el = v128.load64_splat(k, 8);
        const ok = v128.load64_splat(k, 64);
        const ol = v128.load64_splat(k, 72);
        const q0 = v128.load(at);
        const q1 = v128.load(at, 16);
        const q2 = v128.load(at, 32);
        const q3 = v128.load(at, 48);
        ec0 = madd(q0, ek, ec0);
        ec1 = madd(q1, ek, ec1);
        es0 = madd(q0, el, es0);
        es1 = madd(q1, el, es1);
        oc0 = madd(q2, ok, oc0);
        oc1 = madd(q3, ok, oc1);
        os0 = madd(q2, ol, os0);
        os1 = madd(q3, ol, os1);
        k += 128;
      }
      if (at < end) {
        const ek = v128.load64_splat(k);
        const el = v128.load64_splat(k, 8);
        const q0 = v128.load(at);
        const q1 = v128.load(at, 16);
        ec0 = madd(q0, ek, ec0);
        ec1 = madd(q1, ek, ec1);
        es0 = madd(q0, el, es0);
        es1 = madd(q1, el, es1);
      }
      const e = even + (<usize>r << 5);
      const o = odd + (<usize>r << 5);
      v128.store(e, f64x2.add(v128.load(e), madd(c0, ec0, f64x2.mul(s0, es0))));
      v128.store(e, f64x2.add(v128.load(e, 16), madd(c1, ec1, f64x2.mul(s1, es1))), 16);
      v128.store(o, f64x2.add(v128.load(o), madd(c0, oc0, f64x2.mul(s0, os0))));
      v128.store(o, f64x2.add(v128.load(o, 16), madd(c1, oc1, f64x2.mul(s1, os1))), 16);
    }
    coefficients += <usize>((width + 3) >> 2) * <usize>(degree - m + 1) << 6;
    const turned0 = nmadd(s0, y0, f64x2.mul(c0, x0));
    s0 = madd(c0, y0, f64x2.mul(s0, x0));
    c0 = turned0;
    const turned1 = nmadd(s1, y1, f64x2.mul(c1, x1));
    s1 = madd(c1, y1, f64x2.mul(s1, x1));
    c1 = turned1;
  }
}
