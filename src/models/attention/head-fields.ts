import type { Diagnostics, Measure } from "../../types.js";
import { multiply } from "../../numerics/matrix.js";
import type { Barycentres } from "./barycentres.js";
import type { Head } from "../heads/head.js";
import { addPerceptron, addPerceptronDerivative } from "../heads/perceptron.js";

/**
 * Linear combinations U = sum_m c_m B_m of the fields B_m(x) = V_m m_{A_m}(x) + W2 phi(W1 x + b) of M heads at one
 * frozen law, in ambient coordinates: nothing is projected here.
 */
export interface HeadFields {
  /** Takes other heads, as many as before; they count from the next freeze. */
  use(heads: readonly Head[]): void;
  freeze(law: Measure): void;
  /** out[n,d] = sum_m c_m B_m */
  combine(c: Float64Array, out: Float64Array): void;
  /** out[n,d] = its derivative along[n,d], law and points moving together. */
  derivative(c: Float64Array, along: Float64Array, out: Float64Array): void;
  diagnostics(): Diagnostics;
}

export function headFields(first: readonly Head[], n: number, d: number, bary: Barycentres): HeadFields {
  let heads = first;
  const matrices = heads.map(({ A }) => A);
  const image = new Float64Array(d);
  const moved = new Float64Array(heads.length * n * d);
  let x: Float64Array;

  /** out += c V v for vectors v[n,d] that start at `from`. */
  const addImage = (c: number, V: Float64Array, v: Float64Array, from: number, out: Float64Array): void => {
    for (let o = 0; o < n * d; o += d) {
      multiply(V, v, from + o, d, image);
      for (let a = 0; a < d; a++) out[o + a] += c * image[a];
    }
  };

  return {
    use(others) {
      heads = others;
      others.forEach(({ A }, m) => (matrices[m] = A));
    },
    diagnostics: () => bary.diagnostics(),
    freeze(law) {
      x = law.points;
      bary.freeze(law, matrices);
    },
    combine(c, out) {
      out.fill(0);
      heads.forEach(({ V, perceptron }, m) => {
        if (c[m] === 0) return;
        addImage(c[m], V, bary.values, m * n * d, out);
        if (perceptron) for (let o = 0; o < n * d; o += d) addPerceptron(perceptron, x, o, c[m], out, o);
      });
    },
    derivative(c, along, out) {
      out.fill(0);
      bary.derivative(along, moved);
      heads.forEach(({ V, perceptron }, m) => {
        if (c[m] === 0) return;
        addImage(c[m], V, moved, m * n * d, out);
        if (perceptron) {
          for (let o = 0; o < n * d; o += d) addPerceptronDerivative(perceptron, x, along, o, c[m], out);
        }
      });
    },
  };
}
