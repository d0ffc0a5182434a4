import { square } from "../../numerics/square.js";
import type { AreaMethod } from "./method.js";
import { planSeries } from "./series.js";
import { trigamma } from "../../numerics/trigamma.js";

/**
 * The Fourier series, and for its whole tail a Gaussian skew matrix with the tail's covariance given dW. On skew
 * matrices that covariance is B -> 2 psi'(p+1) (B + B w w^T + w w^T B). Since B -> (B w w^T + w w^T B) / |w|^2 is a
 * projector there, its square root is closed: with G skew standard normal the tail is
 *   sqrt(2 psi'(p+1)) (G + (G w w^T + w w^T G) / (1 + sqrt(1 + |w|^2))).
 * Second moments given dW are exact at every p.
 */
export const wiktorssonArea: AreaMethod = {
  name: "wiktorsson",
  source:
    "Wiktorsson, Ann. Appl. Probab. 11 (2001), 470-487; constant as in Kastner, Rößler, arXiv:2201.08424",
  order: 2,
  constant: (channels) => (5 * channels) / (12 * square(Math.PI)),
  normals: (channels, terms) => 2 * channels * terms + (channels * (channels - 1)) / 2,
  plan(channels, terms) {
    const K = channels;
    const series = planSeries(K, terms);
    const w = series.w;
    const tail = 2 * K * terms;
    const c = Math.sqrt(2 * trigamma(terms + 1));
    const Gw = new Float64Array(K);
    return (h, dW, normals, out) => {
      series.start(h, dW, normals, out);
      let square = 0;
      for (let k = 0; k < K; k++) square += w[k] * w[k];
      const share = c / (1 + Math.sqrt(1 + square));
      Gw.fill(0);
      let at = tail;
      for (let j = 0; j < K; j++) {
        for (let k = j + 1; k < K; k++) {
          const g = normals[at++];
          Gw[j] += g * w[k];
          Gw[k] -= g * w[j];
          out[j * K + k] += c * g;
        }
      }
      for (let j = 0; j < K; j++) {
        for (let k = j + 1; k < K; k++) out[j * K + k] += share * (Gw[j] * w[k] - w[j] * Gw[k]);
      }
      series.finish(h, out);
    };
  },
};
