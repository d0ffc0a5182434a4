import { planTilted, type TiltedMethod } from "../../spectral/funk-hecke.js";
import type { TiltedFunctions, TiltedTerm } from "../../spectral/tilted-averages.js";
import type { Diagnostics, Measure } from "../../types.js";
import { multiply, multiplyTransposed } from "../../numerics/matrix.js";
import type { Barycentres } from "./barycentres.js";

export interface HarmonicOptions {
  /** Error allowed in an average of functions bounded by one; 1e-12 unless given. */
  readonly tolerance?: number;
  /** "auto" sums directly where that is cheaper for the law at hand. */
  readonly method?: TiltedMethod;
}

/**
 * The same barycentres in dimension 2 and 3 from the few harmonic moments that matter (Funk–Hecke), O(n l^2) instead
 * of O(n^2). With u_i = beta A x_i and E_i[f] = sum_j p_ij f(y_j) every sum of the interface is such an average:
 *
 *     m_i = E[y],  Cov_i = E[y y^T] - m m^T,
 *     derivative       = E[delta + y <u, delta>] - m E[<u, delta>] + beta Cov A delta_i,
 *     selfDerivative   = E[P m(y) + s P u] - sum_c m_c E[m_c(y) P u] + beta A^T Cov m,   s = <y, m(y)>, P = P_y,
 *     tracedDerivative = E[t + Q u] - sum_b m_b E[W_b u] + beta sum_b (Cov A D_ab,i)_b,
 *
 * with t_a = sum_b D_ab,b, Q_ac = sum_b y_b D_ab,c and (W_b)_ac = D_ab,c. All directions are tangent at y, so <u, v> is
 * <u, P_y v>, the form that averages at the price of a plain function.
 */
export function harmonicBarycentres(options: HarmonicOptions = {}) {
  return (n: number, d: number, M: number, beta: number): Barycentres => {
    const tilted = planTilted({ dimension: d, count: n, ...options });
    const values = new Float64Array(M * n * d);
    const tilts = Array.from({ length: M }, () => new Float64Array(n * d));
    const dd = d * d;
    const axes = Array.from({ length: d }, (_, a) => a);
    // y y^T is symmetric: entry (a, b) stands at pair[a d + b].
    const pair = symmetricPairs(d);
    const ss = (d * (d + 1)) / 2;
    const position = tilted.functions(d);
    const second = tilted.functions(ss);
    // Sources delta_b [d], y_b delta_a [d,d]; averages E[delta_b + y_b <u,delta>], then E[<u,delta>].
    const transported = tilted.combinations(d + dd, [
      ...axes.map((b) => [{ source: b }, ...axes.map((a) => ({ source: d + b * d + a, along: a }))]),
      axes.map((a) => ({ source: a, along: a })),
    ]);
    // Sources (P m)_a [d], s, m_c [d]; averages E[(P m)_a + s (P u)_a], then E[m_c (P u)_a] at d + c d + a.
    const correcting = tilted.combinations(2 * d + 1, [
      ...axes.map((a) => [{ source: a }, { source: d, along: a }]),
      ...axes.flatMap((c) => axes.map((a) => [{ source: d + 1 + c, along: a }])),
    ]);
    const averages = new Float64Array(n * Math.max(d + dd, ss));
    const covariance = new Float64Array(M * n * dd);
    const image = new Float64Array(d);
    const covM = new Float64Array(d);
    // Only the Lévy area needs these; they are planned the first time it is used.
    let traced: TiltedFunctions | undefined;
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

    return {
      values,
      freeze(frozen, matrices) {
        law = frozen;
        atoms = matrices;
        covarianceKnown = false;
        let reach = 0;
        for (let m = 0; m < M; m++) {
          for (let i = 0; i < n; i++) {
            multiply(atoms[m], law.points, i * d, d, image);
            let s = 0;
            for (let a = 0; a < d; a++) {
              const u = beta * image[a];
              tilts[m][i * d + a] = u;
              s += u * u;
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
        const y = law.points;
        for (let j = 0; j < n; j++) {
          const o = j * (d + dd);
          for (let b = 0; b < d; b++) {
            transported.values[o + b] = delta[j * d + b];
            for (let a = 0; a < d; a++) {
              transported.values[o + d + b * d + a] = y[j * d + b] * delta[j * d + a];
            }
          }
        }
        transported.load();
        for (let m = 0; m < M; m++) {
          transported.average(tilts[m], averages);
          for (let i = 0; i < n; i++) {
            const v = (m * n + i) * d;
            const E = i * (d + 1);
            multiply(atoms[m], delta, i * d, d, image);
            for (let a = 0; a < d; a++) {
              let s = 0;
              for (let b = 0; b < d; b++) s += covariance[(v + a) * d + b] * image[b];
              out[v + a] = averages[E + a] - values[v + a] * averages[E + d] + beta * s;
            }
          }
        }
      },
      selfDerivative(atom, out) {
        needCovariance();
        const start = atom * n * d;
        const y = law.points;
        for (let j = 0; j < n; j++) {
          const o = j * (2 * d + 1);
          const f = correcting.values;
          let s = 0;
          for (let a = 0; a < d; a++) s += y[j * d + a] * values[start + j * d + a];
          f[o + d] = s;
          for (let a = 0; a < d; a++) {
            const m = values[start + j * d + a];
            f[o + a] = m - s * y[j * d + a];
            f[o + d + 1 + a] = m;
          }
        }
        correcting.load();
        correcting.average(tilts[atom], averages);
        for (let i = 0; i < n; i++) {
          const v = start + i * d;
          const E = i * (d + dd);
          for (let a = 0; a < d; a++) {
            covM[a] = 0;
            for (let b = 0; b < d; b++) covM[a] += covariance[(v + a) * d + b] * values[v + b];
          }
          multiplyTransposed(atoms[atom], covM, d, image);
          for (let a = 0; a < d; a++) {
            let s = averages[E + a] + beta * image[a];
            for (let c = 0; c < d; c++) s -= values[v + c] * averages[E + d + c * d + a];
            out[i * d + a] = s;
          }
        }
      },
      tracedDerivative(atom, directions, out) {
        needCovariance();
        traced ??= tilted.combinations(d + dd + d * dd, tracedRecipes(d));
        const y = law.points;
        for (let j = 0; j < n; j++) {
          const f = traced.values;
          const o = j * (d + dd + d * dd);
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
          const E = i * (d + dd);
          for (let a = 0; a < d; a++) {
            let s = 0;
            for (let b = 0; b < d; b++) {
              multiply(atoms[atom], directions[a * d + b], i * d, d, image);
              for (let c = 0; c < d; c++) s += covariance[(v + b) * d + c] * image[c];
            }
            s = averages[E + a] + beta * s;
            for (let b = 0; b < d; b++) s -= values[v + b] * averages[E + d + a * d + b];
            out[i * d + a] = s;
          }
        }
      },
      diagnostics(): Diagnostics {
        const { method, degree, tilts, summedDirectly, errorBound } = tilted.diagnostics();
        if (method !== "harmonic") return { attention: "direct" };
        return {
          attention: "harmonic",
          attentionDegree: degree,
          attentionErrorBound: errorBound,
          attentionTilts: tilts,
          attentionSummedDirectly: summedDirectly,
        };
      },
    };
  };
}

/** Sources t_a [d], Q_ac [d,d], W_abc [d,d,d]; averages E[t_a + (Q u)_a], then E[sum_c W_abc u_c] at d + a d + b. */
function tracedRecipes(d: number): TiltedTerm[][] {
  const axes = Array.from({ length: d }, (_, a) => a);
  return [
    ...axes.map((a) => [{ source: a }, ...axes.map((c) => ({ source: d + a * d + c, along: c }))]),
    ...axes.flatMap((a) =>
      axes.map((b) => axes.map((c) => ({ source: d + d * d + (a * d + b) * d + c, along: c }))),
    ),
  ];
}

/** Position of the unordered pair {a, b} among d (d + 1) / 2. */
function symmetricPairs(d: number): Int32Array {
  const pair = new Int32Array(d * d);
  let next = 0;
  for (let a = 0; a < d; a++) for (let b = a; b < d; b++) pair[a * d + b] = pair[b * d + a] = next++;
  return pair;
}
