import type { Measure } from "../../types.js";
import { multiply, multiplyTransposed } from "../../numerics/matrix.js";
import type { Barycentres } from "./barycentres.js";

/** Below this many numbers the softmax weights p of all atoms are kept between freeze and the derivatives. */
const KEPT = 4_000_000;

/** Scores are at most beta|Ax| since |y| = 1 on the sphere; up to this bound exp needs no shift. */
const UNSHIFTED = 300;

/**
 * Barycentres by the direct sum over all pairs, O(n^2 d) an atom, in any dimension. Cov_i m_i and the like are
 * accumulated pair by pair, so nothing of size d^3 is ever formed except where the directions themselves have it.
 */
export function directBarycentres(n: number, d: number, M: number, beta: number): Barycentres {
  const values = new Float64Array(M * n * d);
  const keep = M * n * n <= KEPT;
  const kept = new Float64Array(keep ? M * n * n : n);
  const Ax = new Float64Array(d);
  const Ad = new Float64Array(d);
  const v = new Float64Array(d);
  let law: Measure;
  let atoms: readonly Float64Array[];

  /** Writes the softmax row p_i. of an atom at `kept[base..]` and leaves A x_i in Ax. */
  const computeRow = (atom: number, i: number, base: number): void => {
    const { points, weights } = law;
    multiply(atoms[atom], points, i * d, d, Ax);
    let bound = 0;
    for (let a = 0; a < d; a++) bound += Ax[a] * Ax[a];
    bound = Math.abs(beta) * Math.sqrt(bound);
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let a = 0, o = j * d; a < d; a++) s += Ax[a] * points[o + a];
      kept[base + j] = beta * s;
    }
    let shift = 0;
    if (!(bound < UNSHIFTED)) {
      shift = -Infinity;
      for (let j = 0; j < n; j++) if (kept[base + j] > shift) shift = kept[base + j];
    }
    let Z = 0;
    for (let j = 0; j < n; j++) Z += kept[base + j] = weights[j] * Math.exp(kept[base + j] - shift);
    const r = 1 / Z;
    for (let j = 0; j < n; j++) kept[base + j] *= r;
  };

  /** Offset of the row p_i. in `kept`, recomputed if it was not kept; A x_i is in Ax either way. */
  const row = (atom: number, i: number): number => {
    if (keep) {
      multiply(atoms[atom], law.points, i * d, d, Ax);
      return (atom * n + i) * n;
    }
    computeRow(atom, i, 0);
    return 0;
  };

  return {
    values,
    freeze(frozen, matrices) {
      law = frozen;
      atoms = matrices;
      values.fill(0);
      for (let atom = 0; atom < M; atom++) {
        for (let i = 0; i < n; i++) {
          const base = keep ? (atom * n + i) * n : 0;
          computeRow(atom, i, base);
          const o = (atom * n + i) * d;
          for (let j = 0; j < n; j++) {
            const p = kept[base + j];
            for (let a = 0; a < d; a++) values[o + a] += p * law.points[j * d + a];
          }
        }
      }
    },
    derivative(delta, out) {
      const y = law.points;
      for (let t = 0; t < M * n; t++) {
        const atom = Math.floor(t / n);
        const i = t % n;
        const base = row(atom, i);
        const m = t * d;
        multiply(atoms[atom], delta, i * d, d, Ad);
        v.fill(0);
        for (let j = 0; j < n; j++) {
          const p = kept[base + j];
          let s = 0;
          for (let a = 0, o = j * d; a < d; a++) s += Ad[a] * y[o + a] + Ax[a] * delta[o + a];
          s *= beta;
          for (let a = 0, o = j * d; a < d; a++) v[a] += p * (delta[o + a] + s * (y[o + a] - values[m + a]));
        }
        for (let a = 0; a < d; a++) out[m + a] = v[a];
      }
    },
    selfDerivative(atom, out) {
      const y = law.points;
      const cov = Ad;
      const start = atom * n * d;
      for (let i = 0; i < n; i++) {
        const base = row(atom, i);
        const mi = start + i * d;
        v.fill(0);
        cov.fill(0);
        for (let j = 0; j < n; j++) {
          const p = kept[base + j];
          const o = j * d;
          const mj = start + o;
          let ymj = 0;
          let mij = 0;
          let yAx = 0;
          let yimi = 0;
          for (let a = 0; a < d; a++) {
            ymj += y[o + a] * values[mj + a];
            mij += values[mi + a] * values[mj + a];
            yAx += y[o + a] * Ax[a];
            yimi += (y[o + a] - values[mi + a]) * values[mi + a];
          }
          const s = beta * (ymj - mij);
          for (let a = 0; a < d; a++) {
            v[a] += p * (values[mj + a] - ymj * y[o + a] + s * (Ax[a] - yAx * y[o + a]));
            cov[a] += p * (y[o + a] - values[mi + a]) * yimi;
          }
        }
        multiplyTransposed(atoms[atom], cov, d, Ax);
        for (let a = 0; a < d; a++) out[i * d + a] = v[a] + beta * Ax[a];
      }
    },
    tracedDerivative(atom, directions, out) {
      const y = law.points;
      for (let i = 0; i < n; i++) {
        const base = row(atom, i);
        const m = (atom * n + i) * d;
        for (let a = 0; a < d; a++) {
          let total = 0;
          for (let b = 0; b < d; b++) {
            const D = directions[a * d + b];
            multiply(atoms[atom], D, i * d, d, Ad);
            for (let j = 0; j < n; j++) {
              const o = j * d;
              let s = 0;
              for (let c = 0; c < d; c++) s += Ad[c] * y[o + c] + Ax[c] * D[o + c];
              total += kept[base + j] * (D[o + b] + beta * s * (y[o + b] - values[m + b]));
            }
          }
          out[i * d + a] = total;
        }
      }
    },
    diagnostics: () => ({ attention: "direct" }),
  };
}
