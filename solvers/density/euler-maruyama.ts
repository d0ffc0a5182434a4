import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Field, Model } from "../../src/types.js";
import { planTerms } from "../schemes/terms.js";
import type { DensityStepper } from "./state.js";

/**
 * Semi-implicit Euler–Maruyama for the stochastic Fokker–Planck equation in Itô form,
 *
 *     d rho = [ -div(b rho) + 1/2 div div(T rho) + 1/2 kappa^2 Lap rho ] dt - div(rho dF),   T = sum_k g_k g_k^T:
 *
 * explicit noise, implicit 1/2 h (a_0 + kappa^2) Lap with a_0 the largest mean eigenvalue of T over the nodes, the rest
 * explicit. On du = 1/2 s^2 u_xx dt - s u_x dW the explicit scheme grows by 1 + s^4 k^4 h^2 / 4 a step in mean square;
 * this one contracts. Strong order 1/2.
 */
export function densityEulerMaruyama(
  model: Model,
  transform: TensorTransform,
  kappa: number,
): DensityStepper {
  const { dimension: d, count: n, size, degrees } = transform;
  const field = model.plan(n);
  const terms = planTerms(model, field, n, "ito");
  const flux = new Float64Array(n * d);
  const tensor = new Float64Array(n * d * d);
  const noiseTensor = planNoiseTensor(model, field, n);
  const advected = new Float64Array(size);
  const spread = new Float64Array(size);
  return {
    name: "euler-maruyama",
    needsArea: "never",
    strongOrder: 0.5,
    strongOrderWithoutArea: 0.5,
    step({ coefficients, values, law }, { path, step, dt, dW }) {
      field.redraw?.(path, step);
      field.freeze(law);

      const a0 = noiseTensor(tensor);
      for (let i = 0; i < n; i++) for (let e = i * d * d; e < (i + 1) * d * d; e++) tensor[e] *= values[i];
      transform.tensorDivergence(tensor, spread);

      field.increment(dt, dW, flux);
      terms.shift(dt, flux);
      for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) flux[i * d + a] *= values[i];
      transform.divergence(flux, advected);

      for (let q = 0; q < size; q++) {
        const eigenvalue = degrees[q] * (degrees[q] + d - 2);
        const explicit =
          coefficients[q] - advected[q] + 0.5 * dt * (spread[q] + a0 * eigenvalue * coefficients[q]);
        coefficients[q] = explicit / (1 + 0.5 * dt * (a0 + kappa * kappa) * eigenvalue);
      }
    },
    diagnostics: () => field.diagnostics?.() ?? {},
  };
}

/** tensor[n,d,d] = T = sum_k g_k g_k^T at the nodes of the frozen law, one channel at a time; returns a_0. */
function planNoiseTensor(model: Model, field: Field, n: number): (tensor: Float64Array) => number {
  const { channels: K, dimension: d } = model;
  const unit = new Float64Array(K);
  const g = new Float64Array(n * d);
  return (tensor) => {
    tensor.fill(0);
    for (let k = 0; k < K; k++) {
      unit.fill(0);
      unit[k] = 1;
      field.increment(0, unit, g);
      for (let i = 0; i < n; i++) {
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < d; b++) tensor[(i * d + a) * d + b] += g[i * d + a] * g[i * d + b];
        }
      }
    }
    let a0 = 0;
    for (let i = 0; i < n; i++) {
      let trace = 0;
      for (let a = 0; a < d; a++) trace += tensor[(i * d + a) * d + a];
      a0 = Math.max(a0, trace / (d - 1));
    }
    return a0;
  };
}
