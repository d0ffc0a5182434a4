import { addTo } from "../../numerics/add-to.js";
import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import type { Field } from "../../types.js";
import type { Barycentres } from "./barycentres.js";

/** A rule that draws new key matrices every step (right in law only). */
export interface RedrawnAtoms {
  /** M */
  readonly count: number;
  redraw(path: number, step: number): readonly Float64Array[];
}

/** The fields g_k of Gaussian heads at n points; scales[m] = sigma_V sqrt(w_m). */
export function planGaussian(
  n: number,
  d: number,
  M: number,
  scales: Float64Array,
  atoms: readonly Float64Array[] | RedrawnAtoms,
  bary: Barycentres,
): Field {
  const U = new Float64Array(n * d);
  const moved = new Float64Array(n * d);
  const derivatives = new Float64Array(M * n * d);
  const { values } = bary;
  let matrices: readonly Float64Array[] = "count" in atoms ? [] : atoms;
  let x: Float64Array;
  // Only the Lévy area needs the d^2 fields of the bracket; they are made the first time it is used.
  let bracket: ReturnType<typeof planBracket> | undefined;

  return {
    ...("count" in atoms && {
      redraw(path: number, step: number) {
        matrices = atoms.redraw(path, step);
      },
    }),
    diagnostics: () => bary.diagnostics(),
    freeze(law) {
      x = law.points;
      bary.freeze(law, matrices);
    },
    increment(_dt, dW, out) {
      multiplyHeads(scales, dW, values, n, d, out);
      project(x, out, d);
    },
    derivative(_dt, dW, along, out) {
      multiplyHeads(scales, dW, values, n, d, U);
      bary.derivative(along, derivatives);
      multiplyHeads(scales, dW, derivatives, n, d, out);
      covariant(x, U, along, d, out);
    },
    correction(out) {
      out.fill(0);
      for (let m = 0; m < M; m++) {
        bary.selfDerivative(m, moved);
        addTo(out, scales[m] * scales[m], moved);
      }
      project(x, out, d);
    },
    bracket(area, out) {
      bracket ??= planBracket(n, d, M, scales, bary);
      bracket(x, area, out);
    },
  };
}

/**
 * out[n,d] = sum_m scale_m B^m v_m for d x d matrices B^m, one after the other in B [M,d,d], and vectors v[M,n,d]: for
 * B = dW and the barycentres v this is U = sigma_V sum_m sqrt(w_m) dW^m m_{A_m}, not yet projected.
 */
function multiplyHeads(
  scales: Float64Array,
  B: Float64Array,
  v: Float64Array,
  n: number,
  d: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let m = 0; m < scales.length; m++) {
    const scale = scales[m];
    const matrix = m * d * d;
    const from = m * n * d;
    for (let o = 0; o < n * d; o += d) {
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let b = 0; b < d; b++) s += B[matrix + a * d + b] * v[from + o + b];
        out[o + a] += scale * s;
      }
    }
  }
}

/**
 * Channel k = (m,a,b) has g_k = scale_m P_x e_a m_b. With D_k = sum_j L_jk g_j the sum of nabla_{D_k} g_k over k is
 *
 *     sum_m scale_m { P_x sum_a e_a sum_b (dm_A[D_ab])_b - sum_ab x_a m_b D_ab }.
 */
function planBracket(n: number, d: number, M: number, scales: Float64Array, bary: Barycentres) {
  const K = M * d * d;
  const { values } = bary;
  const column = new Float64Array(K);
  const directions = Array.from({ length: d * d }, () => new Float64Array(n * d));
  const moved = new Float64Array(n * d);

  /** directions[a d + b] = D_ab of head m. */
  const direct = (x: Float64Array, area: Float64Array, m: number): void => {
    for (let e = 0; e < d * d; e++) {
      for (let j = 0; j < K; j++) column[j] = area[j * K + m * d * d + e];
      multiplyHeads(scales, column, values, n, d, directions[e]);
      project(x, directions[e], d);
    }
  };

  return (x: Float64Array, area: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let m = 0; m < M; m++) {
      direct(x, area, m);
      for (let e = 0; e < d * d; e++) {
        const D = directions[e];
        const a = Math.floor(e / d);
        const b = e % d;
        for (let o = 0; o < n * d; o += d) {
          const c = scales[m] * x[o + a] * values[m * n * d + o + b];
          for (let q = o; q < o + d; q++) out[q] -= c * D[q];
        }
      }
      bary.tracedDerivative(m, directions, moved);
      addTo(out, scales[m], moved);
    }
    project(x, out, d);
  };
}
