import { madd } from "./multiply-add";
import { Plan } from "./sphere-plan";

/*
 * The Legendre half of a spherical transform: the operations of src/spectral/kernels/latitude-sums.ts, two latitudes at a
 * time. See there for the sums and src/spectral/kernels/legendre.ts for the table.
 */

// @ts-ignore: decorator
@inline
function zero(): v128 {
  return f64x2.splat(0);
}

/** (cosine, sine) of degree l and order m, `at` being order 0's place; there is no sine of order 0. */
// @ts-ignore: decorator
@inline
function pair(at: usize, m: usize): v128 {
  const cosine = v128.load_zero<f64>(at + m);
  return m === 0 ? cosine : v128.load_lane<f64>(at - m, cosine, 1);
}

/** The coefficients of one order in terms of the table's functions: per row even in x, then odd, cosine and sine. */
function prepare(m: i32, degree: i32, coefficients: usize, epsilon: usize, to: usize): void {
  const shift = <usize>m << 3;
  const scale = f64x2.splat(m === 0 ? 1 : 0.5);
  let l = m;
  let at = coefficients + (<usize>(l * l + l) << 3);
  let even = f64x2.mul(scale, pair(at, shift));
  for (; l <= degree; l += 2) {
    at += <usize>(2 * l + 2) << 3;
    const odd = l + 1 <= degree ? f64x2.mul(scale, pair(at, shift)) : zero();
    at += <usize>(2 * l + 4) << 3;
    const next = l + 2 <= degree ? f64x2.mul(scale, pair(at, shift)) : zero();
    const up = f64x2.mul(even, v128.load_splat<f64>(epsilon, 8));
    v128.store(to, madd(next, v128.load_splat<f64>(epsilon, 16), up));
    v128.store(to, odd, 16);
    even = next;
    epsilon += 16;
    to += 32;
  }
}

/** One block of four latitudes: rows of the table from `tile`, coefficients from c to end. */
// @ts-ignore: decorator
@inline
function sumRows(tile: usize, c: usize, end: usize, nodes: usize, ring: usize): void {
  let ec0 = zero();
  let ec1 = zero();
  let es0 = zero();
  let es1 = zero();
  let oc0 = zero();
  let oc1 = zero();
  let os0 = zero();
  let os1 = zero();
  for (; c < end; c += 32, tile += 32) {
    const t0 = v128.load(tile);
    const t1 = v128.load(tile, 16);
    const ec = v128.load_splat<f64>(c);
    const es = v128.load_splat<f64>(c, 8);
    const oc = v128.load_splat<f64>(c, 16);
    const os = v128.load_splat<f64>(c, 24);
    ec0 = madd(t0, ec, ec0);
    ec1 = madd(t1, ec, ec1);
    es0 = madd(t0, es, es0);
    es1 = madd(t1, es, es1);
    oc0 = madd(t0, oc, oc0);
    oc1 = madd(t1, oc, oc1);
    os0 = madd(t0, os, os0);
    os1 = madd(t1, os, os1);
  }
  const x0 = v128.load(nodes);
  const x1 = v128.load(nodes, 16);
  v128.store(ring, ec0);
  v128.store(ring, ec1, 16);
  v128.store(ring, es0, 32);
  v128.store(ring, es1, 48);
  v128.store(ring, f64x2.mul(oc0, x0), 64);
  v128.store(ring, f64x2.mul(oc1, x1), 80);
  v128.store(ring, f64x2.mul(os0, x0), 96);
  v128.store(ring, f64x2.mul(os1, x1), 112);
}

/** rings <- sums over the degrees, for every field. */
export function sumDegrees(plan: Plan, degree: i32, fields: i32): void {
  const size = <usize>((degree + 1) * (degree + 1)) << 3;
  let epsilon = plan.epsilon;
  let tile = plan.table;
  let first = plan.first;
  let rings = plan.rings;
  for (let m = 0; m <= degree; m++) {
    const width = <usize>(((degree - m) >> 1) + 1) << 5;
    const rows = ((plan.degree - m) >> 1) + 1;
    for (let f = 0; f < fields; f++)
      prepare(m, degree, plan.coefficients + <usize>f * size, epsilon, plan.sums + <usize>f * width);
    let nodes = plan.nodes;
    let ring = rings;
    for (let b = 0; b < plan.blocks; b++) {
      const skipped = <i32>load<f64>(first);
      let c = plan.sums;
      let out = ring;
      for (let f = 0; f < fields; f++) {
        sumRows(tile, c + (<usize>skipped << 5), c + width, nodes, out);
        c += width;
        out += plan.ringsOfField;
      }
      tile += <usize>(rows - skipped) << 5;
      first += 8;
      nodes += 32;
      ring += 128;
    }
    rings += plan.ringsOfOrder;
    epsilon += <usize>(plan.degree - m + 3) << 3;
  }
}

/** One block of four latitudes into the sums of every row, two lanes each. */
// @ts-ignore: decorator
@inline
function addRows(tile: usize, sum: usize, end: usize, ring: usize): void {
  const ec0 = v128.load(ring);
  const ec1 = v128.load(ring, 16);
  const es0 = v128.load(ring, 32);
  const es1 = v128.load(ring, 48);
  const oc0 = v128.load(ring, 64);
  const oc1 = v128.load(ring, 80);
  const os0 = v128.load(ring, 96);
  const os1 = v128.load(ring, 112);
  for (; sum < end; sum += 64, tile += 32) {
    const t0 = v128.load(tile);
    const t1 = v128.load(tile, 16);
    v128.store(sum, madd(t1, ec1, madd(t0, ec0, v128.load(sum))));
    v128.store(sum, madd(t1, es1, madd(t0, es0, v128.load(sum, 16))), 16);
    v128.store(sum, madd(t1, oc1, madd(t0, oc0, v128.load(sum, 32))), 32);
    v128.store(sum, madd(t1, os1, madd(t0, os0, v128.load(sum, 48))), 48);
  }
}

// @ts-ignore: decorator
@inline
function lanes(cosines: v128, sines: v128): v128 {
  return f64x2.add(v128.shuffle<f64>(cosines, sines, 0, 2), v128.shuffle<f64>(cosines, sines, 1, 3));
}

// @ts-ignore: decorator
@inline
function putPair(at: usize, m: usize, value: v128): void {
  if (m > 0) v128.store_lane<f64>(at - m, value, 1);
  v128.store_lane<f64>(at + m, value, 0);
}

/** The way back from the sums of one order: the transpose of `prepare`. */
function finish(m: i32, degree: i32, sum: usize, epsilon: usize, coefficients: usize): void {
  const shift = <usize>m << 3;
  let before = zero();
  let l = m;
  let at = coefficients + (<usize>(l * l + l) << 3);
  for (; l <= degree; l += 2) {
    const even = lanes(v128.load(sum), v128.load(sum, 16));
    const odd = lanes(v128.load(sum, 32), v128.load(sum, 48));
    const up = f64x2.mul(even, v128.load_splat<f64>(epsilon, 8));
    putPair(at, shift, madd(before, v128.load_splat<f64>(epsilon), up));
    at += <usize>(2 * l + 2) << 3;
    if (l < degree) putPair(at, shift, odd);
    at += <usize>(2 * l + 4) << 3;
    before = even;
    sum += 64;
    epsilon += 16;
  }
}

/** coefficients <- sums over the latitudes, for every field. */
export function sumLatitudes(plan: Plan, degree: i32, fields: i32): void {
  const size = <usize>((degree + 1) * (degree + 1)) << 3;
  let epsilon = plan.epsilon;
  let tile = plan.table;
  let first = plan.first;
  let rings = plan.rings;
  for (let m = 0; m <= degree; m++) {
    const width = <usize>(((degree - m) >> 1) + 1) << 6;
    const rows = ((plan.degree - m) >> 1) + 1;
    memory.fill(plan.sums, 0, <usize>fields * width);
    let ring = rings;
    for (let b = 0; b < plan.blocks; b++) {
      const skipped = <i32>load<f64>(first);
      let sum = plan.sums;
      let from = ring;
      for (let f = 0; f < fields; f++) {
        addRows(tile, sum + (<usize>skipped << 6), sum + width, from);
        sum += width;
        from += plan.ringsOfField;
      }
      tile += <usize>(rows - skipped) << 5;
      first += 8;
      ring += 128;
    }
    for (let f = 0; f < fields; f++)
      finish(m, degree, plan.sums + <usize>f * width, epsilon, plan.coefficients + <usize>f * size);
    rings += plan.ringsOfOrder;
    epsilon += <usize>(plan.degree - m + 3) << 3;
  }
}
