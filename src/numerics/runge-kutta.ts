/**
 * Node and weight of the four stages of the classical method; each stage starts from the previous stage's velocity
 * (Kutta 1901).
 */
export const CLASSICAL: readonly (readonly [node: number, weight: number])[] = [
  [0, 1 / 6],
  [1 / 2, 1 / 3],
  [1 / 2, 1 / 3],
  [1, 1 / 6],
];

/** y' = F(y) for one number, by the classical method; the values at 0, horizon/steps, …, horizon. */
export function solveScalar(
  F: (y: number) => number,
  start: number,
  horizon: number,
  steps: number,
): Float64Array {
  const y = new Float64Array(steps + 1);
  const h = horizon / steps;
  y[0] = start;
  for (let s = 0; s < steps; s++) {
    let velocity = 0;
    let sum = 0;
    for (const [c, weight] of CLASSICAL) {
      velocity = F(y[s] + c * h * velocity);
      sum += weight * velocity;
    }
    y[s + 1] = y[s] + h * sum;
  }
  return y;
}
