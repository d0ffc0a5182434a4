import type { TiltedAverages } from "../../../spectral/tilted-averages.js";
import type { Measure } from "../../../types.js";

/**
 * The softmax weights p_ij of one frozen law for M matrices A as tilted averages: E_i[f] = sum_j p_ij f(y_j) is the
 * average of f under the tilt u_i = beta A x_i, at every point x_i of the law.
 */
export interface SoftmaxLaw {
  readonly averages: TiltedAverages;
  /** u of every matrix, [n,d] each. */
  readonly tilts: readonly Float64Array[];
  /** [M,n,d]: m_i = E_i[y]. */
  readonly means: Float64Array;
  /** The law frozen last, y_j with w_j, */
  readonly law: Measure;
  /** and the matrices A [d,d] with it. */
  readonly matrices: readonly Float64Array[];
  freeze(law: Measure, matrices: readonly Float64Array[]): void;
}

export function planSoftmaxLaw(
  n: number,
  d: number,
  M: number,
  beta: number,
  averages: TiltedAverages,
): SoftmaxLaw {
  const tilts = Array.from({ length: M }, () => new Float64Array(n * d));
  const means = new Float64Array(M * n * d);
  const meansOf = tilts.map((_, m) => means.subarray(m * n * d, (m + 1) * n * d));
  const position = averages.functions(d);
  let law: Measure;
  let matrices: readonly Float64Array[];

  /** Sets u of every matrix and returns max |u|. */
  const tilt = (): number => {
    const x = law.points;
    let reach = 0;
    for (let m = 0; m < M; m++) {
      const A = matrices[m];
      const u = tilts[m];
      for (let o = 0; o < n * d; o += d) {
        let square = 0;
        for (let a = 0; a < d; a++) {
          let s = 0;
          for (let b = 0; b < d; b++) s += A[a * d + b] * x[o + b];
          s *= beta;
          u[o + a] = s;
          square += s * s;
        }
        if (!(square <= reach)) reach = square;
      }
    }
    return Math.sqrt(reach);
  };

  return {
    averages,
    tilts,
    means,
    get law() {
      return law;
    },
    get matrices() {
      return matrices;
    },
    freeze(frozen, given) {
      law = frozen;
      matrices = given;
      averages.freeze(law, tilt());
      position.values.set(law.points);
      position.load();
      for (let m = 0; m < M; m++) position.average(tilts[m], meansOf[m]);
    },
  };
}
