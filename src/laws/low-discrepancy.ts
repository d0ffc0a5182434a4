import { inverseNormal } from "../numerics/inverse-normal.js";
import { power } from "../numerics/power.js";
import { cos, sin } from "../numerics/sine-cosine.js";
import { square } from "../numerics/square.js";

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/**
 * Writes to out[n,d] n unit vectors spread evenly about the axis e_1, whose angles with it are the mid-quantiles of
 * `angle` (a quantile function on [0, 1]). d = 2: both sides of the axis in turn, equispaced in probability. d = 3: a
 * spiral that turns by the golden ratio (spherical Fibonacci points when the law is uniform). d > 3: directions about the
 * axis from the additive recurrence R_{d-1} (generalised golden ratios, Roberts 2018) through normal quantiles.
 */
export function spread(d: number, n: number, angle: (u: number) => number, out: Float64Array): void {
  const steps = additiveSteps(d - 1);
  for (let j = 0; j < n; j++) {
    const u = (j + 0.5) / n;
    if (d === 2) {
      const theta = Math.sign(u - 0.5) * angle(Math.abs(2 * u - 1));
      out[2 * j] = cos(theta);
      out[2 * j + 1] = sin(theta);
      continue;
    }
    const theta = angle(u);
    const o = j * d;
    if (d === 3) {
      out[o + 1] = cos(2 * Math.PI * (j / GOLDEN));
      out[o + 2] = sin(2 * Math.PI * (j / GOLDEN));
    } else {
      let norm = 0;
      for (let a = 1; a < d; a++) {
        const v = (0.5 + (j + 1) * steps[a - 1]) % 1;
        out[o + a] = inverseNormal(Math.min(1 - 2 ** -53, Math.max(2 ** -53, v)));
        norm += square(out[o + a]);
      }
      for (let a = 1; a < d; a++) out[o + a] /= Math.sqrt(norm);
    }
    for (let a = 1; a < d; a++) out[o + a] *= sin(theta);
    out[o] = cos(theta);
  }
}

/** 1/g, 1/g^2, ..., 1/g^k with g^{k+1} = g + 1: rationally independent steps. */
function additiveSteps(k: number): number[] {
  let g = 1.5;
  for (let i = 0; i < 60; i++) g = power(1 + g, 1 / (k + 1));
  return Array.from({ length: k }, (_, i) => power(g, -(i + 1)));
}
