import { harmonicCount } from "./kernels/harmonic-index.js";

/**
 * The three ambient components of the surface gradient on the sphere at once, as coefficients: what coordinate-gradient.ts
 * tabulates entry by entry, here from factors of one index. With a function's coefficients c(l, m) and s(l, m) of cosines and
 * sines, those of order 0 times sqrt 2, and
 *     up_m   = u h_{k-1} r_{k+m-1} c(k-1, m-1) - v h_k r_{k-m+1} c(k+1, m-1),
 *     down_m = v h_k r_{k+m+1} c(k+1, m+1) - u h_{k-1} r_{k-m-1} c(k-1, m+1),
 *     level_m = u h_{k-1} q_{k-m} q_{k+m} c(k-1, m) + v h_k q_{k+1-m} q_{k+1+m} c(k+1, m),
 * h_l = 1 / sqrt((2l+1)(2l+3)), r_j = sqrt(j (j+1)), q_j = sqrt j, products with coordinates (u = v = 1) have the coefficients
 *     x: c = (up c + down c) / 2, s = (up s + down s) / 2;   y: c = (down s - up s) / 2, s = (up c - down c) / 2;   z: level,
 * where for m = 0 there is no up, x and y are taken times sqrt 2 and z over it. The gradient has u = 1 - k, v = k + 2, its
 * transpose u = k + 1, v = -k.
 */
export interface AmbientGradient {
  /** out[3, (degree+2)^2] = the components of the gradient of coefficients[(degree+1)^2]. */
  gradient(degree: number, coefficients: Float64Array, out: Float64Array): void;
  /** out[(degree+1)^2] = minus the transpose on components[3, (degree+2)^2], which it overwrites. */
  divergence(degree: number, components: Float64Array, out: Float64Array): void;
}

/** Maps for every degree up to the given one. */
export function planAmbientGradient(highest: number): AmbientGradient {
  const h = Float64Array.from({ length: highest + 2 }, (_, l) => 1 / Math.sqrt((2 * l + 1) * (2 * l + 3)));
  const q = Float64Array.from({ length: 2 * highest + 4 }, (_, j) => Math.sqrt(j));
  const r = Float64Array.from({ length: 2 * highest + 4 }, (_, j) => Math.sqrt(j * (j + 1)));
  // the coefficients, then zeros in the two degrees above
  const from = new Float64Array(harmonicCount(3, highest + 2));

  return {
    gradient(degree, coefficients, out) {
      from.fill(0);
      from.set(coefficients.subarray(0, harmonicCount(3, degree)));
      scaleOrderZero(degree, from);
      const size = harmonicCount(3, degree + 1);
      for (let k = 0; k <= degree + 1; k++) {
        const centre = k * k + k;
        const below = k * k - k;
        const above = centre + 2 * k + 2;
        const u = k === 0 ? 0 : (1 - k) * h[k - 1];
        const v = (k + 2) * h[k];
        for (let m = 0; m <= k; m++) {
          const aboveDown = 0.5 * v * r[k + m + 1];
          const aboveLevel = v * q[k + 1 - m] * q[k + 1 + m];
          let downC = aboveDown * from[above + m + 1];
          let downS = aboveDown * from[above - m - 1];
          let levelC = aboveLevel * from[above + m];
          let levelS = aboveLevel * from[above - m];
          if (m < k) {
            const belowLevel = u * q[k - m] * q[k + m];
            levelC += belowLevel * from[below + m];
            levelS += belowLevel * from[below - m];
          }
          if (m < k - 1) {
            const belowDown = 0.5 * u * r[k - m - 1];
            downC -= belowDown * from[below + m + 1];
            downS -= belowDown * from[below - m - 1];
          }
          if (m === 0) {
            out[centre] = Math.SQRT2 * downC;
            out[size + centre] = Math.SQRT2 * downS;
            out[2 * size + centre] = Math.SQRT1_2 * levelC;
            continue;
          }
          const belowUp = 0.5 * u * r[k + m - 1];
          const aboveUp = 0.5 * v * r[k - m + 1];
          const upC = belowUp * from[below + m - 1] - aboveUp * from[above + m - 1];
          const upS = m === 1 ? 0 : belowUp * from[below - m + 1] - aboveUp * from[above - m + 1];
          out[centre + m] = upC + downC;
          out[centre - m] = upS + downS;
          out[size + centre + m] = downS - upS;
          out[size + centre - m] = upC - downC;
          out[2 * size + centre + m] = levelC;
          out[2 * size + centre - m] = levelS;
        }
      }
    },

    divergence(degree, components, out) {
      const size = harmonicCount(3, degree + 1);
      const x = components.subarray(0, size);
      const y = components.subarray(size, 2 * size);
      const z = components.subarray(2 * size, 3 * size);
      for (const part of [x, y, z]) scaleOrderZero(degree + 1, part);
      for (let k = 0; k <= degree; k++) {
        const centre = k * k + k;
        const below = k * k - k;
        const above = centre + 2 * k + 2;
        const u = k === 0 ? 0 : -(k + 1) * h[k - 1];
        const v = k * h[k];
        for (let m = 0; m <= k; m++) {
          const aboveDown = 0.5 * v * r[k + m + 1];
          const aboveLevel = v * q[k + 1 - m] * q[k + 1 + m];
          let downC = aboveDown * (x[above + m + 1] + y[above - m - 1]);
          let downS = aboveDown * (x[above - m - 1] - y[above + m + 1]);
          let levelC = aboveLevel * z[above + m];
          let levelS = aboveLevel * z[above - m];
          if (m < k) {
            const belowLevel = u * q[k - m] * q[k + m];
            levelC += belowLevel * z[below + m];
            levelS += belowLevel * z[below - m];
          }
          if (m < k - 1) {
            const belowDown = 0.5 * u * r[k - m - 1];
            downC -= belowDown * (x[below + m + 1] + y[below - m - 1]);
            downS -= belowDown * (x[below - m - 1] - y[below + m + 1]);
          }
          if (m === 0) {
            out[centre] = Math.SQRT2 * downC + Math.SQRT1_2 * levelC;
            continue;
          }
          const belowUp = 0.5 * u * r[k + m - 1];
          const aboveUp = 0.5 * v * r[k - m + 1];
          let upC = belowUp * x[below + m - 1] - aboveUp * x[above + m - 1];
          let upS = belowUp * y[below + m - 1] - aboveUp * y[above + m - 1];
          if (m > 1) {
            upC -= belowUp * y[below - m + 1] - aboveUp * y[above - m + 1];
            upS += belowUp * x[below - m + 1] - aboveUp * x[above - m + 1];
          }
          out[centre + m] = upC + downC + levelC;
          out[centre - m] = upS + downS + levelS;
        }
      }
    },
  };
}

/** Coefficients of order 0 times sqrt 2: then products with coordinates treat all orders alike. */
function scaleOrderZero(degree: number, coefficients: Float64Array): void {
  for (let l = 0; l <= degree; l++) coefficients[l * l + l] *= Math.SQRT2;
}
