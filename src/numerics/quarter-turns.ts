import { exponentOf, twoTo } from "./powers-of-two.js";

/** x = (4 j + quarter) pi / 2 + rest + tail, |rest| at most pi / 4 or so, `tail` what rounding took from `rest`. */
export interface QuarterTurns {
  readonly quarter: number;
  readonly rest: number;
  readonly tail: number;
}

const ROUND = 6755399441055744;
const TWO_OVER_PI = 6.36619772367581382433e-1;
/** pi / 2 in parts of 33 bits, each with what it leaves. */
const FIRST = 1.57079632673412561417;
const FIRST_TAIL = 6.07710050650619224932e-11;
const SECOND = 6.0771005063039659766e-11;
const SECOND_TAIL = 2.02226624879595063154e-21;
const THIRD = 2.0222662487111664558e-21;
const THIRD_TAIL = 8.47842766036889956997e-32;
/** 2^19 pi / 2: further out parts of 33 bits do not do. */
const FAR = 823549.6;

/** Takes the quarter turns off a finite angle. Cody and Waite's reduction (FreeBSD's e_rem_pio2.c), far out by exact integers. */
export function quarterTurns(x: number): QuarterTurns {
  if (Math.abs(x) > FAR) return farOut(x);
  const turns = x * TWO_OVER_PI + ROUND - ROUND;
  let r = x - turns * FIRST;
  let w = turns * FIRST_TAIL;
  let rest = r - w;
  const exponent = exponentOf(x);
  const lost = (of: number): number => exponent - exponentOf(of);
  if (lost(rest) > 16) {
    let t = r;
    w = turns * SECOND;
    r = t - w;
    w = turns * SECOND_TAIL - (t - r - w);
    rest = r - w;
    if (lost(rest) > 49) {
      t = r;
      w = turns * THIRD;
      r = t - w;
      w = turns * THIRD_TAIL - (t - r - w);
      rest = r - w;
    }
  }
  return { quarter: turns & 3, rest, tail: r - rest - w };
}

/** 2 / pi, in units of 2^-1200. */
const TWO_OVER_PI_BITS =
  0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7bn;
/** pi / 2, in units of 2^-120. */
const HALF_PI_BITS = 0x1921fb54442d18469898cc51701b839n;
/** Bits kept of a quarter turn: 53 are the argument's, and no double comes nearer to one than 2^-62 or so. */
const KEPT = 216n;
const HALF = 1n << (KEPT - 1n);

/** Payne and Hanek's reduction: of 2 / pi only those bits count that lie neither far above nor far below the quarter turn. */
function farOut(x: number): QuarterTurns {
  const exponent = exponentOf(x) - 52;
  const mantissa = BigInt(Math.abs(x) * twoTo(-exponent));
  const bits = TWO_OVER_PI_BITS >> (1200n - KEPT - BigInt(exponent));
  const turns = BigInt.asUintN(Number(KEPT) + 2, mantissa * bits);
  const quarter = (turns + HALF) >> KEPT;
  const angle = (turns - (quarter << KEPT)) * HALF_PI_BITS;
  const nearest = Number(angle);
  const sign = x < 0 ? -UNIT : UNIT;
  return {
    quarter: (x < 0 ? -Number(quarter) : Number(quarter)) & 3,
    rest: sign * nearest,
    tail: sign * Number(angle - BigInt(nearest)),
  };
}

/** What KEPT and the bits of pi / 2 have scaled by. */
const UNIT = twoTo(-336);
