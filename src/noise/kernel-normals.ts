import { normals as embedded } from "../kernels/embedded/normals.js";
import { instantiate, layout } from "../kernels/instance.js";
import { TABLES, type NormalDraw } from "./normal-draw.js";

/** Row r of out[rows,width] is the `width` normals at (path, step + r) from number `first` on. */
export type DrawRows = (path: number, step: number, out: Float64Array, width: number, first: number) => void;

/** Numbers of one call, which its memory has room for. */
const CHUNK = 2048;

/** Numbers of the words of one rejected entry: its place, low and high word. */
const REJECTED = 3;

interface Functions {
  normals(
    out: number,
    rows: number,
    width: number,
    path: number,
    step: number,
    first: number,
    k0: number,
    k1: number,
    scale: number,
    inside: number,
    rejected: number,
    words: number,
  ): number;
}

/** The kernel draws what falls inside its layer's core; `normal` draws the rest, one in eighty. */
export function planKernelNormals(
  build: "simd" | "fma",
  k0: number,
  k1: number,
  normal: NormalDraw,
): DrawRows {
  const { scale, inside } = TABLES;
  const layers = scale.length;
  const room = layout();
  const at = {
    scale: room.numbers(layers),
    inside: room.numbers(layers),
    words: room.numbers(8),
    out: room.numbers(CHUNK),
    rejected: room.numbers((CHUNK * REJECTED) / 2),
  };
  const { functions, view } = instantiate<Functions>(embedded, build, room);
  view(at.scale, layers).set(scale);
  view(at.inside, layers).set(inside);
  const drawn = view(at.out, CHUNK);
  const all = view(at.rejected, (CHUNK * REJECTED) / 2);
  const rejected = new Uint32Array(all.buffer, all.byteOffset, CHUNK * REJECTED);

  /** drawn[rows,width], at most a chunk. */
  const draw = (path: number, step: number, rows: number, width: number, first: number): void => {
    const { out, scale, inside, rejected: list, words } = at;
    const count = functions.normals(out, rows, width, path, step, first, k0, k1, scale, inside, list, words);
    for (let e = 0; e < count * REJECTED; e += REJECTED) {
      const place = rejected[e];
      const row = Math.floor(place / width);
      const index = first + place - row * width;
      drawn[place] = normal(rejected[e + 1], rejected[e + 2], path, step + row, index);
    }
  };

  return (path, step, out, width, first) => {
    const rows = out.length / width;
    const together = Math.max(1, Math.floor(CHUNK / width));
    for (let row = 0; row < rows; row += together) {
      const tall = Math.min(together, rows - row);
      for (let column = 0; column < width; column += CHUNK) {
        const wide = Math.min(CHUNK, width - column);
        draw(path, step + row, tall, wide, first + column);
        out.set(drawn.subarray(0, tall * wide), row * width + column);
      }
    }
  };
}
