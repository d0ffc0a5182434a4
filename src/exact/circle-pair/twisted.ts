import type { ComplexMatrix } from "../../numerics/expm.js";
import { hypot } from "../../numerics/hypot.js";
import { multiply } from "../../numerics/matrix.js";
import { cos } from "../../numerics/sine-cosine.js";

/**
 * What one step does to functions of two tokens on the circle. The law of heads is invariant under rotations, so
 * functions e^{ik theta_1} psi(delta), delta = theta_2 - theta_1, keep their form: every k has its own matrix on the
 * values of psi. `overlap` is k = 0 and real, `position` is k = 1.
 */
export interface PairStep {
  readonly overlap: Float64Array;
  readonly position: ComplexMatrix;
}

/** E <x_1, x_2> and E x_1 (for theta_1 = 0 at the start) after every step, from the start on. */
export interface PairMeans {
  readonly overlap: Float64Array;
  readonly position: ComplexMatrix;
}

/** The means over `steps` steps by the backward equation; `at` [N] evaluates at the initial delta. */
export function pairMeans(step: PairStep, nodes: Float64Array, at: Float64Array, steps: number): PairMeans {
  const N = nodes.length;
  const overlap = new Float64Array(steps + 1);
  const re = new Float64Array(steps + 1);
  const im = new Float64Array(steps + 1);
  let R: Float64Array = nodes.map(cos);
  let a: Float64Array = new Float64Array(N).fill(1);
  let b: Float64Array = new Float64Array(N);
  for (let l = 0; l <= steps; l++) {
    for (let j = 0; j < N; j++) {
      overlap[l] += at[j] * R[j];
      re[l] += at[j] * a[j];
      im[l] += at[j] * b[j];
    }
    const { re: P, im: Q } = step.position;
    R = apply(step.overlap, R);
    const [Pa, Qb, Pb, Qa] = [apply(P, a), apply(Q, b), apply(P, b), apply(Q, a)];
    a = Pa.map((v, j) => v - Qb[j]);
    b = Pb.map((v, j) => v + Qa[j]);
  }
  return { overlap, position: { re, im } };
}

/** Largest distance of two series of means from grid time to grid time: of the overlaps, and of the mean positions. */
export function largestGap(x: PairMeans, y: PairMeans): { overlap: number; position: number } {
  let overlap = 0;
  let position = 0;
  for (let l = 0; l < x.overlap.length; l++) {
    overlap = Math.max(overlap, Math.abs(x.overlap[l] - y.overlap[l]));
    const dx = x.position.re[l] - y.position.re[l];
    position = Math.max(position, hypot(dx, x.position.im[l] - y.position.im[l]));
  }
  return { overlap, position };
}

function apply(A: Float64Array, v: Float64Array): Float64Array {
  const out = new Float64Array(v.length);
  multiply(A, v, 0, v.length, out);
  return out;
}
