import { madd } from "./multiply-add";

// The constants and operations of src/numerics/exp2.ts, two numbers at a time: see there.
const ROUND: f64 = 6755399441055744.0;
const C1: f64 = 6.931471805599453e-1;
const C2: f64 = 2.4022650695910097e-1;
const C3: f64 = 5.55041086648216e-2;
const C4: f64 = 9.618129107606802e-3;
const C5: f64 = 1.333355814641689e-3;
const C6: f64 = 1.5403530441881376e-4;
const C7: f64 = 1.5252733829913582e-5;
const C8: f64 = 1.3215442499383303e-6;
const C9: f64 = 1.017806239865239e-7;
const C10: f64 = 7.072603648460136e-9;
const C11: f64 = 4.4549700323138963e-10;

/** 2^x for both numbers of x, which lie in [-1021, 1023]. */
// @ts-ignore: decorator
@inline
export function exp2Pair(x: v128): v128 {
  const shifted = f64x2.add(x, f64x2.splat(ROUND));
  const f = f64x2.sub(x, f64x2.sub(shifted, f64x2.splat(ROUND)));
  const g = f64x2.mul(f, f);
  let odd = madd(f64x2.splat(C11), g, f64x2.splat(C9));
  let even = madd(f64x2.splat(C10), g, f64x2.splat(C8));
  odd = madd(odd, g, f64x2.splat(C7));
  even = madd(even, g, f64x2.splat(C6));
  odd = madd(odd, g, f64x2.splat(C5));
  even = madd(even, g, f64x2.splat(C4));
  odd = madd(odd, g, f64x2.splat(C3));
  even = madd(even, g, f64x2.splat(C2));
  odd = madd(odd, g, f64x2.splat(C1));
  const y = f64x2.add(f64x2.splat(1), madd(even, g, f64x2.mul(odd, f)));
  // The low bits of `shifted` hold the power as an integer; adding them to the exponent's field multiplies by it.
  return i64x2.add(y, i64x2.shl(shifted, 52));
}
