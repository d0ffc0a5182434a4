/**
 * In place: makes (dW, area) of (s,t) that of (s,u), given (dW2, area2) of (t,u). Chen's relation for the skew part of
 * I(s,u) = I(s,t) + I(t,u) + dW(s,t) dW(t,u)^T, where entry [j*K+k] of I has j as inner integrator:
 * L(s,u) = L(s,t) + L(t,u) + (dW dW2^T - dW2 dW^T) / 2.
 * Chen, "Integration of paths, geometric invariants and a generalized Baker-Hausdorff formula", Ann. Math. 65, 1957.
 */
export function chen(dW: Float64Array, area: Float64Array, dW2: Float64Array, area2: Float64Array): void {
  const K = dW.length;
  for (let j = 0; j < K; j++) {
    for (let k = j + 1; k < K; k++) {
      const value = area[j * K + k] + area2[j * K + k] + 0.5 * (dW[j] * dW2[k] - dW2[j] * dW[k]);
      area[j * K + k] = value;
      area[k * K + j] = -value;
    }
    area[j * K + j] = 0;
  }
  for (let k = 0; k < K; k++) dW[k] += dW2[k];
}

/**
 * out[K,K] = I, the iterated Itô integrals over an interval of length h: I = (dW dW^T - h Q) / 2 + L, where Q is the
 * covariance [K,K] of the channels (the identity unless given). Entry [j*K+k] is I_(j,k), the integral of
 * (W_j - W_j(s)) dW_k. `out` may be `area`.
 */
export function iteratedIntegrals(
  dW: Float64Array,
  area: Float64Array,
  h: number,
  out: Float64Array,
  covariance?: Float64Array,
): void {
  const K = dW.length;
  for (let j = 0; j < K; j++) {
    for (let k = 0; k < K; k++) {
      const e = j * K + k;
      const q = covariance ? covariance[e] : j === k ? 1 : 0;
      out[e] = 0.5 * (dW[j] * dW[k] - h * q) + area[e];
    }
  }
}
