import FFT from "fft.js";
import { planFourier, type Fourier } from "./fft.js";
import { turn } from "./turn.js";

/** The part of fft.js that is used; the package is untyped. */
interface Radix4 {
  readonly table: number[];
  transform(out: Float64Array, data: Float64Array): void;
}

/**
 * The transform of `planFourier` by the package fft.js, for single sequences of 2^k or 3 * 2^k numbers: three of them with
 * every third number each, joined by a butterfly, where the package has no such length. Always Float64Array: mixing array
 * kinds halves its speed.
 */
export function planSeries(length: number): Fourier {
  if (length < 2 || length === 3) return planFourier(length);
  if (length % 3 !== 0) return { length, transform: planPowerOfTwo(length) };
  const third = length / 3;
  if (third < 2) return planFourier(length);
  const transform = planPowerOfTwo(third);
  const part = new Float64Array(2 * third);
  const parts = [0, 1, 2].map(() => new Float64Array(2 * third));
  const factors = Float64Array.from({ length: 4 * third }, (_, e) => {
    const [cosine, sine] = turn(((e >> 2) * (1 + ((e >> 1) & 1))) % length, length);
    return e & 1 ? -sine : cosine;
  });
  return {
    length,
    transform(out, data) {
      for (let s = 0; s < 3; s++) {
        for (let j = 0; j < third; j++) {
          part[2 * j] = data[2 * (3 * j + s)];
          part[2 * j + 1] = data[2 * (3 * j + s) + 1];
        }
        transform(parts[s], part);
      }
      join(parts, factors, third, out);
    },
  };
}

const HALF_ROOT_3 = Math.sqrt(3) / 2;

/** out_{k + q third} = sum_s e^{-2 pi i s (k + q third) / length} parts_s[k] */
function join(parts: readonly Float64Array[], factors: Float64Array, third: number, out: Float64Array): void {
  const [a, b, c] = parts;
  for (let k = 0; k < third; k++) {
    const f = 4 * k;
    const br = b[2 * k] * factors[f] - b[2 * k + 1] * factors[f + 1];
    const bi = b[2 * k] * factors[f + 1] + b[2 * k + 1] * factors[f];
    const cr = c[2 * k] * factors[f + 2] - c[2 * k + 1] * factors[f + 3];
    const ci = c[2 * k] * factors[f + 3] + c[2 * k + 1] * factors[f + 2];
    const sumR = br + cr;
    const sumI = bi + ci;
    const turnedR = HALF_ROOT_3 * (bi - ci);
    const turnedI = HALF_ROOT_3 * (cr - br);
    const middleR = a[2 * k] - 0.5 * sumR;
    const middleI = a[2 * k + 1] - 0.5 * sumI;
    out[2 * k] = a[2 * k] + sumR;
    out[2 * k + 1] = a[2 * k + 1] + sumI;
    out[2 * (k + third)] = middleR + turnedR;
    out[2 * (k + third) + 1] = middleI + turnedI;
    out[2 * (k + 2 * third)] = middleR - turnedR;
    out[2 * (k + 2 * third) + 1] = middleI - turnedI;
  }
}

function planPowerOfTwo(length: number): Fourier["transform"] {
  const plan = new FFT(length) as Radix4;
  // The package rounds angles up to 2 pi before the cosine; ours are reduced first.
  for (let i = 0; i < length; i++) {
    const [cosine, sine] = turn(i, length);
    plan.table[2 * i] = cosine;
    plan.table[2 * i + 1] = -sine;
  }
  return (out, data) => plan.transform(out, data);
}
