/**
 * ring[offset + (m * 4 blocks + r) * 2 ..] <- sums of strength * Re (x+iy)^m and strength * Im (x+iy)^m over the points
 * from `first` on that have the same z; returns the first point after them. On a grid that is a circle of latitude, and
 * the Legendre recursion is then run once a circle instead of once a point.
 */
export function gatherLatitude(
  points: Float64Array,
  strengths: Float64Array,
  first: number,
  degree: number,
  blocks: number,
  ring: Float64Array,
  offset: number,
): number {
  const count = points.length / 3;
  const width = 4 * blocks;
  const z = points[3 * first + 2];
  ring.fill(0, offset, offset + 2 * (degree + 1) * width);
  let j = first;
  for (; j < count && points[3 * j + 2] === z; j++) {
    const x = points[3 * j];
    const y = points[3 * j + 1];
    let c = 1;
    let s = 0;
    let to = offset;
    for (let m = 0; m <= degree; m++) {
      for (let r = width * j; r < width * (j + 1); r++) {
        const strength = strengths[r];
        ring[to] += c * strength;
        ring[to + 1] += s * strength;
        to += 2;
      }
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  }
  // a point that is not a number equals nothing, and must not stop the loop above
  return Math.max(j, first + 1);
}
