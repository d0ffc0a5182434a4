/**
 * The time after `step` of `steps` equal steps to the horizon: exactly the horizon after the last, and on a grid of 2 s
 * steps every second one the same as on s steps, to the bit.
 */
export const gridTime = (horizon: number, step: number, steps: number): number => horizon * (step / steps);
