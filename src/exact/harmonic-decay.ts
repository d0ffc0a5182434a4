import { exp } from "../numerics/exp.js";

/**
 * Spherical Brownian motion on S^{d-1}: E Y_l(x_t) = e^{-l(l+d-2) t / 2} Y_l(x_0) for every harmonic of degree l. One token
 * of Gaussian heads moves so at speed sigma_V^2.
 */
export const harmonicDecay = (dimension: number, degree: number, time: number): number =>
  exp(-0.5 * degree * (degree + dimension - 2) * time);
