import { degreeNeeded } from "../../spectral/degree-needed.js";
import { harmonicIsCheaper } from "../../spectral/harmonic-cost.js";
import type { Barycentres } from "./barycentres.js";
import { directBarycentres } from "./direct-barycentres.js";
import { harmonicBarycentres } from "./harmonic-barycentres.js";

/**
 * Barycentres in dimension 2 and 3 by whichever sum is cheaper for the law and the matrices at hand, decided at every freeze
 * from the longest tilt |beta A x_i|.
 */
export function cheapestBarycentres(
  n: number,
  d: 2 | 3,
  M: number,
  beta: number,
  tolerance: number,
): Barycentres {
  const direct = directBarycentres(n, d, M, beta);
  let harmonic: Barycentres | undefined;
  let chosen = direct;

  const choose = (reach: number): Barycentres => {
    const cheaper = reach < Infinity && harmonicIsCheaper(d, n, degreeNeeded(d, reach, tolerance));
    return cheaper ? (harmonic ??= harmonicBarycentres({ tolerance })(n, d, M, beta)) : direct;
  };

  return {
    get values() {
      return chosen.values;
    },
    freeze(law, matrices) {
      chosen = choose(Math.abs(beta) * longestImage(law.points, matrices, d));
      chosen.freeze(law, matrices);
    },
    derivative: (delta, out) => chosen.derivative(delta, out),
    selfDerivative: (atom, out) => chosen.selfDerivative(atom, out),
    tracedDerivative: (atom, directions, out) => chosen.tracedDerivative(atom, directions, out),
    diagnostics: () => chosen.diagnostics(),
  };
}

/** max |A x_i| */
function longestImage(x: Float64Array, matrices: readonly Float64Array[], d: number): number {
  let longest = 0;
  for (const A of matrices) {
    for (let o = 0; o < x.length; o += d) {
      let square = 0;
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let b = 0; b < d; b++) s += A[a * d + b] * x[o + b];
        square += s * s;
      }
      if (!(square <= longest)) longest = square;
    }
  }
  return Math.sqrt(longest);
}
