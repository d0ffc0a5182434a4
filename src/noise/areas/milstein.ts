import { square } from "../../numerics/square.js";
import type { AreaMethod } from "./method.js";
import { addWedge, planSeries } from "./series.js";
import { trigamma } from "../../numerics/trigamma.js";

/**
 * The Fourier series with the exact tail of its part linear in dW: sum_{r>p} X_r / r is N(0, psi'(p+1) Id), whatever
 * else was drawn. Mean-square error exactly h^2 / (2 pi^2) sum_{r>p} 1/r^2.
 */
export const milsteinArea: AreaMethod = {
  name: "milstein",
  source: "Milstein, Numerical integration of stochastic differential equations (1995)",
  order: 1,
  constant: () => 1 / (2 * square(Math.PI)),
  normals: (channels, terms) => 2 * channels * terms + channels,
  plan(channels, terms) {
    const series = planSeries(channels, terms);
    const tail = 2 * channels * terms;
    const c = Math.sqrt(2 * trigamma(terms + 1));
    return (h, dW, normals, out) => {
      series.start(h, dW, normals, out);
      addWedge(c, series.w, normals, tail, out);
      series.finish(h, out);
    };
  },
};
