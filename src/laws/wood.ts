import { hypot } from "../numerics/hypot.js";
import { log } from "../numerics/log.js";
import type { Stream } from "../types.js";
import { ulrich } from "./polar-quantile.js";
import { checkKappa } from "./von-mises-fisher.js";

/**
 * Draws 1 - <mean, x> for a von Mises-Fisher point x and leaves in out[1..d) a vector of uniform direction, independent of
 * it. Uses the stream's draws at (path, token): uniforms from entry 1 on (entry 0 is the caller's), normals from 0 on.
 */
export type CosineSampler = (stream: Stream, path: number, token: number, out: Float64Array) => number;

/**
 * Exact samplers of the cosine. d = 3: inversion. Otherwise Wood's rejection
 * (Communications in Statistics - Simulation 23, 1994, algorithm VM*) from the image of the uniform law under
 * W = (1 - (1+b) Z) / (1 - (1-b) Z), where Z = (1 + first coordinate) / 2 of a uniform point of S^{d-1} is the Beta variable
 * asked for; its other coordinates give the direction. At least two tries in three succeed.
 */
export function cosineSampler(d: number, kappa: number): CosineSampler {
  const uniform = new Float64Array(1);
  if (d === 3) {
    const defect = ulrich(kappa);
    return (stream, path, token, out) => {
      stream.normals(path, token, out);
      stream.uniforms(path, token, uniform, 1);
      return defect(uniform[0]);
    };
  }
  checkKappa(kappa);
  const b = (d - 1) / (2 * kappa + hypot(2 * kappa, d - 1));
  const x0 = (1 - b) / (1 + b);
  const s0 = (2 * b) / (1 + b); // 1 - x0
  /* log of (target / proposal) up to its maximum, at W = x0; everything in s = 1 - W, which stays exact near the mean */
  const logRatio = (s: number): number => kappa * (s0 - s) + (d - 1) * log((s0 + x0 * s) / (s0 * (1 + x0)));
  return (stream, path, token, out) => {
    for (let attempt = 0; ; attempt++) {
      stream.normals(path, token, out, attempt * d);
      stream.uniforms(path, token, uniform, 1 + attempt);
      let norm = 0;
      for (let a = 0; a < d; a++) norm += out[a] * out[a];
      const z = (1 + out[0] / Math.sqrt(norm)) / 2;
      const s = (2 * b * z) / (1 - (1 - b) * z);
      if (logRatio(s) >= log(uniform[0])) return s;
    }
  };
}
