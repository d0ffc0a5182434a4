import { fromWords, highWord } from "./words.js";

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

/** Takes the quarter turns off a finite angle. Cody and Waite's reduction (FreeBSD's e_rem_pio2.c), far out with exact integers. */
export function quarterTurns(x: number): QuarterTurns {
  if (Math.abs(x) > FAR) return farOut(x);
  const turns = x * TWO_OVER_PI + ROUND - ROUND;
  let r = x - turns * FIRST;
  let w = turns * FIRST_TAIL;
  let rest = r - w;
  const exponent = (highWord(x) >> 20) & 0x7ff;
  const lost = (of: number): number => exponent - ((highWord(of) >> 20) & 0x7ff);
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

/** Bits of pi behind the point: a double has up to 1024 before it, and the rest is wanted to 120 or so. */
const BITS = 1200n;

function farOut(x: number): QuarterTurns {
  const half = piTimes(1n << BITS) / 2n;
  const angle = toInteger(x);
  const turns = floorDivide(2n * angle + half, 2n * half);
  const left = angle - turns * half;
  const rest = toNumber(left);
  const tail = toNumber(left - toInteger(rest));
  return { quarter: Number(((turns % 4n) + 4n) % 4n), rest, tail };
}

const floorDivide = (a: bigint, b: bigint): bigint => (a >= 0n ? a / b : -((-a + b - 1n) / b));

/** A number over 2^BITS as a double, which rounds to the nearest. */
function toNumber(scaled: bigint): number {
  const sign = scaled < 0n ? -1 : 1;
  const size = scaled < 0n ? -scaled : scaled;
  const drop = BigInt(Math.max(0, size.toString(2).length - 64));
  return sign * Number(size >> drop) * fromWords((1023 + Number(drop - BITS)) << 20, 0);
}

/** A double times 2^BITS. */
function toInteger(v: number): bigint {
  let shift = 0;
  let whole = v;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift++;
  }
  return BigInt(whole) << (BITS - BigInt(shift));
}

/** pi times a large number, rounded down or so: Machin's 16 arctan 1/5 - 4 arctan 1/239. */
function piTimes(one: bigint): bigint {
  const arctanOfInverse = (n: bigint): bigint => {
    let power = one / n;
    let sum = power;
    for (let k = 3n; power !== 0n; k += 2n) {
      power = -power / (n * n);
      sum += power / k;
    }
    return sum;
  };
  return 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);
}
