import { multiply } from "../../numerics/matrix.js";
import type { Barycentres } from "../../models/attention/barycentres.js";
import { gaussianHeads, type HeadLaw } from "../../models/heads/gaussian-heads.js";
import { givenHeads } from "../../models/heads/given-heads.js";
import { independentHeads } from "../../models/heads/independent-heads.js";
import { normalize } from "../../sphere/retract.js";
import type { Factors } from "./low-temperature-pair.js";

/**
 * Barycentres at zero temperature of tokens in a background that fills the sphere (n -> infinity first): softmax tilts to
 * the direction of Ax, whatever the law, so m_A(x) = Ax/|Ax|. For the transformer, which takes no derivatives of them.
 */
export function directionBarycentres(n: number, d: number, M: number): Barycentres {
  const values = new Float64Array(M * n * d);
  const image = new Float64Array(d);
  const refuse = (): never => {
    throw new RangeError("directionBarycentres: only a transformer's layers are defined at zero temperature");
  };
  return {
    values,
    freeze({ points }, atoms) {
      atoms.forEach((A, m) => {
        for (let i = 0; i < n; i++) {
          multiply(A, points, i * d, d, image);
          values.set(image, (m * n + i) * d);
        }
      });
      normalize(values, d);
    },
    derivative: refuse,
    selfDerivative: refuse,
    tracedDerivative: refuse,
    diagnostics: () => ({ sums: "direction of Ax" }),
  };
}

/** Heads with sigma_V^2 = 1/d and key matrices of so many Gaussian factors; none is a random rotation (Haar). */
export function keyHeads(dimension: number, factors: Factors, seed: string): HeadLaw {
  const d = dimension;
  const sigma = 1 / Math.sqrt(d);
  if (factors === 2) return gaussianHeads({ dimension, sigmaV: sigma, sigmaA: sigma, seed });
  if (factors === 1) return independentHeads({ dimension, V: { sigma }, A: { sigma, factors: 1 }, seed });
  return givenHeads({
    name: "random rotations",
    dimension,
    normals: 2 * d * d,
    uniforms: 0,
    build(normals, _uniforms, V, A) {
      for (let e = 0; e < d * d; e++) V[e] = sigma * normals[e];
      A.set(normals.subarray(d * d));
      orthonormalize(A, d);
    },
    seed,
  });
}

/** Rows of A by Gram–Schmidt, twice for rounding: Haar distributed when the entries are Gaussian. */
function orthonormalize(A: Float64Array, d: number): void {
  for (let i = 0; i < d; i++) {
    const row = A.subarray(i * d, (i + 1) * d);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i * d; j += d) {
        let s = 0;
        for (let a = 0; a < d; a++) s += row[a] * A[j + a];
        for (let a = 0; a < d; a++) row[a] -= s * A[j + a];
      }
    }
    normalize(row, d);
  }
}
