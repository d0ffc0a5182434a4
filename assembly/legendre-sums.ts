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

/** Bytes of one order of packed pairs: degrees up to `degree`, and two more. */
// @ts-ignore: decorator
@inline
function packedOrder(m: i32, degree: i32): usize {
  return <usize>(degree - m + 3) << 4;
}

// @ts-ignore: decorator
@inline
function packedField(degree: i32): usize {
  return <usize>((degree + 1) * (degree + 6)) << 3;
}

/**
 * Per order the pairs (cosine, sine) of every degree in a row, then two of zeros, from coefficients degree by degree; there is
 * no sine of order 0.
 */
function pack(degree: i32, coefficients: usize, packed: usize): void {
  for (let l = 0; l <= degree; l++) {
    const centre = coefficients + (<usize>(l * l + l) << 3);
    let to = packed + (<usize>l << 4);
    let step = packedOrder(1, degree);
    v128.store(to, v128.load_zero<f64>(centre));
    to += step;
    let up = centre + 8;
    let down = centre - 16;
    const last = centre + (<usize>l << 3);
    for (; up < last; up += 16, down -= 16) {
      const cosines = v128.load(up);
      const sines = v128.load(down);
      v128.store(to, v128.shuffle<f64>(cosines, sines, 0, 3));
      v128.store(to + step - 16, v128.shuffle<f64>(cosines, sines, 1, 2));
      to += 2 * step - 48;
      step -= 32;
    }
    if (up === last) v128.store(to, v128.load_lane<f64>(down + 8, v128.load_zero<f64>(up), 1));
  }
  for (let m = 0; m <= degree; m++) {
    packed += packedOrder(m, degree);
    v128.store(packed - 32, zero());
    v128.store(packed - 16, zero());
  }
}

/** The way back. */
function unpack(degree: i32, packed: usize, coefficients: usize): void {
  for (let l = 0; l <= degree; l++) {
    const centre = coefficients + (<usize>(l * l + l) << 3);
    let from = packed + (<usize>l << 4);
    let step = packedOrder(1, degree);
    v128.store_lane<f64>(centre, v128.load(from), 0);
    from += step;
    let up = centre + 8;
    let down = centre - 16;
    const last = centre + (<usize>l << 3);
    for (; up < last; up += 16, down -= 16) {
      const one = v128.load(from);
      const two = v128.load(from + step - 16);
      from += 2 * step - 48;
      step -= 32;
      v128.store(up, v128.shuffle<f64>(one, two, 0, 2));
      v128.store(down, v128.shuffle<f64>(two, one, 1, 3));
    }
    if (up === last) {
      const one = v128.load(from);
      v128.store_lane<f64>(up, one, 0);
      v128.store_lane<f64>(down + 8, one, 1);
    }
  }
}

/** The coefficients of one order in terms of the table's functions: per row even in x, then odd, cosine and sine. */
function prepare(m: i32, degree: i32, packed: usize, epsilon: usize, to: usize): void {
  const scale = f64x2.splat(m === 0 ? 1 : 0.5);
  const end = packed + (<usize>(degree - m + 1) << 4);
  let even = f64x2.mul(scale, v128.load(packed));
  for (; packed < end; packed += 32, epsilon += 16, to += 32) {
    const odd = f64x2.mul(scale, v128.load(packed, 16));
    const next = f64x2.mul(scale, v128.load(packed, 32));
    const up = f64x2.mul(even, v128.load_splat<f64>(epsilon, 8));
    v128.store(to, madd(next, v128.load_splat<f64>(epsilon, 16), up));
    v128.store(to, odd, 16);
    even = next;
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
  const packedSize = packedField(degree);
  for (let f = 0; f < fields; f++)
    pack(degree, plan.coefficients + <usize>f * size, plan.packed + <usize>f * packedSize);
  let packed = plan.packed;
  let epsilon = plan.epsilon;
  let tile = plan.table;
  let first = plan.first;
  let rings = plan.rings;
  for (let m = 0; m <= degree; m++) {
    const width = <usize>(((degree - m) >> 1) + 1) << 5;
    const rows = ((plan.degree - m) >> 1) + 1;
    for (let f = 0; f < fields; f++)
      prepare(m, degree, packed + <usize>f * packedSize, epsilon, plan.sums + <usize>f * width);
    let nodes = plan.nodes;
    let ring = rings;
    for (let b = 0; b < plan.blocks; b++) {
      const skipped = load<i32>(first);
      let c = plan.sums;
      let out = ring;
      for (let f = 0; f < fields; f++) {
        sumRows(tile, c + (<usize>skipped << 5), c + width, nodes, out);
        c += width;
        out += plan.ringsOfField;
      }
      tile += <usize>(rows - skipped) << 5;
      first += 4;
      nodes += 32;
      ring += 128;
    }
    packed += packedOrder(m, degree);
    rings += plan.ringsOfOrder;
    epsilon += <usize>(plan.degree - m + 3) << 3;
  }
}

/** Zeros in a multiple of 64 bytes: there are few, and memory.fill is a call. */
// @ts-ignore: decorator
@inline
function clear(from: usize, end: usize): void {
  for (; from < end; from += 64) {
    v128.store(from, zero());
    v128.store(from, zero(), 16);
    v128.store(from, zero(), 32);
    v128.store(from, zero(), 48);
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

/** The way back from the sums of one order: the transpose of `prepare`. */
function finish(m: i32, degree: i32, sum: usize, epsilon: usize, packed: usize): void {
  const end = packed + (<usize>(degree - m + 1) << 4);
  let before = zero();
  for (; packed < end; packed += 32, epsilon += 16, sum += 64) {
    const even = lanes(v128.load(sum), v128.load(sum, 16));
    const up = f64x2.mul(even, v128.load_splat<f64>(epsilon, 8));
    v128.store(packed, madd(before, v128.load_splat<f64>(epsilon), up));
    v128.store(packed, lanes(v128.load(sum, 32), v128.load(sum, 48)), 16);
    before = even;
  }
}

/** coefficients <- sums over the latitudes, for every field. */
export function sumLatitudes(plan: Plan, degree: i32, fields: i32): void {
  const size = <usize>((degree + 1) * (degree + 1)) << 3;
  const packedSize = packedField(degree);
  let packed = plan.packed;
  let epsilon = plan.epsilon;
  let tile = plan.table;
  let first = plan.first;
  let rings = plan.rings;
  for (let m = 0; m <= degree; m++) {
    const width = <usize>(((degree - m) >> 1) + 1) << 6;
    const rows = ((plan.degree - m) >> 1) + 1;
    clear(plan.sums, plan.sums + <usize>fields * width);
    let ring = rings;
    for (let b = 0; b < plan.blocks; b++) {
      const skipped = load<i32>(first);
      let sum = plan.sums;
      let from = ring;
      for (let f = 0; f < fields; f++) {
        addRows(tile, sum + (<usize>skipped << 6), sum + width, from);
        sum += width;
        from += plan.ringsOfField;
      }
      tile += <usize>(rows - skipped) << 5;
      first += 4;
      ring += 128;
    }
    for (let f = 0; f < fields; f++)
      finish(m, degree, plan.sums + <usize>f * width, epsilon, packed + <usize>f * packedSize);
    packed += packedOrder(m, degree);
    rings += plan.ringsOfOrder;
    epsilon += <usize>(plan.degree - m + 3) << 3;
  }
  for (let f = 0; f < fields; f++)
    unpack(degree, plan.packed + <usize>f * packedSize, plan.coefficients + <usize>f * size);
}
