import { hypot } from "../numerics/hypot.js";
import { exponentOf, twoTo } from "../numerics/powers-of-two.js";
import { rowsOf, type RowsLike } from "../numerics/rows.js";
import type { CommonNoise } from "../types.js";

/** The least normal double: a variance below has lost its digits and counts as none. */
const LEAST_VARIANCE = 2 ** -1022;

/**
 * A lower triangular C [m][m] with C C^T = Q, for a symmetric positive semidefinite Q [m][m] (Cholesky; a direction
 * without variance gets a column of zeros). Channels may have any units: what counts as rounding is measured by the
 * channel's own variance. Throws a RangeError, naming the entry, when Q is no such matrix.
 */
export function covarianceFactor(covariance: RowsLike): number[][] {
  const Q = rowsOf("covariance", covariance);
  const m = Q.length;
  checkCovariance(Q);
  // Powers of two, so that taking out the units rounds nothing: variances are then between 1/2 and 2, or none.
  const unit = Q.map((row, i) => (row[i] < LEAST_VARIANCE ? 0 : twoTo(Math.round(exponentOf(row[i]) / 2))));
  const rest = Q.map((row, i) => Array.from(row, (v, j) => (unit[i] && unit[j] ? v / unit[i] / unit[j] : 0)));
  // Rounding of m products of numbers of size one.
  const zero = 8 * m * Number.EPSILON;
  const C = Array.from({ length: m }, () => new Array<number>(m).fill(0));
  const left = new Set(rest.keys());
  for (let p = nextPivot(rest, left, zero); p >= 0; p = nextPivot(rest, left, zero)) {
    const root = Math.sqrt(rest[p][p]);
    for (const i of left) C[i][p] = i === p ? root : rest[i][p] / root;
    left.delete(p);
    for (const i of left) for (const j of left) rest[i][j] -= C[i][p] * C[j][p];
  }
  for (const i of left) {
    for (const j of left) {
      if (Math.abs(rest[i][j]) <= zero) continue;
      throw new RangeError(
        `covariance: not positive semidefinite, seen at row ${i}, column ${j}, where ${rest[i][j] * unit[i] * unit[j]} ` +
          `of ${Q[i][j]} is left after the other channels; want zero`,
      );
    }
  }
  makeTriangular(C);
  return C.map((row, i) => row.map((c) => c * unit[i]));
}

/**
 * The first channel with a good part of the largest variance left, or -1 when all is rounding. The order of the channels
 * alone would divide by small pivots, and their rounding would look like a negative variance.
 */
function nextPivot(rest: readonly number[][], left: ReadonlySet<number>, zero: number): number {
  let largest = zero;
  for (const i of left) largest = Math.max(largest, rest[i][i]);
  for (const i of left) if (rest[i][i] > zero && rest[i][i] >= largest / 16) return i;
  return -1;
}

/** In place: C times rotations of its columns, which leave C C^T, until nothing stands above the diagonal. */
function makeTriangular(C: readonly number[][]): void {
  for (let i = 0; i < C.length; i++) {
    for (let k = i + 1; k < C.length; k++) {
      if (C[i][k] === 0) continue;
      const length = hypot(C[i][i], C[i][k]);
      const [cosine, sine] = [C[i][i] / length, C[i][k] / length];
      for (const row of C)
        [row[i], row[k]] = [cosine * row[i] + sine * row[k], cosine * row[k] - sine * row[i]];
      C[i][k] = 0;
    }
  }
}

/** Throws a RangeError unless Q is square and finite, symmetric, with variances that are not negative and bound the covariances. */
function checkCovariance(Q: readonly ArrayLike<number>[]): void {
  const m = Q.length;
  Q.forEach((row, i) => {
    if (row.length !== m) throw new RangeError(`covariance[${i}]: has ${row.length} numbers, want ${m}`);
    for (let j = 0; j < m; j++) {
      if (!Number.isFinite(row[j])) {
        throw new RangeError(`covariance[${i}][${j}]: ${row[j]} is not a finite number`);
      }
    }
  });
  for (let i = 0; i < m; i++) {
    if (Q[i][i] < 0) {
      throw new RangeError(
        `covariance: not positive semidefinite, seen at row ${i}, column ${i}: a variance of ${Q[i][i]}, want zero or more`,
      );
    }
    for (let j = 0; j < m; j++) {
      // A product of roots, which neither overflows nor vanishes.
      const most =
        Math.sqrt(Math.max(Q[i][i], LEAST_VARIANCE)) * Math.sqrt(Math.max(Q[j][j], LEAST_VARIANCE));
      if (j < i && Math.abs(Q[i][j] - Q[j][i]) > 8 * m * Number.EPSILON * most) {
        throw new RangeError(
          `covariance[${i}][${j}]: ${Q[i][j]} where [${j}][${i}] is ${Q[j][i]}, want symmetry`,
        );
      }
      if (Math.abs(Q[i][j]) > most * (1 + 8 * m * Number.EPSILON)) {
        throw new RangeError(
          `covariance: not positive semidefinite, seen at row ${i}, column ${j}: ${Q[i][j]} between variances ` +
            `${Q[i][i]} and ${Q[j][j]}, want at most ${most} in size`,
        );
      }
    }
  }
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
