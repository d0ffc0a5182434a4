import { madd } from "./multiply-add";

/**
 * points[n,d] <- offset + matrix x, row by row and in place, two points at a time; `map` [d,d+1] has the offset first. There is
 * room for one point more where n is odd. What comes back is the sum of all that came out: it is finite only if they are.
 */
export function move(points: usize, count: i32, d: i32, map: usize, scratch: usize): f64 {
  if (d == 3) return move3(points, count, map);
  const row = <usize>d << 3;
  const end = points + ((<usize>count + 1) >> 1) * 2 * row;
  let sum = f64x2.splat(0);
  for (let at = points; at < end; at += 2 * row) {
    for (let a: usize = 0; a < row; a += 8) {
      const one = v128.load64_zero(at + a);
      v128.store(scratch + 2 * a, v128.load64_lane(at + row + a, one, 1));
    }
    let entry = map;
    for (let a: usize = 0; a < row; a += 8) {
      let y = v128.load64_splat(entry);
      entry += 8;
      for (let b: usize = 0; b < row; b += 8) {
        y = madd(v128.load64_splat(entry), v128.load(scratch + 2 * b), y);
        entry += 8;
      }
      sum = f64x2.add(sum, y);
      v128.store64_lane(at + a, y, 0);
      v128.store64_lane(at + row + a, y, 1);
    }
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The same in R^3, where the map stays in registers. */
function move3(points: usize, count: i32, map: usize): f64 {
  const o0 = v128.load64_splat(map, 0);
  const m00 = v128.load64_splat(map, 8);
  const m01 = v128.load64_splat(map, 16);
  const m02 = v128.load64_splat(map, 24);
  const o1 = v128.load64_splat(map, 32);
  const m10 = v128.load64_splat(map, 40);
  const m11 = v128.load64_splat(map, 48);
  const m12 = v128.load64_splat(map, 56);
  const o2 = v128.load64_splat(map, 64);
  const m20 = v128.load64_splat(map, 72);
  const m21 = v128.load64_splat(map, 80);
  const m22 = v128.load64_splat(map, 88);
  const end = points + ((<usize>count + 1) >> 1) * 48;
  let sum = f64x2.splat(0);
  for (let at = points; at < end; at += 48) {
    const p = v128.load(at, 0);
    const q = v128.load(at, 16);
    const r = v128.load(at, 32);
    const x = v128.shuffle<f64>(p, q, 0, 3);
    const y = v128.shuffle<f64>(p, r, 1, 2);
    const z = v128.shuffle<f64>(q, r, 0, 3);
    const X = madd(m02, z, madd(m01, y, madd(m00, x, o0)));
    const Y = madd(m12, z, madd(m11, y, madd(m10, x, o1)));
    const Z = madd(m22, z, madd(m21, y, madd(m20, x, o2)));
    sum = f64x2.add(sum, f64x2.add(f64x2.add(X, Y), Z));
    v128.store(at, v128.shuffle<f64>(X, Y, 0, 2), 0);
    v128.store(at, v128.shuffle<f64>(Z, X, 0, 3), 16);
    v128.store(at, v128.shuffle<f64>(Y, Z, 1, 3), 32);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
