import { planFourier, powerOfTwo } from "../numerics/fft.js";
import { degreesAndOrders, harmonicCount, requireDegree } from "./kernels/harmonic-index.js";
import type { TensorTransform } from "./tensor-transform.js";
import { turn } from "../numerics/turn.js";

/**
 * Fourier series on the circle as harmonics in d = 2: 1/sqrt(2 pi), then sin(l t)/sqrt(pi) at (l, -l) and
 * cos(l t)/sqrt(pi) at (l, l). Nodes are equally spaced from angle 0. By default count >= 3 lmax + 1, so that products
 * of two functions of degree lmax are analysed without aliasing; it is rounded up to a power of two.
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
  const count = Math.max(2, powerOfTwo(wanted));
  const fourier = planFourier(count);
  const size = harmonicCount(2, lmax);
  const from = new Float64Array(2 * count);
  const to = new Float64Array(2 * count);
  const tangential = new Float64Array(count);
  const derived = new Float64Array(size);
  const nodes = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) nodes.set(turn(i, count), 2 * i);
  const weight = (2 * Math.PI) / count;
  const first = 1 / Math.sqrt(2 * Math.PI);
  const other = 1 / Math.sqrt(Math.PI);

  /** out = coefficients of the derivative in the angle. */
  const differentiate = (coefficients: Float64Array, out: Float64Array): void => {
    out[0] = 0;
    for (let l = 1; l <= lmax; l++) {
      out[2 * l - 1] = -l * coefficients[2 * l];
      out[2 * l] = l * coefficients[2 * l - 1];
    }
  };

  const analysis = (values: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < count; i++) {
      from[2 * i] = values[i];
      from[2 * i + 1] = 0;
    }
    fourier.transform(to, from);
    out[0] = weight * first * to[0];
    for (let l = 1; l <= lmax; l++) {
      out[2 * l - 1] = -weight * other * to[2 * l + 1];
      out[2 * l] = weight * other * to[2 * l];
    }
  };

  const synthesis = (coefficients: Float64Array, out: Float64Array): void => {
    // c cos + s sin = Re (c - i s) e^{i l t}: the real part of the conjugate transform of c + i s
    from.fill(0);
    from[0] = first * coefficients[0];
    for (let l = 1; l <= lmax; l++) {
      from[2 * l] = other * coefficients[2 * l];
      from[2 * l + 1] = other * coefficients[2 * l - 1];
    }
    fourier.transform(to, from);
    for (let i = 0; i < count; i++) out[i] = to[2 * i];
  };

  return {
    dimension: 2,
    lmax,
    size,
    count,
    nodes,
    weights: new Float64Array(count).fill(weight),
    ...degreesAndOrders(2, lmax),
    analysis,
    synthesis,

    gradient(coefficients, out) {
      differentiate(coefficients, derived);
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
      differentiate(derived, out);
    },

    tensorDivergence(tensor, out) {
      for (let i = 0; i < count; i++) {
        const x = nodes[2 * i];
        const y = nodes[2 * i + 1];
        const mixed = tensor[4 * i + 1] + tensor[4 * i + 2];
        tangential[i] = y * y * tensor[4 * i] - x * y * mixed + x * x * tensor[4 * i + 3];
      }
      analysis(tangential, out);
      for (let l = 1; l <= lmax; l++) {
        out[2 * l - 1] *= -l * l;
        out[2 * l] *= -l * l;
      }
      out[0] = 0;
    },
  };
}
