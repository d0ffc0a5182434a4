import type { Barycentres } from "./barycentres.js";
import { planSelfDerivative } from "./direct/self-derivative.js";
import { planSoftmaxLaw } from "./direct/softmax-law.js";
import { planTracedDerivative } from "./direct/traced-derivative.js";
import { planTransportedDerivative } from "./direct/transported-derivative.js";

/**
 * Barycentres by the direct sum over all pairs, O(n^2 d) an atom, in any dimension. Cov_i m_i and the like are
 * accumulated pair by pair, so nothing of size d^3 is ever formed except where the directions themselves have it.
 */
export function directBarycentres(n: number, d: number, M: number, beta: number): Barycentres {
  const softmax = planSoftmaxLaw(n, d, M, beta);
  return {
    values: softmax.means,
    freeze: (law, matrices) => softmax.freeze(law, matrices),
    derivative: planTransportedDerivative(n, d, M, beta, softmax),
    selfDerivative: planSelfDerivative(n, d, beta, softmax),
    tracedDerivative: planTracedDerivative(n, d, beta, softmax),
    diagnostics: () => ({ attention: "direct" }),
  };
}
