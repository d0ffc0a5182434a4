import { madd, nmadd } from "./multiply-add";

// The constants and operations of src/numerics/exp.ts, two numbers at a time: see there.
const INVERSE_LN2: f64 = 1.44269504088896338700e0;
const LN2_HIGH: f64 = 6.93147180369123816490e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const ROUND: f64 = 6755399441055744.0;
const LARGEST: f64 = 7.09782712893383973096e2;
const SMALLEST: f64 = -7.45133219101941108420e2;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.65339022054652515390e-6;
const P5: f64 = 4.13813679705723846039e-8;

/** e^x for both numbers of x; exact to the last bit or so, with 0, Infinity and NaN where they belong. */
// @ts-ignore: decorator
@inline
export function expPair(x: v128): v128 {
  const inside = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-746)), f64x2.splat(710));
  const shifted = madd(inside, f64x2.splat(INVERSE_LN2), f64x2.splat(ROUND));
  const k = f64x2.sub(shifted, f64x2.splat(ROUND));
  const high = nmadd(k, f64x2.splat(LN2_HIGH), inside);
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = madd(t, f64x2.splat(P5), f64x2.splat(P4));
  p = madd(t, p, f64x2.splat(P3));
  p = madd(t, p, f64x2.splat(P2));
  p = madd(t, p, f64x2.splat(P1));
  const c = nmadd(t, p, r);
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  // 2^k in two factors, the first exact: one rounding, also where the result is subnormal. The low half of every lane of
  // `shifted` holds k as an integer.
  const half = i32x4.shr_s(shifted, 1);
  const rest = i32x4.sub(shifted, half);
  const bias = i32x4.splat(1023);
  const first = i64x2.shl(i32x4.add(half, bias), 52);
  const second = i64x2.shl(i32x4.add(rest, bias), 52);
  const value = f64x2.mul(f64x2.mul(y, first), second);
  const above = v128.bitselect(f64x2.splat(Infinity), value, f64x2.gt(x, f64x2.splat(LARGEST)));
  return v128.andnot(above, f64x2.lt(x, f64x2.splat(SMALLEST)));
}

/** data[count] <- e^data in place, from byte offset `data`, which is 16-aligned; an odd last number takes its neighbour along. */
export function expOf(data: usize, count: i32): void {
  const end = data + ((<usize>count + 1) >> 1 << 4);
  for (let at = data; at < end; at += 16) v128.store(at, expPair(v128.load(at)));
}
