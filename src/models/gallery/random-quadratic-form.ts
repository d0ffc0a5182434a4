import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import { requireSphere } from "../require-sphere.js";
import type { Field, Model } from "../../types.js";
import { multiply } from "../../numerics/matrix.js";

/**
 * Gradient flow of a random quadratic form on S^{d-1} (Shalova & Engel, arXiv:2603.06187): dX = P_X dQ X with
 * Q = (B + B^T) / sqrt 2 and B a d x d matrix of independent Brownian motions: K = d^2 channels, row by row. Itô and
 * Stratonovich agree, because the correction vanishes. The overlap R of two tokens is a diffusion in every dimension,
 *
 *     dR = -2R (1 - R^2) dt + 2 (1 - R^2) dB,
 *
 * so arcsin R is a martingale and P(R -> 1) = 1/2 + arcsin(R_0) / pi.
 */
export function randomQuadraticForm(dimension: number): Model {
  const d = dimension;
  requireSphere(d);
  return {
    name: "random-quadratic-form",
    manifold: "sphere",
    dimension: d,
    channels: d * d,
    calculus: "ito",
    plan: (n) => planQuadraticForm(n, d),
  };
}

function planQuadraticForm(n: number, d: number): Field {
  const Q = new Float64Array(d * d);
  const Qx = new Float64Array(n * d);
  const image = new Float64Array(d);
  let x: Float64Array;

  /** out = Q v, point by point. */
  const apply = (v: Float64Array, out: Float64Array): void => {
    for (let o = 0; o < n * d; o += d) {
      multiply(Q, v, o, d, image);
      for (let a = 0; a < d; a++) out[o + a] = image[a];
    }
  };

  return {
    freeze(law) {
      x = law.points;
    },
    increment(_dt, dW, out) {
      symmetrize(dW, d, Q);
      apply(x, out);
      project(x, out, d);
    },
    derivative(_dt, dW, along, out) {
      symmetrize(dW, d, Q);
      apply(x, Qx);
      apply(along, out);
      covariant(x, Qx, along, d, out);
    },
    correction: (out) => void out.fill(0),
    bracket(area, out) {
      sumCommutators(area, d, Q);
      apply(x, out);
    },
  };
}

/** out[d,d] = S = (B + B^T) / sqrt 2 */
function symmetrize(B: Float64Array, d: number, out: Float64Array): void {
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) out[a * d + b] = Math.SQRT1_2 * (B[a * d + b] + B[b * d + a]);
}

/**
 * out[d,d] = sum_jk L_jk S_k S_j with S_k the symmetric matrix of channel k. x -> P_x S x is the linear field S x seen on
 * the sphere, so brackets are those of matrices, [g_S, g_T] = P_x (T S - S T) x, and the sum is skew: the field it makes
 * is tangent as it stands.
 */
function sumCommutators(L: Float64Array, d: number, out: Float64Array): void {
  const K = d * d;
  for (let p = 0; p < d; p++) {
    for (let q = 0; q < d; q++) {
      let s = 0;
      for (let r = 0; r < d; r++) {
        const [pr, rp, rq, qr] = [p * d + r, r * d + p, r * d + q, q * d + r];
        s += L[rq * K + pr] + L[qr * K + pr] + L[rq * K + rp] + L[qr * K + rp];
      }
      out[p * d + q] = 0.5 * s;
    }
  }
}
