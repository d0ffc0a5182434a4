import { exp } from "../numerics/exp.js";
import { harmonicCount } from "../spectral/kernels/harmonic-index.js";
import { wrap } from "../sphere/measure.js";
import { normalize } from "../sphere/retract.js";
import { checkCount, checkDimension, type InitialLaw } from "./law.js";
import { spread } from "./low-discrepancy.js";
import { polarQuantile } from "./polar-quantile.js";
import { polarRule } from "./polar-rule.js";
import { logSurfaceArea } from "./von-mises-fisher.js";

/** The uniform law on S^{d-1}. Tokens are normalised Gaussian vectors; `quasi` is equispaced for d = 2, Fibonacci for d = 3. */
export function uniformLaw(dimension: number): InitialLaw {
  checkDimension("uniformLaw", dimension);
  const rho = exp(-logSurfaceArea(dimension));
  return {
    name: "uniform",
    dimension,
    density: () => rho,
    sample(n, stream, path) {
      checkCount("uniformLaw", n);
      const points = new Float64Array(n * dimension);
      stream.normals(path, 0, points);
      normalize(points, dimension);
      return wrap(points, dimension);
    },
    quasi(n) {
      checkCount("uniformLaw", n);
      const points = new Float64Array(n * dimension);
      spread(dimension, n, polarQuantile(dimension, 0), points);
      return wrap(points, dimension);
    },
    ...((dimension === 2 || dimension === 3) && {
      quadrature(n: number) {
        checkCount("uniformLaw", n);
        const { points, weights } = polarRule(dimension, 0, n);
        return wrap(points, dimension, weights);
      },
      moments(lmax: number) {
        const out = new Float64Array(harmonicCount(dimension, lmax));
        out[0] = Math.sqrt(rho);
        return out;
      },
    }),
  };
}
