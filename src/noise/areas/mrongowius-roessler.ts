import { square } from "../../numerics/square.js";
import type { AreaMethod } from "./method.js";
import { addWedge, planSeries } from "./series.js";
import { trigamma } from "../../numerics/trigamma.js";

/**
 * Milstein's series, and for the tail of its bilinear part, sum_{r>p} (X_r Y_r^T - Y_r X_r^T) / r, a skew matrix of
 * independent Gaussians with the same covariance, 2 psi'(p+1). So the second moments given dW are exact at every p.
 * The error is that of the best coupling; K h^2 / (12 pi^2 p^2) bounds it (asymptotically it is a quarter of that).
 */
export const mrongowiusRoesslerArea: AreaMethod = {
  name: "mrongowius-roessler",
  source: "Mrongowius, Rößler, Stoch. Anal. Appl. 40 (2022), arXiv:2101.09542",
  order: 2,
  constant: (channels) => channels / (12 * square(Math.PI)),
  normals: (channels, terms) => 2 * channels * terms + channels + (channels * (channels - 1)) / 2,
  plan(channels, terms) {
    const K = channels;
    const series = planSeries(K, terms);
    const tail = 2 * K * terms;
    const c = Math.sqrt(2 * trigamma(terms + 1));
    return (h, dW, normals, out) => {
      series.start(h, dW, normals, out);
      addWedge(c, series.w, normals, tail, out);
      let at = tail + K;
      for (let j = 0; j < K; j++) {
        for (let k = j + 1; k < K; k++) out[j * K + k] += c * normals[at++];
      }
      series.finish(h, out);
    };
  },
};
