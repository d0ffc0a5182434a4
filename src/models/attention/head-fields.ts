import type { Diagnostics, Measure } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { planCombinations } from "./combinations.js";
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
  const M = heads.length;
  /** [M,d,d] */
  const V = new Float64Array(M * d * d);
  const combinations = planCombinations(n, d, M, bary);
  let x: Float64Array;

  return {
    use(others) {
      heads = others;
      others.forEach(({ A }, m) => (matrices[m] = A));
    },
    diagnostics: () => bary.diagnostics(),
    freeze(law) {
      x = law.points;
      heads.forEach((head, m) => V.set(head.V, m * d * d));
      bary.freeze(law, matrices);
    },
    combine(c, out) {
      combinations.combine(c, V, out);
      heads.forEach(({ perceptron }, m) => {
        if (c[m] === 0 || !perceptron) return;
        for (let o = 0; o < n * d; o += d) addPerceptron(perceptron, x, o, c[m], out, o);
      });
    },
    derivative(c, along, out) {
      combinations.derivative(along, c, V, out);
      heads.forEach(({ perceptron }, m) => {
        if (c[m] === 0 || !perceptron) return;
        for (let o = 0; o < n * d; o += d) addPerceptronDerivative(perceptron, x, along, o, c[m], out);
      });
    },
  };
}
