import { rowsOf, type RowsLike } from "../numerics/rows.js";
import type { CommonNoise } from "../types.js";

/**
 * A lower triangular C [m][m] with C C^T = Q, for a symmetric positive semidefinite Q [m][m] (Cholesky; a direction
 * without variance gets a column of zeros). Throws a RangeError, naming the entry, when Q is no such matrix.
 */
export function covarianceFactor(covariance: RowsLike): number[][] {
  const Q = rowsOf("covariance", covariance);
  const m = Q.length;
  let largest = 0;
  for (let i = 0; i < m; i++) {
    if (Q[i].length !== m) {
      throw new RangeError(`covariance[${i}]: has ${Q[i].length} numbers, want ${m}`);
    }
    for (let j = 0; j < m; j++) {
      if (!Number.isFinite(Q[i][j])) {
        throw new RangeError(`covariance[${i}][${j}]: ${Q[i][j]} is not a finite number`);
      }
      largest = Math.max(largest, Math.abs(Q[i][j]));
    }
  }
  // Rounding of m products of numbers up to `largest`.
  const zero = 8 * m * Number.EPSILON * largest;
  const C = Array.from({ length: m }, () => new Array<number>(m).fill(0));
  for (let j = 0; j < m; j++) {
    for (let i = j; i < m; i++) {
      if (Math.abs(Q[i][j] - Q[j][i]) > zero) {
        throw new RangeError(
          `covariance[${i}][${j}]: ${Q[i][j]} where [${j}][${i}] is ${Q[j][i]}, want symmetry`,
        );
      }
      let rest = Q[i][j];
      for (let l = 0; l < j; l++) rest -= C[i][l] * C[j][l];
      if (i === j && rest > zero) {
        C[j][j] = Math.sqrt(rest);
      } else if (C[j][j] > 0) {
        C[i][j] = rest / C[j][j];
      } else if (rest < -zero || Math.abs(rest) > Math.sqrt(zero * Math.max(Q[i][i], 0)) + zero) {
        throw new RangeError(`covariance: not positive semidefinite, seen at row ${i}, column ${j}`);
      }
    }
  }
  return C;
}

/**
 * A Q-Wiener process from independent channels: with factor C [m][K], any with C C^T = Q, the increments are C dB and
 * the areas C L C^T. Iterated integrals then want Q in place of the identity. Throws a RangeError when the factor does
 * not fit the channels of `noise` or is not finite.
 * Kastner, Rößler, arXiv:2201.08424; Leonhard, Rößler, Stoch. PDE: Anal. Comp. 7 (2019).
 */
export function correlated(noise: CommonNoise, factor: RowsLike): CommonNoise {
  const K = noise.channels;
  const rows = rowsOf("factor", factor);
  const m = rows.length;
  const C = factorOf(rows, K);
  const dB = new Float64Array(K);

  const increment: CommonNoise["increment"] = (steps, step, out) => {
    checkOut(out, m);
    noise.increment(steps, step, dB);
    transform(C, dB, m, K, out);
  };

  const { horizon, steps, path } = noise;
  const base = { channels: m, horizon, steps, path, increment };
  const areaOf = noise.area?.bind(noise);
  if (!areaOf) return base;
  // Made when an area is first asked for.
  let L: Float64Array | undefined;
  const row = new Float64Array(K);

  const area: CommonNoise["area"] = (asked, step, out) => {
    checkOut(out, m * m);
    L ??= new Float64Array(K * K);
    areaOf(asked, step, L);
    transformSkew(C, L, m, K, row, out);
  };

  return { ...base, area };
}

/** [m,K] from rows, checked. */
function factorOf(factor: readonly ArrayLike<number>[], K: number): Float64Array {
  if (factor.length === 0) throw new RangeError("factor: want at least one row");
  const C = new Float64Array(factor.length * K);
  factor.forEach((row, i) => {
    if (row.length !== K) {
      throw new RangeError(`factor[${i}]: has ${row.length} numbers where the noise has ${K} channels`);
    }
    for (let k = 0; k < K; k++) {
      if (!Number.isFinite(row[k])) {
        throw new RangeError(`factor[${i}][${k}]: ${row[k]} is not a finite number`);
      }
      C[i * K + k] = row[k];
    }
  });
  return C;
}

/** out[m] = C v, C [m,K]. */
function transform(C: Float64Array, v: Float64Array, m: number, K: number, out: Float64Array): void {
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let k = 0; k < K; k++) sum += C[i * K + k] * v[k];
    out[i] = sum;
  }
}

/** out[m,m] = C L C^T for a skew L [K,K], skew to the last bit; `row` [K] is scratch, a row of C L. */
function transformSkew(
  C: Float64Array,
  L: Float64Array,
  m: number,
  K: number,
  row: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < m; i++) {
    row.fill(0);
    for (let l = 0; l < K; l++) {
      const c = C[i * K + l];
      for (let k = 0; k < K; k++) row[k] += c * L[l * K + k];
    }
    out[i * m + i] = 0;
    for (let j = i + 1; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += row[k] * C[j * K + k];
      out[i * m + j] = sum;
      out[j * m + i] = -sum;
    }
  }
}

function checkOut(out: Float64Array, length: number): void {
  if (out.length !== length) {
    throw new RangeError(`correlated noise: out has length ${out.length}, want ${length}`);
  }
}
