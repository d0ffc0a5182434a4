import { bisect } from "../numerics/bisect.js";
import { cos, sin } from "../numerics/sine-cosine.js";

/**
 * The p-quantile, 1/2 <= p < 1, of Student's t with a whole number of degrees of freedom, by bisection on its
 * distribution function in closed form (Abramowitz, Stegun, 26.7.3 and 26.7.4).
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p >= 0.5 && p < 1))
    throw new RangeError(`studentQuantile: ${p} is not a probability from 1/2 to below 1`);
  if (!(Number.isInteger(freedom) && freedom > 0))
    throw new RangeError(`studentQuantile: ${freedom} degrees of freedom, want a whole number above zero`);
  const below = (theta: number): boolean => centralMass(theta, freedom) < 2 * p - 1;
  const [low, high] = bisect(below, 0, Math.PI / 2, { halvings: 100 });
  const theta = (low + high) / 2;
  return (Math.sqrt(freedom) * sin(theta)) / cos(theta);
}

/** P(|t| < sqrt(freedom) tan theta). */
function centralMass(theta: number, freedom: number): number {
  const [sine, cosine] = [sin(theta), cos(theta)];
  const odd = freedom % 2;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum;
}
