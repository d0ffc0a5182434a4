/** Channels up to which areas are drawn without being asked for: K^2 numbers a step, 8 MB there, and K^2 p products. */
export const MOST_CHANNELS = 1024;

/** Bytes that the areas of one path may take at once. */
export const MOST_BYTES = 2 ** 30;

/** Bytes of the areas in work at once: one for every level of the dyadic tree, one for the step, one of normals. */
export function areaBytes(channels: number, steps: number): number {
  let levels = 1;
  for (let s = steps; s % 2 === 0; s /= 2) levels++;
  return 8 * channels * channels * (levels + 2);
}
