import { planTilted, type TiltedMethod } from "../../spectral/funk-hecke.js";
import type { TiltedAverages } from "../../spectral/tilted-averages.js";
import type { Diagnostics } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { planCovariance } from "./harmonic/covariance.js";
import { planSelfDerivative } from "./harmonic/self-derivative.js";
import { planSoftmaxLaw } from "./harmonic/softmax-law.js";
import { planTracedDerivative } from "./harmonic/traced-derivative.js";
import { planTransportedDerivative } from "./harmonic/transported-derivative.js";

export interface HarmonicOptions {
  /** Error allowed in an average of functions bounded by one; 1e-12 unless given. */
  readonly tolerance?: number;
  /** "auto" sums directly where that is cheaper for the law at hand. */
  readonly method?: TiltedMethod;
}

/**
 * The same barycentres in dimension 2 and 3 from the few harmonic moments that matter (Funk–Hecke), O(n l^2) instead
 * of O(n^2). With u_i = beta A x_i and E_i[f] = sum_j p_ij f(y_j) every sum of the interface is such an average:
 *
 *     m_i = E[y],  Cov_i = E[y y^T] - m m^T,
 *     derivative       = E[delta + y <u, delta>] - m E[<u, delta>] + beta Cov A delta_i,
 *     selfDerivative   = E[P m(y) + s P u] - sum_c m_c E[m_c(y) P u] + beta A^T Cov m,   s = <y, m(y)>, P = P_y,
 *     tracedDerivative = E[t + Q u] - sum_b m_b E[W_b u] + beta sum_b (Cov A D_ab,i)_b,
 *
 * with t_a = sum_b D_ab,b, Q_ac = sum_b y_b D_ab,c and (W_b)_ac = D_ab,c. All directions are tangent at y, so <u, v> is
 * <u, P_y v>, the form that averages at the price of a plain function.
 */
export function harmonicBarycentres(options: HarmonicOptions = {}) {
  return (n: number, d: number, M: number, beta: number): Barycentres => {
    const averages = planTilted({ dimension: d, count: n, ...options });
    const softmax = planSoftmaxLaw(n, d, M, beta, averages);
    const covariance = planCovariance(n, d, M, softmax);
    // Only the Lévy area needs this one; it is planned the first time it is used.
    let traced: Barycentres["tracedDerivative"] | undefined;
    return {
      values: softmax.means,
      freeze(law, matrices) {
        softmax.freeze(law, matrices);
        covariance.forget();
      },
      derivative: planTransportedDerivative(n, d, M, beta, softmax, covariance),
      selfDerivative: planSelfDerivative(n, d, beta, softmax, covariance),
      tracedDerivative(atom, directions, out) {
        traced ??= planTracedDerivative(n, d, beta, softmax, covariance);
        traced(atom, directions, out);
      },
      diagnostics: () => attentionDiagnostics(averages),
    };
  };
}

function attentionDiagnostics(averages: TiltedAverages): Diagnostics {
  const { method, degree, tilts, summedDirectly, errorBound } = averages.diagnostics();
  if (method !== "harmonic") return { attention: "direct" };
  return {
    attention: "harmonic",
    attentionDegree: degree,
    attentionErrorBound: errorBound,
    attentionTilts: tilts,
    attentionSummedDirectly: summedDirectly,
  };
}
