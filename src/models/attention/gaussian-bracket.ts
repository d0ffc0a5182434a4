import { addTo } from "../../numerics/add-to.js";
import { project } from "../../sphere/project.js";
import type { Barycentres } from "./barycentres.js";
import { planMemory } from "./kernels/memory.js";
import { whole } from "./kernels/panels.js";

/**
 * The bracket sum of Gaussian heads. Channel k = (m,a,b) has g_k = scale_m P_x e_a m_b. With D_k = sum_j L_jk g_j the sum of
 * nabla_{D_k} g_k over k is
 *
 *     sum_m scale_m { P_x sum_a e_a sum_b (dm_A[D_ab])_b - sum_ab x_a m_b D_ab }.
 */
export function planBracket(n: number, d: number, M: number, scales: Float64Array, bary: Barycentres) {
  const { values } = bary;
  const directions = Array.from({ length: d * d }, () => new Float64Array(n * d));
  const moved = new Float64Array(n * d);
  const direct = planDirections(n, d, M, scales, values);

  return (x: Float64Array, area: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let m = 0; m < M; m++) {
      direct(x, area, m, directions);
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

/**
 * directions[a d + b] = D_ab of head m, component c before projection sum_{l,e} L_{(l,c,e),(m,a,b)} scale_l m_l,e: for every c a
 * product of a piece of the area, d^2 times M d, with the barycentres of all heads.
 */
function planDirections(n: number, d: number, M: number, scales: Float64Array, values: Float64Array) {
  const K = M * d * d;
  const depth = M * d;
  const stride = 4 * whole(d * d);
  const memory = planMemory();
  const means = memory.reserve(whole(n) * depth);
  const piece = memory.reserve(whole(d * d) * depth);
  const out = memory.reserve(whole(n) * whole(d * d));

  return (x: Float64Array, area: Float64Array, m: number, directions: readonly Float64Array[]): void => {
    const { numbers, product } = memory.open();
    for (let l = 0; l < M; l++) {
      for (let i = 0, from = l * n * d; i < n; i++) {
        let k = means + (i >> 2) * 4 * depth + 4 * l * d + (i & 3);
        for (let b = 0; b < d; b++, k += 4) numbers[k] = scales[l] * values[from++];
      }
    }
    for (let c = 0; c < d; c++) {
      for (let k = 0; k < depth; k++) {
        const row = (Math.floor(k / d) * d * d + c * d + (k % d)) * K + m * d * d;
        for (let e = 0; e < d * d; e++) numbers[piece + e * depth + k] = area[row + e];
      }
      product(piece, d * d, depth, means, 4 * depth, out, stride, n, false);
      for (let e = 0; e < d * d; e++) {
        const D = directions[e];
        const from = out + 4 * e;
        for (let i = 0; i < n; i++) D[i * d + c] = numbers[from + (i >> 2) * stride + (i & 3)];
      }
    }
    for (const D of directions) project(x, D, d);
  };
}
