const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;
const SIGN: u64 = 0x100;
const LAYER: u64 = 0xff;

/**
 * Standard normals by Philox 4x32-10 and the core of the ziggurat, as src/noise/stream.ts and src/noise/normal-draw.ts draw
 * them: out[rows,width], row r at step + r, entry c of number first + c; four counters are ciphered at once. `scale` and
 * `inside` are the tables [256]. An entry outside its layer's core is left to be drawn elsewhere: `rejected` lists each by its
 * place in `out` and its 64 bits, 12 bytes; what comes back is how many there are. `words` is scratch of 64 bytes.
 */
export function normals(
  out: usize,
  rows: u32,
  width: u32,
  path: u32,
  step: u32,
  first: u32,
  k0: u32,
  k1: u32,
  scale: usize,
  inside: usize,
  rejected: usize,
  words: usize,
): i32 {
  const start = first >> 1;
  const last = first + width;
  // Of the first block and of the last one a row may want one draw alone.
  const blocks = ((last + 1) >> 1) - start;
  const all = blocks * rows;
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  let list = rejected;
  let row: u32 = 0;
  let block: u32 = 0;
  for (let done: u32 = 0; done < all; done += 4) {
    let r = row;
    let k = block;
    let a = i32x4.splat(start + block);
    let b = i32x4.splat(step + row);
    if (++block == blocks) {
      block = 0;
      row++;
    }
    a = i32x4.replace_lane(a, 1, start + block);
    b = i32x4.replace_lane(b, 1, step + row);
    if (++block == blocks) {
      block = 0;
      row++;
    }
    a = i32x4.replace_lane(a, 2, start + block);
    b = i32x4.replace_lane(b, 2, step + row);
    if (++block == blocks) {
      block = 0;
      row++;
    }
    a = i32x4.replace_lane(a, 3, start + block);
    b = i32x4.replace_lane(b, 3, step + row);
    if (++block == blocks) {
      block = 0;
      row++;
    }
    // Counter (index / 2, step, path, kind 0).
    let c = i32x4.splat(path);
    let d = i32x4.splat(0);
    let s = i32x4.splat(k0);
    let t = i32x4.splat(k1);
    for (let round = 0; round < ROUNDS; round++) {
      const p = i64x2.extmul_low_i32x4_u(a, m0);
      const q = i64x2.extmul_high_i32x4_u(a, m0);
      const u = i64x2.extmul_low_i32x4_u(c, m1);
      const v = i64x2.extmul_high_i32x4_u(c, m1);
      a = v128.xor(v128.xor(v128.shuffle<i32>(u, v, 1, 3, 5, 7), b), s);
      c = v128.xor(v128.xor(v128.shuffle<i32>(p, q, 1, 3, 5, 7), d), t);
      b = v128.shuffle<i32>(u, v, 0, 2, 4, 6);
      d = v128.shuffle<i32>(p, q, 0, 2, 4, 6);
      s = i32x4.add(s, i32x4.splat(W0));
      t = i32x4.add(t, i32x4.splat(W1));
    }
    // The words of every counter together, two draws of 64 bits.
    const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
    const abLater = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
    const cdLater = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
    v128.store(words, v128.shuffle<i64>(ab, cd, 0, 2), 0);
    v128.store(words, v128.shuffle<i64>(ab, cd, 1, 3), 16);
    v128.store(words, v128.shuffle<i64>(abLater, cdLater, 0, 2), 32);
    v128.store(words, v128.shuffle<i64>(abLater, cdLater, 1, 3), 48);
    for (let lane: usize = 0; lane < 4; lane++) {
      if (r == rows) break;
      const x: u64 = load<u64>(words + (lane << 4));
      const y: u64 = load<u64>(words + (lane << 4), 8);
      const index = (start + k) << 1;
      const place = r * width + index - first;
      if (index >= first) list = draw(x, out, place, scale, inside, list);
      if (index + 1 < last) list = draw(y, out, place + 1, scale, inside, list);
      if (++k == blocks) {
        k = 0;
        r++;
      }
    }
  }
  return <i32>((list - rejected) / 12);
}

/** One draw of 64 bits: its layer, its sign, its 53 bits. */
// @ts-ignore: decorator
@inline
function draw(bits: u64, out: usize, place: u32, scale: usize, inside: usize, list: usize): usize {
  const layer = <usize>(bits & LAYER) << 3;
  const mantissa = <f64>(<i64>(bits >> 11));
  if (mantissa < load<f64>(inside + layer)) {
    const x = reinterpret<u64>(mantissa * load<f64>(scale + layer));
    store<u64>(out + (<usize>place << 3), x | ((bits & SIGN) << 55));
    return list;
  }
  store<u32>(list, place);
  store<u64>(list, bits, 4);
  return list + 12;
}
