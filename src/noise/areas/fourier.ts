import { square } from "../../numerics/square.js";
import type { AreaMethod } from "./method.js";
import { planSeries } from "./series.js";

/** The truncated Fourier series, nothing for its tail. Mean-square error exactly 3 h^2 / (2 pi^2) sum_{r>p} 1/r^2. */
export const fourierArea: AreaMethod = {
  name: "fourier",
  source: "Kloeden, Platen, Wright, Stoch. Anal. Appl. 10 (1992); Kastner, Rößler, arXiv:2201.08424",
  order: 1,
  constant: () => 3 / (2 * square(Math.PI)),
  normals: (channels, terms) => 2 * channels * terms,
  plan(channels, terms) {
    const series = planSeries(channels, terms);
    return (h, dW, normals, out) => {
      series.start(h, dW, normals, out);
      series.finish(h, out);
    };
  },
};
