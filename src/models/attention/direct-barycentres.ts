import type { Measure } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { planCombination } from "./direct/combination.js";
import { planSelfDerivative } from "./direct/self-derivative.js";
import { planSoftmaxLaw } from "./direct/softmax-law.js";
import { planTracedDerivative } from "./direct/traced-derivative.js";
import { planTransportedDerivative } from "./direct/transported-derivative.js";
import { planMemory } from "./kernels/memory.js";
import { read } from "./kernels/panels.js";

/**
 * Barycentres by the direct sum over all pairs, O(n^2 d) an atom, in any dimension: products of matrices, in which the weights
 * p_ij are found a block at a time and never kept, and nothing of size d^3 is formed except where the directions themselves
 * have it.
 */
export function directBarycentres(n: number, d: number, M: number, beta: number): Barycentres {
  const memory = planMemory();
  const softmax = planSoftmaxLaw(memory, n, d, M, beta);
  const transported = planTransportedDerivative(memory, softmax);
  const selfDerivative = planSelfDerivative(memory, softmax);
  const combination = planCombination(memory, n, d);
  const means = (atom: number): number => softmax.means(atom, 0);
  const moved = memory.reserve(n * d);
  const places = memory.reserve(M * n * d);
  const { numbers, unpack } = memory.open();
  const values = numbers.subarray(places, places + M * n * d);
  let law: Measure;
  // Only the Lévy area needs this one; it is planned the first time it is used.
  let traced: ReturnType<typeof planTracedDerivative> | undefined;

  return {
    values,
    freeze(frozen, matrices) {
      law = frozen;
      softmax.freeze(law, matrices);
      for (let m = 0; m < M; m++) unpack(means(m), softmax.stride, d, n, places + m * n * d);
    },
    combine: (c, B, out) => combination(c, B, means, softmax.stride, out),
    derivative(delta, out) {
      transported.along(delta);
      for (let m = 0; m < M; m++) {
        unpack(transported.of(m), transported.stride, d, n, moved);
        read(numbers, moved, n * d, out, m * n * d);
      }
    },
    combineDerivatives(delta, c, B, out) {
      transported.along(delta);
      combination(c, B, transported.of, transported.stride, out);
    },
    selfDerivative,
    tracedDerivative(atom, directions, out) {
      traced ??= planTracedDerivative(n, d, beta);
      traced(law, softmax.matrices[atom], directions, out);
    },
    diagnostics: () => ({ attention: "direct" }),
  };
}
