import { cos, sin } from "../../numerics/sine-cosine.js";

/** Trigonometric polynomials of degree (N-1)/2 by their values at the nodes 2 pi j / N, N odd. */
export interface Periodic {
  /** [N] */
  readonly nodes: Float64Array;
  /** out[N] = the cardinal functions at the angle x, so that f(x) = sum_j out_j f(nodes_j). */
  basis(x: number, out: Float64Array): void;
  /** [N,N]: values to values of the derivative. */
  readonly derivative: Float64Array;
}

/** Cardinal functions sin(N y / 2) / (N sin(y / 2)) and their derivatives (Trefethen, Spectral Methods in MATLAB, 2000). */
export function periodic(N: number): Periodic {
  if (!(N % 2 === 1 && N > 2)) throw new RangeError(`periodic: ${N} nodes, want an odd number above two`);
  const nodes = Float64Array.from({ length: N }, (_, j) => (2 * Math.PI * j) / N);
  const cosines = nodes.map((v) => cos(v / 2));
  const sines = nodes.map((v) => sin(v / 2));
  const derivative = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      if (i === j) continue;
      derivative[i * N + j] = (((i - j) % 2 ? -1 : 1) * 0.5) / sin((nodes[i] - nodes[j]) / 2);
    }
  }
  return {
    nodes,
    derivative,
    basis(x, out) {
      const s = sin(x / 2);
      const c = cos(x / 2);
      const top = sin((N * x) / 2) / N;
      for (let j = 0; j < N; j++) {
        const bottom = s * cosines[j] - c * sines[j];
        if (Math.abs(bottom) < 1e-13) {
          out.fill(0);
          out[j] = 1;
          return;
        }
        out[j] = (j % 2 ? -top : top) / bottom;
      }
    },
  };
}
