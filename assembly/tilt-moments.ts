import { madd, nmadd } from "./multiply-add";

// See src/spectral/kernels/sphere-moments-plain.ts: four right-hand sides stand as (cosine, sine) in four vectors.

/** Latitudes whose Legendre sums are added up together. */
const RINGS = 4;

/**
 * Enters points[count,3] with strengths[count, 4 blocks], the latitude at number `slot` (-1: none yet) being open; returns the
 * number of the one that is open now. A latitude that finds no room adds what is there to the coefficients first.
 */
export function enter(
  points: usize,
  strengths: usize,
  count: i32,
  slot: i32,
  degree: i32,
  blocks: i32,
  lmax: i32,
  diagonal: usize,
  steps: usize,
  heights: usize,
  rings: usize,
  q: usize,
  coefficients: usize,
): i32 {
  const room = <usize>(degree + 1) * <usize>blocks << 6;
  const row = <usize>blocks << 5;
  for (let j = 0; j < count; j++) {
    const z = load<f64>(points, 16);
    if (slot < 0 || z != load<f64>(heights + (<usize>slot << 3))) {
      if (slot == RINGS - 1) {
        add(degree, blocks, lmax, diagonal, steps, heights, rings, q, coefficients);
        slot = -1;
      }
      slot++;
      store<f64>(heights + (<usize>slot << 3), z);
      begin(rings + <usize>slot * room, points, strengths, degree, blocks);
    } else if (j + 1 < count && load<f64>(points, 40) == z) {
      // two of one latitude: its sums are loaded and stored once for both
      addTwo(rings + <usize>slot * room, points, strengths, degree, blocks);
      points += 24;
      strengths += row;
      j++;
    } else {
      addOne(rings + <usize>slot * room, points, strengths, degree, blocks);
    }
    points += 24;
    strengths += row;
  }
  return slot;
}

// @ts-ignore: decorator
@inline
function splatX(point: usize): v128 {
  return v128.load64_splat(point);
}

/** (-y, y) */
// @ts-ignore: decorator
@inline
function splatY(point: usize): v128 {
  return f64x2.mul(v128.load64_splat(point, 8), f64x2(-1, 1));
}

/** (c, s) <- (c, s) (x + i y) */
// @ts-ignore: decorator
@inline
function turn(power: v128, x: v128, y: v128): v128 {
  return madd(v128.shuffle<f64>(power, power, 1, 0), y, f64x2.mul(power, x));
}

function begin(ring: usize, point: usize, strengths: usize, degree: i32, blocks: i32): void {
  const end = strengths + (<usize>blocks << 5);
  const x = splatX(point);
  const y = splatY(point);
  let power = f64x2(1, 0);
  for (let m = 0; m <= degree; m++) {
    for (let at = strengths; at < end; at += 8) {
      v128.store(ring, f64x2.mul(power, v128.load64_splat(at)));
      ring += 16;
    }
    power = turn(power, x, y);
  }
}

function addOne(ring: usize, point: usize, strengths: usize, degree: i32, blocks: i32): void {
  const end = strengths + (<usize>blocks << 5);
  const x = splatX(point);
  const y = splatY(point);
  let power = f64x2(1, 0);
  for (let m = 0; m <= degree; m++) {
    for (let at = strengths; at < end; at += 8) {
      v128.store(ring, madd(power, v128.load64_splat(at), v128.load(ring)));
      ring += 16;
    }
    power = turn(power, x, y);
  }
}

function addTwo(ring: usize, point: usize, strengths: usize, degree: i32, blocks: i32): void {
  const row = <usize>blocks << 5;
  const end = strengths + row;
  const x0 = splatX(point);
  const y0 = splatY(point);
  const x1 = splatX(point + 24);
  const y1 = splatY(point + 24);
  let power0 = f64x2(1, 0);
  let power1 = power0;
  for (let m = 0; m <= degree; m++) {
    for (let at = strengths; at < end; at += 8) {
      const sum = madd(power0, v128.load64_splat(at), v128.load(ring));
      v128.store(ring, madd(power1, v128.load64_splat(at + row), sum));
      ring += 16;
    }
    power0 = turn(power0, x0, y0);
    power1 = turn(power1, x1, y1);
  }
}

/** Adds the four latitudes to the coefficients. */
export function add(
  degree: i32,
  blocks: i32,
  lmax: i32,
  diagonal: usize,
  steps: usize,
  heights: usize,
  rings: usize,
  q: usize,
  coefficients: usize,
): void {
  const z0 = v128.load(heights);
  const z1 = v128.load(heights, 16);
  const width = <usize>blocks << 6;
  const room = <usize>(degree + 1) * width;
  for (let m = 0; m <= degree; m++) {
    let a0 = v128.load64_splat(diagonal + (<usize>m << 3));
    let a1 = a0;
    let past0 = f64x2.splat(0);
    let past1 = past0;
    let step = steps;
    const end = q + (<usize>(degree - m + 1) << 5);
    for (let at = q; at < end; at += 32) {
      v128.store(at, a0);
      v128.store(at, a1, 16);
      const rise = v128.load64_splat(step);
      const fall = v128.load64_splat(step, 8);
      const next0 = nmadd(fall, past0, f64x2.mul(f64x2.mul(rise, z0), a0));
      const next1 = nmadd(fall, past1, f64x2.mul(f64x2.mul(rise, z1), a1));
      past0 = a0;
      past1 = a1;
      a0 = next0;
      a1 = next1;
      step += 16;
    }
    steps += <usize>(lmax - m + 1) << 4;
    for (let half: usize = 0; half < width; half += 32) {
      const ring = rings + <usize>m * width + half;
      const b0 = v128.load(ring);
      const d0 = v128.load(ring, 16);
      const b1 = v128.load(ring + room);
      const d1 = v128.load(ring + room, 16);
      const b2 = v128.load(ring + 2 * room);
      const d2 = v128.load(ring + 2 * room, 16);
      const b3 = v128.load(ring + 3 * room);
      const d3 = v128.load(ring + 3 * room, 16);
      let to = coefficients + (half & 32);
      for (let at = q; at < end; at += 32) {
        const q0 = v128.load64_splat(at);
        const q1 = v128.load64_splat(at, 8);
        const q2 = v128.load64_splat(at, 16);
        const q3 = v128.load64_splat(at, 24);
        v128.store(to, madd(q3, b3, madd(q2, b2, madd(q1, b1, madd(q0, b0, v128.load(to))))));
        v128.store(to, madd(q3, d3, madd(q2, d2, madd(q1, d1, madd(q0, d0, v128.load(to, 16))))), 16);
        to += 64;
      }
      if (half & 32) coefficients += <usize>(degree - m + 1) << 6;
    }
  }
}
