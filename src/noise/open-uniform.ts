/** Odd multiples of 2^-53, so in the open (0, 1) and symmetric about 1/2. */
export function openUniform(low: number, high: number): number {
  return (high * 2 ** 20 + (low >>> 12) + 0.5) * 2 ** -52;
}
