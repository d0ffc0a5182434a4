/**
 * psi'(n) = sum over r >= n of 1/r^2: the variance of what a truncated series leaves out. Recurrence up to 16, then
 * the asymptotic series (Abramowitz, Stegun 6.4.12), whose first omitted term is below 1e-16 there.
 */
export function trigamma(n: number): number {
  let sum = 0;
  let x = n;
  for (; x < 16; x++) sum += 1 / (x * x);
  const y = 1 / (x * x);
  const bernoulli = 1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - y * (5 / 66 - y * (691 / 2730)))));
  return sum + 1 / x + y / 2 + (y / x) * bernoulli;
}
