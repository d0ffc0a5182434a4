/**
 * Numbers of about 32 digits: the unevaluated sum hi + lo of two doubles, |lo| <= ulp(hi)/2. Only plans use them, so
 * that nodes, weights and tables come out correctly rounded; clarity before speed.
 *
 * Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971); the sums are
 * Knuth's two-sum.
 */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** Veltkamp's constant 2^27 + 1: splits a double into two halves of 26 bits. */
export const SPLITTER = 134217729;

/** pi, to double-double accuracy. */
export const PI: DoubleDouble = { hi: Math.PI, lo: 1.2246467991473532e-16 };

export const exact = (value: number): DoubleDouble => ({ hi: value, lo: 0 });

/** a + b exactly, for |a| >= |b|. */
const renormalised = (a: number, b: number): DoubleDouble => {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
};

/** a - b exactly. */
export function difference(a: number, b: number): DoubleDouble {
  const hi = a - b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) - (b + part) };
}

/** a * b exactly. */
function product(a: number, b: number): DoubleDouble {
  const p = a * b;
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return { hi: p, lo: ah * bh - p + ah * bl + al * bh + al * bl };
}

export function plus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = a.hi + b.hi;
  const v = s - a.hi;
  const error = a.hi - (s - v) + (b.hi - v);
  return renormalised(s, error + a.lo + b.lo);
}

export const minus = (a: DoubleDouble, b: DoubleDouble): DoubleDouble => plus(a, { hi: -b.hi, lo: -b.lo });

export function times(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = product(a.hi, b.hi);
  return renormalised(p.hi, p.lo + a.hi * b.lo + a.lo * b.hi);
}

export function over(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.hi / b.hi;
  const remainder = minus(a, times(b, exact(first)));
  const second = remainder.hi / b.hi;
  const rest = minus(remainder, times(b, exact(second)));
  return plus(renormalised(first, second), exact(rest.hi / b.hi));
}

/** One Newton step from the double root. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi === 0) return a;
  const root = Math.sqrt(a.hi);
  const remainder = minus(a, product(root, root));
  return renormalised(root, remainder.hi / (2 * root));
}
