import { planTilted, type TiltedMethod } from "../spectral/funk-hecke.js";
import type { Measure } from "../types.js";
import { multiply, multiplyTransposed, type Barycentres } from "./barycentres.js";

export interface HarmonicOptions {
  /** Error allowed in an average of functions bounded by one; 1e-12 unless given. */
  readonly tolerance?: number;
  /** "auto" sums directly where that is cheaper for the law at hand. */
  readonly method?: TiltedMethod;
}

/**
 * The same barycentres in dimension 2 and 3 from the few harmonic moments that matter (Funk–Hecke), O(n l^2) instead
 * of O(n^2). With E_i[f] = sum_j p_ij f(y_j) every sum of the interface is such an average:
 *
 *     m_i = E[y],  Cov_i = E[y y^T] - m m^T,
 *     derivative    = E[delta] + beta Cov A delta_i + beta (E[y delta^T] - m E[delta]^T) A x_i,
 *     selfDerivative = E[P m] + beta A^T Cov m + beta (E[s P] - sum_c m_c E[m_c P]) A x_i,   s = <y, m(y)>,
 *
 * and the traced derivative likewise with one function for each entry of the directions.
 */
export function harmonicBarycentres(options: HarmonicOptions = {}) {
  return (n: number, d: number, M: number, beta: number): Barycentres => {
    const tilted = planTilted({ dimension: d, count: n, ...options });
    const values = new Float64Array(M * n * d);
    const tilts = Array.from({ length: M }, () => new Float64Array(n * d));
    const dd = d * d;
    // y y^T is symmetric: entry (a, b), a <= b, stands at pair[a d + b].
    const pair = symmetricPairs(d);
    const ss = (d * (d + 1)) / 2;
    const Ax = new Float64Array(d);
    const Ad = new Float64Array(d);
    const position = tilted.functions(d);
    const second = tilted.functions(ss);
    const transported = tilted.functions(d + dd);
    const correcting = tilted.functions(2 * d + 1 + ss * (1 + d));
    const widest = Math.max(correcting.width, d + dd + d * dd);
    const averages = new Float64Array(n * widest);
    const covariance = new Float64Array(M * n * dd);
    // Only the Lévy area needs these; they are planned the first time it is used.
    let traced: ReturnType<typeof tilted.functions> | undefined;
    let covarianceKnown = false;
    let law: Measure;
    let atoms: readonly Float64Array[];

    /** Cov_i of every atom, once after a freeze. */
    const needCovariance = (): void => {
      if (covarianceKnown) return;
      covarianceKnown = true;
      const y = law.points;
      for (let j = 0; j < n; j++) {
        for (let a = 0; a < d; a++) {
          for (let b = a; b < d; b++) second.values[j * ss + pair[a * d + b]] = y[j * d + a] * y[j * d + b];
        }
      }
      second.load();
      for (let m = 0; m < M; m++) {
        second.average(tilts[m], averages);
        for (let i = 0; i < n; i++) {
          const v = (m * n + i) * d;
          for (let a = 0; a < d; a++) {
            for (let b = 0; b < d; b++) {
              const e = a * d + b;
              covariance[v * d + e] = averages[i * ss + pair[e]] - values[v + a] * values[v + b];
            }
          }
        }
      }
    };

    /** A x_i of one atom; recomputed rather than divided out of the tilt, which beta = 0 would spoil. */
    const image = (atom: number, i: number): void => multiply(atoms[atom], law.points, i * d, d, Ax);

    return {
      values,
      freeze(frozen, matrices) {
        law = frozen;
        atoms = matrices;
        covarianceKnown = false;
        let reach = 0;
        for (let m = 0; m < M; m++) {
          for (let i = 0; i < n; i++) {
            image(m, i);
            let s = 0;
            for (let a = 0; a < d; a++) {
              tilts[m][i * d + a] = beta * Ax[a];
              s += tilts[m][i * d + a] * tilts[m][i * d + a];
            }
            reach = Math.max(reach, s);
          }
        }
        tilted.freeze(law, Math.sqrt(reach));
        position.values.set(law.points);
        position.load();
        for (let m = 0; m < M; m++) {
          position.average(tilts[m], averages);
          for (let i = 0; i < n * d; i++) values[m * n * d + i] = averages[i];
        }
      },
      derivative(delta, out) {
        needCovariance();
        const width = transported.width;
        const y = law.points;
        for (let j = 0; j < n; j++) {
          for (let a = 0; a < d; a++) {
            transported.values[j * width + a] = delta[j * d + a];
            for (let b = 0; b < d; b++) {
              transported.values[j * width + d + a * d + b] = y[j * d + a] * delta[j * d + b];
            }
          }
        }
        transported.load();
        for (let m = 0; m < M; m++) {
          transported.average(tilts[m], averages);
          for (let i = 0; i < n; i++) {
            const v = (m * n + i) * d;
            const E = i * width;
            image(m, i);
            multiply(atoms[m], delta, i * d, d, Ad);
            let deltaAx = 0;
            for (let b = 0; b < d; b++) deltaAx += averages[E + b] * Ax[b];
            for (let a = 0; a < d; a++) {
              let s = -values[v + a] * deltaAx;
              for (let b = 0; b < d; b++) {
                s += covariance[(v + a) * d + b] * Ad[b] + averages[E + d + a * d + b] * Ax[b];
              }
              out[v + a] = averages[E + a] + beta * s;
            }
          }
        }
      },
      selfDerivative(atom, out) {
        needCovariance();
        const width = correcting.width;
        const start = atom * n * d;
        const y = law.points;
        // Functions of y, in this order: P m [d], s, m [d], s y y^T [ss], m_c y y^T [d,ss].
        const [ofS, ofM, ofSyy, ofMyy] = [d, d + 1, 2 * d + 1, 2 * d + 1 + ss];
        for (let j = 0; j < n; j++) {
          const o = j * width;
          const f = correcting.values;
          let s = 0;
          for (let a = 0; a < d; a++) s += y[j * d + a] * values[start + j * d + a];
          f[o + ofS] = s;
          for (let a = 0; a < d; a++) {
            const m = values[start + j * d + a];
            f[o + a] = m - s * y[j * d + a];
            f[o + ofM + a] = m;
          }
          for (let a = 0; a < d; a++) {
            for (let b = a; b < d; b++) {
              const yy = y[j * d + a] * y[j * d + b];
              const e = pair[a * d + b];
              f[o + ofSyy + e] = s * yy;
              for (let c = 0; c < d; c++) f[o + ofMyy + c * ss + e] = values[start + j * d + c] * yy;
            }
          }
        }
        correcting.load();
        correcting.average(tilts[atom], averages);
        for (let i = 0; i < n; i++) {
          const v = start + i * d;
          const E = i * width;
          image(atom, i);
          for (let a = 0; a < d; a++) {
            Ad[a] = 0;
            for (let b = 0; b < d; b++) Ad[a] += covariance[(v + a) * d + b] * values[v + b];
          }
          // E[<y - m_i, m(y)> P] A x = (E[s] - <m_i, E[m]>) A x - (E[s y y^T] - sum_c m_ic E[m_c y y^T]) A x
          let first = averages[E + ofS];
          for (let c = 0; c < d; c++) first -= values[v + c] * averages[E + ofM + c];
          for (let a = 0; a < d; a++) {
            let s = first * Ax[a];
            for (let b = 0; b < d; b++) {
              const e = E + pair[a * d + b];
              let yy = averages[e + ofSyy];
              for (let c = 0; c < d; c++) yy -= values[v + c] * averages[e + ofMyy + c * ss];
              s -= yy * Ax[b];
            }
            out[i * d + a] = averages[E + a] + beta * s;
          }
          multiplyTransposed(atoms[atom], Ad, d, Ax);
          for (let a = 0; a < d; a++) out[i * d + a] += beta * Ax[a];
        }
      },
      tracedDerivative(atom, directions, out) {
        needCovariance();
        traced ??= tilted.functions(d + dd + d * dd);
        const width = traced.width;
        const y = law.points;
        // Functions of y for each a: t_a = sum_b D_ab,b [d], Q_ac = sum_b y_b D_ab,c [dd], W_abc = D_ab,c [d,dd].
        for (let j = 0; j < n; j++) {
          const f = traced.values;
          const o = j * width;
          for (let a = 0; a < d; a++) {
            f[o + a] = 0;
            for (let c = 0; c < d; c++) f[o + d + a * d + c] = 0;
            for (let b = 0; b < d; b++) {
              const D = directions[a * d + b];
              f[o + a] += D[j * d + b];
              for (let c = 0; c < d; c++) {
                f[o + d + a * d + c] += y[j * d + b] * D[j * d + c];
                f[o + d + dd + (a * d + b) * d + c] = D[j * d + c];
              }
            }
          }
        }
        traced.load();
        traced.average(tilts[atom], averages);
        for (let i = 0; i < n; i++) {
          const v = (atom * n + i) * d;
          const E = i * width;
          image(atom, i);
          for (let a = 0; a < d; a++) {
            let s = 0;
            for (let b = 0; b < d; b++) {
              multiply(atoms[atom], directions[a * d + b], i * d, d, Ad);
              for (let c = 0; c < d; c++) {
                s += covariance[(v + b) * d + c] * Ad[c];
                s -= values[v + b] * averages[E + d + dd + (a * d + b) * d + c] * Ax[c];
              }
            }
            for (let c = 0; c < d; c++) s += averages[E + d + a * d + c] * Ax[c];
            out[i * d + a] = averages[E + a] + beta * s;
          }
        }
      },
      diagnostics: () => tilted.diagnostics(),
    };
  };
}

/** Position of the unordered pair {a, b} among d (d + 1) / 2. */
function symmetricPairs(d: number): Int32Array {
  const pair = new Int32Array(d * d);
  let next = 0;
  for (let a = 0; a < d; a++) for (let b = a; b < d; b++) pair[a * d + b] = pair[b * d + a] = next++;
  return pair;
}
