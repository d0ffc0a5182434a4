import FFT from "fft.js";
import { turn } from "./turn.js";

/** Discrete Fourier transforms of one length; arrays are interleaved (re, im), 2 * length long, and must differ. */
export interface Fourier {
  readonly length: number;
  /** out_k = sum_j data_j e^{-2 pi i j k / length} */
  transform(out: Float64Array, data: Float64Array): void;
}

/** The part of fft.js that is used; the package is untyped. */
interface Radix4 {
  readonly table: number[];
  transform(out: Float64Array, data: Float64Array): void;
}

/** The least power of two that is at least n. */
export function powerOfTwo(n: number): number {
  let length = 1;
  while (length < n) length *= 2;
  return length;
}

/**
 * Plans a transform of a power-of-two length. The inverse (without 1/length) is the same transform with real and
 * imaginary parts swapped on both sides. Always Float64Array: mixing array kinds halves the speed of fft.js.
 */
export function planFourier(length: number): Fourier {
  if (!Number.isInteger(length) || length < 2 || powerOfTwo(length) !== length)
    throw new RangeError(`planFourier: length must be a power of two and at least 2, got ${length}.`);
  const plan = new FFT(length) as Radix4;
  // The package rounds angles up to 2 pi before the cosine; ours are reduced first.
  for (let i = 0; i < length; i++) {
    const [cosine, sine] = turn(i, length);
    plan.table[2 * i] = cosine;
    plan.table[2 * i + 1] = -sine;
  }
  return { length, transform: (out, data) => plan.transform(out, data) };
}
