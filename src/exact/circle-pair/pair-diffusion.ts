import { complexExpm, expm } from "../../numerics/expm.js";
import { matrixProduct } from "../../numerics/matrix.js";
import { cos, sin } from "../../numerics/sine-cosine.js";
import { wrap } from "../../sphere/measure.js";
import type { Model } from "../../types.js";
import type { Periodic } from "./periodic.js";
import type { PairStep } from "./twisted.js";

/**
 * exp(eta L) for the generator L of a model's two tokens on the circle: b_i d_i + 1/2 sum_k g_ki g_kj d_i d_j in the two
 * angles, read off the model's own fields at every relative angle. On e^{ik theta_1} psi(delta) the derivatives are
 * d_1 = ik - D and d_2 = D. `model` may depend on delta when its law is a quadrature chosen for that pair.
 */
export function diffusionStep(model: (delta: number) => Model, grid: Periodic, eta: number): PairStep {
  const N = grid.nodes.length;
  const D = grid.derivative;
  const D2 = new Float64Array(N * N);
  matrixProduct(D, D, N, D2);
  const overlap = new Float64Array(N * N);
  const position = { re: new Float64Array(N * N), im: new Float64Array(N * N) };
  grid.nodes.forEach((delta, i) => {
    const { b1, b2, a11, a12, a22 } = coefficients(model(delta), delta);
    for (let j = 0, e = i * N; j < N; j++, e++) {
      // b1 (ik - D) + b2 D + (a11 (ik - D)^2 + 2 a12 (ik - D) D + a22 D^2) / 2
      const plain = eta * ((b2 - b1) * D[e] + 0.5 * (a11 - 2 * a12 + a22) * D2[e]);
      const own = i === j ? 1 : 0;
      overlap[e] = plain;
      position.re[e] = plain - 0.5 * eta * a11 * own;
      position.im[e] = eta * (b1 * own + (a12 - a11) * D[e]);
    }
  });
  return { overlap: expm(overlap, N), position: complexExpm(position, N) };
}

/** Angular velocities and covariances of tokens at angles 0 and delta. */
function coefficients(model: Model, delta: number) {
  const field = model.plan(2);
  const [c, s] = [cos(delta), sin(delta)];
  field.freeze(wrap(Float64Array.of(1, 0, c, s), 2));
  const dW = new Float64Array(model.channels);
  const v = new Float64Array(4);
  const angular = (): [number, number] => [v[1], c * v[3] - s * v[2]];
  field.increment(1, dW, v);
  const [b1, b2] = angular();
  let [a11, a12, a22] = [0, 0, 0];
  for (let k = 0; k < dW.length; k++) {
    dW[k] = 1;
    field.increment(0, dW, v);
    const [g1, g2] = angular();
    a11 += g1 * g1;
    a12 += g1 * g2;
    a22 += g2 * g2;
    dW[k] = 0;
  }
  return { b1, b2, a11, a12, a22 };
}
