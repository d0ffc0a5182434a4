/**
 * In place: `moved` [n,d] holds dU, the ambient derivative of a field U [n,d] along tangent vectors delta [n,d] at x,
 * and becomes the covariant derivative of its tangent part,
 *
 *     nabla_delta P_x U = P_x dU - <x,U> delta.
 *
 * The second term is what the projector contributes as it moves with x.
 */
export function covariant(
  x: Float64Array,
  U: Float64Array,
  delta: Float64Array,
  d: number,
  moved: Float64Array,
): void {
  for (let o = 0; o < x.length; o += d) {
    let normal = 0;
    let xU = 0;
    for (let a = 0; a < d; a++) {
      normal += x[o + a] * moved[o + a];
      xU += x[o + a] * U[o + a];
    }
    for (let a = 0; a < d; a++) moved[o + a] = moved[o + a] - normal * x[o + a] - xU * delta[o + a];
  }
}
