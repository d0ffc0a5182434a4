import { BLOCK } from "./legendre.js";
import type { LegendreTable } from "./legendre.js";

/**
 * The Legendre half of a spherical transform. `packed` holds (cosine, sine) pairs, order by order:
 * packed[2 * (offset(m) + l - m)], offset(m) counting the pairs of lower orders. `rings` holds per order and pair of
 * latitudes (north j, south mirrored) four numbers: the parts even in x, cosine and sine, then the odd ones:
 * rings[(m * pairs + j) * 4 + 0..3].
 */

/** rings <- sums over l <= degree of packed * P_lm. */
export function sumDegrees(
  table: LegendreTable,
  degree: number,
  packed: Float64Array,
  rings: Float64Array,
): void {
  const { values, start, count } = table;
  let row = 0;
  for (let m = 0; m <= degree; m++) {
    const terms = degree - m + 1;
    const stride = (table.degree - m + 1) * BLOCK;
    let position = start[m];
    let ring = m * count * 4;
    for (let block = 0; block < count; block += BLOCK) {
      let evenC0 = 0;
      let evenS0 = 0;
      let oddC0 = 0;
      let oddS0 = 0;
      let evenC1 = 0;
      let evenS1 = 0;
      let oddC1 = 0;
      let oddS1 = 0;
      let at = row;
      let p = position;
      const end = row + 4 * (terms >> 1);
      for (; at < end; at += 4, p += 4) {
        const p0 = values[p];
        const p1 = values[p + 1];
        const q0 = values[p + 2];
        const q1 = values[p + 3];
        const c = packed[at];
        const s = packed[at + 1];
        const d = packed[at + 2];
        const t = packed[at + 3];
        evenC0 += p0 * c;
        evenS0 += p0 * s;
        evenC1 += p1 * c;
        evenS1 += p1 * s;
        oddC0 += q0 * d;
        oddS0 += q0 * t;
        oddC1 += q1 * d;
        oddS1 += q1 * t;
      }
      if (terms & 1) {
        evenC0 += values[p] * packed[at];
        evenS0 += values[p] * packed[at + 1];
        evenC1 += values[p + 1] * packed[at];
        evenS1 += values[p + 1] * packed[at + 1];
      }
      rings[ring] = evenC0;
      rings[ring + 1] = evenS0;
      rings[ring + 2] = oddC0;
      rings[ring + 3] = oddS0;
      rings[ring + 4] = evenC1;
      rings[ring + 5] = evenS1;
      rings[ring + 6] = oddC1;
      rings[ring + 7] = oddS1;
      ring += 8;
      position += stride;
    }
    row += 2 * terms;
  }
}

/** packed <- sums over latitudes of rings * P_lm: the transpose of sumDegrees. */
export function sumLatitudes(
  table: LegendreTable,
  degree: number,
  rings: Float64Array,
  packed: Float64Array,
): void {
  const { values, start, count } = table;
  let row = 0;
  for (let m = 0; m <= degree; m++) {
    const terms = degree - m + 1;
    const stride = (table.degree - m + 1) * BLOCK;
    let position = start[m];
    let ring = m * count * 4;
    packed.fill(0, row, row + 2 * terms);
    for (let block = 0; block < count; block += BLOCK) {
      const evenC0 = rings[ring];
      const evenS0 = rings[ring + 1];
      const oddC0 = rings[ring + 2];
      const oddS0 = rings[ring + 3];
      const evenC1 = rings[ring + 4];
      const evenS1 = rings[ring + 5];
      const oddC1 = rings[ring + 6];
      const oddS1 = rings[ring + 7];
      let at = row;
      let p = position;
      const end = row + 4 * (terms >> 1);
      for (; at < end; at += 4, p += 4) {
        const p0 = values[p];
        const p1 = values[p + 1];
        const q0 = values[p + 2];
        const q1 = values[p + 3];
        packed[at] += p0 * evenC0 + p1 * evenC1;
        packed[at + 1] += p0 * evenS0 + p1 * evenS1;
        packed[at + 2] += q0 * oddC0 + q1 * oddC1;
        packed[at + 3] += q0 * oddS0 + q1 * oddS1;
      }
      if (terms & 1) {
        packed[at] += values[p] * evenC0 + values[p + 1] * evenC1;
        packed[at + 1] += values[p] * evenS0 + values[p + 1] * evenS1;
      }
      ring += 8;
      position += stride;
    }
    row += 2 * terms;
  }
}
