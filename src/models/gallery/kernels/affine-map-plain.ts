/** points[n,d] <- offset + matrix x, row by row and in place; `map` [d,d+1] has the offset first. The sum of what came out. */
export function movePlain(map: Float64Array, points: Float64Array, d: number): number {
  if (d === 3) return movePlain3(map, points);
  const x = new Float64Array(d);
  let sum = 0;
  for (let o = 0; o < points.length; o += d) {
    for (let a = 0; a < d; a++) x[a] = points[o + a];
    for (let a = 0, e = 0; a < d; a++) {
      let y = map[e++];
      for (let b = 0; b < d; b++) y += map[e++] * x[b];
      points[o + a] = y;
      sum += y;
    }
  }
  return sum;
}

/** The same in R^3, where the map stays in registers. */
function movePlain3(map: Float64Array, points: Float64Array): number {
  // By index: an engine takes a typed array apart by its iterator, number after number.
  const o0 = map[0];
  const m00 = map[1];
  const m01 = map[2];
  const m02 = map[3];
  const o1 = map[4];
  const m10 = map[5];
  const m11 = map[6];
  const m12 = map[7];
  const o2 = map[8];
  const m20 = map[9];
  const m21 = map[10];
  const m22 = map[11];
  let sum = 0;
  for (let o = 0; o < points.length; o += 3) {
    const x = points[o];
    const y = points[o + 1];
    const z = points[o + 2];
    const p = o0 + m00 * x + m01 * y + m02 * z;
    const q = o1 + m10 * x + m11 * y + m12 * z;
    const r = o2 + m20 * x + m21 * y + m22 * z;
    points[o] = p;
    points[o + 1] = q;
    points[o + 2] = r;
    sum += p + q + r;
  }
  return sum;
}
