import { planCircleGrid } from "./circle-grid.js";
import { degreesAndOrders, harmonicCount, requireDegree } from "./kernels/harmonic-index.js";
import type { TensorTransform } from "./tensor-transform.js";

/**
 * Fourier series on the circle as harmonics in d = 2: 1/sqrt(2 pi), then sin(l t)/sqrt(pi) at (l, -l) and
 * cos(l t)/sqrt(pi) at (l, l). Nodes are equally spaced from angle 0. By default count >= 3 lmax + 1, so that products
 * of two functions of degree lmax are analysed without aliasing; it is rounded up to 2^k or 3 * 2^k.
 * Throws a RangeError on a lmax that is no integer >= 0, or count < 2 lmax + 1.
 */
export function planCircle(options: { readonly lmax: number; readonly count?: number }): TensorTransform {
  const { lmax } = options;
  requireDegree("planCircle", lmax);
  const wanted = options.count ?? 3 * lmax + 1;
  if (!Number.isInteger(wanted) || wanted < 2 * lmax + 1)
    throw new RangeError(
      `planCircle: count must be an integer >= ${2 * lmax + 1} for lmax ${lmax}, got ${wanted}.`,
    );
  const size = harmonicCount(2, lmax);
  const { count, nodes, weights, analysis, synthesis } = planCircleGrid(lmax, wanted);
  const tangential = new Float64Array(count);
  const derived = new Float64Array(size);

  return {
    dimension: 2,
    lmax,
    size,
    count,
    nodes,
    weights,
    ...degreesAndOrders(2, lmax),
    analysis,
    synthesis,

    gradient(coefficients, out) {
      differentiate(lmax, coefficients, derived);
      synthesis(derived, tangential);
      for (let i = 0; i < count; i++) {
        out[2 * i] = -nodes[2 * i + 1] * tangential[i];
        out[2 * i + 1] = nodes[2 * i] * tangential[i];
      }
    },

    divergence(field, out) {
      for (let i = 0; i < count; i++)
        tangential[i] = nodes[2 * i] * field[2 * i + 1] - nodes[2 * i + 1] * field[2 * i];
      analysis(tangential, derived);
      differentiate(lmax, derived, out);
    },

    tensorDivergence(tensor, out) {
      tangentialPart(nodes, tensor, tangential);
      analysis(tangential, out);
      differentiateTwice(lmax, out);
    },
  };
}

/** out = coefficients of the derivative in the angle. */
function differentiate(lmax: number, coefficients: Float64Array, out: Float64Array): void {
  out[0] = 0;
  for (let l = 1; l <= lmax; l++) {
    out[2 * l - 1] = -l * coefficients[2 * l];
    out[2 * l] = l * coefficients[2 * l - 1];
  }
}

/** The second derivative, in place: a factor of -l^2. */
function differentiateTwice(lmax: number, coefficients: Float64Array): void {
  for (let l = 1; l <= lmax; l++) {
    coefficients[2 * l - 1] *= -l * l;
    coefficients[2 * l] *= -l * l;
  }
  coefficients[0] = 0;
}

/** out[count] = <t, T t> with the tangent t = (-y, x) at every node, T [count,2,2]. */
function tangentialPart(nodes: Float64Array, T: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const x = nodes[2 * i];
    const y = nodes[2 * i + 1];
    const mixed = T[4 * i + 1] + T[4 * i + 2];
    out[i] = y * y * T[4 * i] - x * y * mixed + x * x * T[4 * i + 3];
  }
}
