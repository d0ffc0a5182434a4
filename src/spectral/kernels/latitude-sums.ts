import type { LegendreTable } from "./legendre.js";

/*
 * The Legendre half of a spherical transform. Coefficients stand degree by degree (harmonic-index.ts); per order and pair of
 * latitudes mirrored at the equator, `rings` holds four numbers: the parts even in x, cosine and sine, then the odd ones
 * (ring-spectrum.ts). Orders above zero count half on the way to the rings, since a spectrum holds them twice.
 *
 * The table has one function S_k for the degrees m + 2k and m + 2k + 1 (legendre.ts), so that
 *     sum_l a_l P_lm = sum_k (a_{m+2k} eps_{m+2k+1} + a_{m+2k+2} eps_{m+2k+2}) S_k   over the even l - m,
 *     sum_l a_l P_lm = x sum_k a_{m+2k+1} S_k                                         over the odd ones.
 */

/** rings <- sums over l <= degree of coefficients * P_lm; `sums` is room for 2 (degree + 2) numbers. */
export function sumDegrees(
  table: LegendreTable,
  degree: number,
  coefficients: Float64Array,
  sums: Float64Array,
  rings: Float64Array,
): void {
  const { values, first, blocks, nodes } = table;
  let tile = 0;
  for (let m = 0; m <= degree; m++) {
    const rows = ((table.degree - m) >> 1) + 1;
    const end = 4 * (((degree - m) >> 1) + 1);
    prepare(table, m, degree, coefficients, sums);
    for (let b = 0; b < blocks; b++) {
      const skipped = first[m * blocks + b];
      for (let j = 0; j < 4; j += 2) {
        let evenC0 = 0;
        let evenS0 = 0;
        let oddC0 = 0;
        let oddS0 = 0;
        let evenC1 = 0;
        let evenS1 = 0;
        let oddC1 = 0;
        let oddS1 = 0;
        let t = tile + j;
        for (let c = 4 * skipped; c < end; c += 4, t += 4) {
          const value0 = values[t];
          const value1 = values[t + 1];
          const evenC = sums[c];
          const evenS = sums[c + 1];
          const oddC = sums[c + 2];
          const oddS = sums[c + 3];
          evenC0 += value0 * evenC;
          evenS0 += value0 * evenS;
          oddC0 += value0 * oddC;
          oddS0 += value0 * oddS;
          evenC1 += value1 * evenC;
          evenS1 += value1 * evenS;
          oddC1 += value1 * oddC;
          oddS1 += value1 * oddS;
        }
        const ring = 16 * (m * blocks + b) + j;
        const x0 = nodes[4 * b + j];
        const x1 = nodes[4 * b + j + 1];
        rings[ring] = evenC0;
        rings[ring + 1] = evenC1;
        rings[ring + 4] = evenS0;
        rings[ring + 5] = evenS1;
        rings[ring + 8] = oddC0 * x0;
        rings[ring + 9] = oddC1 * x1;
        rings[ring + 12] = oddS0 * x0;
        rings[ring + 13] = oddS1 * x1;
      }
      tile += 4 * (rows - skipped);
    }
  }
}

/** The coefficients of one order in terms of the S_k: even, cosine and sine, then odd. */
function prepare(
  { epsilon, start }: LegendreTable,
  m: number,
  degree: number,
  coefficients: Float64Array,
  sums: Float64Array,
): void {
  const scale = m === 0 ? 1 : 0.5;
  // there is no sine of order 0
  const sine = m === 0 ? 0 : scale;
  let evenC = scale * coefficients[m * m + m + m];
  let evenS = sine * coefficients[m * m];
  let e = start[m] + 1;
  let c = 0;
  for (let l = m; l <= degree; l += 2, c += 4, e += 2) {
    let oddC = 0;
    let oddS = 0;
    let nextC = 0;
    let nextS = 0;
    if (l + 1 <= degree) {
      const at = (l + 1) * (l + 2);
      oddC = scale * coefficients[at + m];
      oddS = sine * coefficients[at - m];
    }
    if (l + 2 <= degree) {
      const at = (l + 2) * (l + 3);
      nextC = scale * coefficients[at + m];
      nextS = sine * coefficients[at - m];
    }
    sums[c] = evenC * epsilon[e] + nextC * epsilon[e + 1];
    sums[c + 1] = evenS * epsilon[e] + nextS * epsilon[e + 1];
    sums[c + 2] = oddC;
    sums[c + 3] = oddS;
    evenC = nextC;
    evenS = nextS;
  }
}

/** coefficients <- sums over latitudes of rings * P_lm, the transpose of sumDegrees; `sums` is room for 4 (degree + 2) numbers. */
export function sumLatitudes(
  table: LegendreTable,
  degree: number,
  rings: Float64Array,
  sums: Float64Array,
  coefficients: Float64Array,
): void {
  const { values, first, blocks } = table;
  let tile = 0;
  for (let m = 0; m <= degree; m++) {
    const rows = ((table.degree - m) >> 1) + 1;
    const end = 8 * (((degree - m) >> 1) + 1);
    sums.fill(0, 0, end);
    for (let b = 0; b < blocks; b++) {
      const skipped = first[m * blocks + b];
      // every other latitude of a block has a sum of its own, as in two lanes
      for (let lane = 0; lane < 2; lane++) {
        const ring = 16 * (m * blocks + b) + lane;
        const evenC0 = rings[ring];
        const evenC1 = rings[ring + 2];
        const evenS0 = rings[ring + 4];
        const evenS1 = rings[ring + 6];
        const oddC0 = rings[ring + 8];
        const oddC1 = rings[ring + 10];
        const oddS0 = rings[ring + 12];
        const oddS1 = rings[ring + 14];
        let t = tile + lane;
        for (let s = 8 * skipped + lane; s < end; s += 8, t += 4) {
          const value0 = values[t];
          const value1 = values[t + 2];
          sums[s] = sums[s] + value0 * evenC0 + value1 * evenC1;
          sums[s + 2] = sums[s + 2] + value0 * evenS0 + value1 * evenS1;
          sums[s + 4] = sums[s + 4] + value0 * oddC0 + value1 * oddC1;
          sums[s + 6] = sums[s + 6] + value0 * oddS0 + value1 * oddS1;
        }
      }
      tile += 4 * (rows - skipped);
    }
    finish(table, m, degree, sums, coefficients);
  }
}

/** The way back from the sums of one order: the transpose of `prepare`, without its halves. */
function finish(
  { epsilon, start }: LegendreTable,
  m: number,
  degree: number,
  sums: Float64Array,
  coefficients: Float64Array,
): void {
  let beforeC = 0;
  let beforeS = 0;
  let s = 0;
  for (let l = m; l <= degree; l += 2, s += 8) {
    const evenC = sums[s] + sums[s + 1];
    const evenS = sums[s + 2] + sums[s + 3];
    const down = epsilon[start[m] + l - m];
    const up = epsilon[start[m] + l + 1 - m];
    const at = l * l + l;
    const next = at + 2 * l + 2;
    if (m > 0) coefficients[at - m] = evenS * up + beforeS * down;
    coefficients[at + m] = evenC * up + beforeC * down;
    if (l < degree) {
      if (m > 0) coefficients[next - m] = sums[s + 6] + sums[s + 7];
      coefficients[next + m] = sums[s + 4] + sums[s + 5];
    }
    beforeC = evenC;
    beforeS = evenS;
  }
}
