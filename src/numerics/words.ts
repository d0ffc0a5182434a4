/** Scratch of the two functions here; it means nothing between calls. */
const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/** The upper half of a double's bits: sign, exponent, and the first twenty bits of the fraction. */
export function highWord(x: number): number {
  number[0] = x;
  return words[1];
}

/** A double from the halves of its bits. */
export function fromWords(high: number, low: number): number {
  words[0] = low;
  words[1] = high;
  return number[0];
}

/** x with another upper half. */
export function withHighWord(x: number, high: number): number {
  number[0] = x;
  words[1] = high;
  return number[0];
}

/** x with its lower half zero. */
export function withoutLowWord(x: number): number {
  number[0] = x;
  words[0] = 0;
  return number[0];
}
