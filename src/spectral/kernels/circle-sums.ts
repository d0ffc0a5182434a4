import { relativeBessel } from "../../numerics/bessel.js";
import { circleLayout } from "./circle-layout.js";
import { WINDOW, type TiltSums } from "./tilt-kernel.js";

/** Sums over cosines and sines by their recursion, O(degree) a tilt. */
export function circleSums(lmax: number, width: number): TiltSums {
  const tilts = new Float64Array(2 * WINDOW);
  const coefficients = new Float64Array(circleLayout.length(lmax, Math.ceil(width / 4)));
  const bounds = new Float64Array(lmax + 1);
  const sums = new Float64Array(2 * width * WINDOW);
  const sizes = new Float64Array(WINDOW);
  const lambda = new Float64Array(lmax + 1);
  const cosines = new Float64Array(lmax + 1);
  const sines = new Float64Array(lmax + 1);

  /** The degree beyond which what is left of the sum of all harmonics is below `truncation`. */
  const lastDegree = (degree: number, truncation: number): number => {
    let top = degree;
    for (let rest = 0; top > 0; top--) {
      rest += 2 * lambda[top];
      if (rest > truncation) break;
    }
    return top;
  };

  /** lambda_l cos l t and lambda_l sin l t. */
  const turn = (x: number, y: number, top: number): void => {
    let c = 1;
    let s = 0;
    for (let l = 0; l <= top; l++) {
      cosines[l] = lambda[l] * c;
      sines[l] = lambda[l] * s;
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  };

  return {
    tilts,
    coefficients,
    bounds,
    sums,
    sizes,
    run(count, degree, extra, truncation) {
      for (let i = 0; i < count; i++) {
        const at = 8 * (i >> 2) + (i & 3);
        const x = tilts[at];
        const y = tilts[at + 4];
        const kappa = Math.sqrt(x * x + y * y);
        const scale = kappa > 0 ? 1 / kappa : 0;
        relativeBessel(2, kappa, degree + extra, lambda);
        const top = lastDegree(degree, truncation) + extra;
        turn(x * scale, y * scale, top);
        sizes[i] = 0;
        for (let l = 0; l <= top; l++) sizes[i] += lambda[l] * bounds[l];
        const to = 8 * width * (i >> 2) + (i & 3);
        for (let r = 0; r < width; r++) {
          let k = 8 * (r >> 2) * (degree + extra + 1) + 2 * (r & 3);
          let [even, odd] = [0, 0];
          for (let l = 0; l <= top; l++) {
            const term = cosines[l] * coefficients[k] + sines[l] * coefficients[k + 1];
            if (l & 1) odd += term;
            else even += term;
            k += 8;
          }
          sums[to + 4 * r] = even;
          sums[to + 4 * (width + r)] = odd;
        }
      }
    },
  };
}
