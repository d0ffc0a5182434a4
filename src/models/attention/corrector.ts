/**
 * How a layer returns to the sphere. "ambient": x <- N(x + v) with the whole residual v = (eta/H) sum_h B_h, as
 * transformers do. "tangent": x <- N(x + P_x v). To first order they agree; to second order they do not, since
 * N(x + v) = N(x + P_x v / (1 + <x,v>)).
 */
export type LayerStep = "ambient" | "tangent";

/**
 * out[n,d] += -(eta/2) nabla_b b for b = P_x U: `moved` is the ambient derivative of U along b, so that
 * nabla_b b = P_x moved - <x,U> b (arXiv:2604.01978, theorem 1). That is the corrector of tangent layers. Ambient ones
 * lose the further -eta <x,U> b to the normalization, which turns the sign of the second term.
 */
export function addCorrector(
  step: LayerStep,
  eta: number,
  x: Float64Array,
  U: Float64Array,
  b: Float64Array,
  moved: Float64Array,
  d: number,
  out: Float64Array,
): void {
  const sign = step === "ambient" ? 1 : -1;
  for (let o = 0; o < x.length; o += d) {
    let xU = 0;
    let xm = 0;
    for (let a = 0; a < d; a++) {
      xU += x[o + a] * U[o + a];
      xm += x[o + a] * moved[o + a];
    }
    for (let a = 0; a < d; a++) {
      const tangent = moved[o + a] - xm * x[o + a];
      out[o + a] -= 0.5 * eta * (tangent + sign * xU * b[o + a]);
    }
  }
}

/**
 * out[n,d] -= c <x,U> P_x U: the mean displacement an ambient layer loses to a fluctuation U whose normal and tangential
 * parts are correlated. It vanishes when V has i.i.d. centred entries.
 */
export function addNormalLoss(
  c: number,
  x: Float64Array,
  U: Float64Array,
  d: number,
  out: Float64Array,
): void {
  for (let o = 0; o < x.length; o += d) {
    let xU = 0;
    for (let a = 0; a < d; a++) xU += x[o + a] * U[o + a];
    for (let a = 0; a < d; a++) out[o + a] -= c * xU * (U[o + a] - xU * x[o + a]);
  }
}
