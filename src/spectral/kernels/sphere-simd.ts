import { sphereTransform } from "../../kernels/embedded/sphere-transform.js";
import { instantiate, layout } from "../../kernels/instance.js";
import { harmonicCount } from "./harmonic-index.js";
import { BLOCK } from "./legendre.js";
import {
  fillSphereArrays,
  sphereSizes,
  type SphereArrays,
  type SphereKernel,
  type SphereShape,
} from "./sphere-arrays.js";

/** Sums over degrees and latitudes between coefficients and rings, Fourier transforms between rings and some pairs' values. */
interface Functions {
  sumDegrees(plan: number, degree: number, fields: number): void;
  sumLatitudes(plan: number, degree: number, fields: number): void;
  toValues(plan: number, degree: number, fields: number, from: number, end: number): void;
  fromValues(plan: number, degree: number, fields: number, from: number, end: number): void;
}

interface Views {
  readonly coefficients: Float64Array;
  readonly pieces: readonly Piece[];
}

/** Pairs `from` to `end`: their values in the memory, and where they stand among all. */
interface Piece {
  readonly from: number;
  readonly end: number;
  readonly parts: readonly { readonly inside: Float64Array; readonly at: number }[];
}

/** Values pass through the memory in pieces that stay in the cache. */
const PIECE = 8192;

/** What one memory may hold. */
const MOST_BYTES = 2 ** 32;

/** The operations of the plain kernel in SIMD, tables and scratch in the module's memory; undefined where that cannot hold them. */
export function planSimdSphere(shape: SphereShape, build: "simd" | "fma"): SphereKernel | undefined {
  const { degree, longitudes, fields } = shape;
  const latitudes = shape.gauss.nodes.length;
  const pairs = latitudes / 2;
  const blocks = Math.ceil(latitudes / (2 * BLOCK));
  const room = layout();
  const sizes = sphereSizes(shape);
  // One line more than needed sets columns that are read together apart in the cache.
  const ringsOfOrder = 4 * BLOCK * blocks + 8;
  const ringsOfField = ringsOfOrder * (degree + 1);
  const plan = room.numbers(12);
  const rows = room.numbers(4);
  const none = room.numbers(4 * BLOCK);
  const x = room.numbers(4 * longitudes + 8);
  const y = room.numbers(4 * longitudes + 8);
  const sums = room.numbers(4 * (degree + 2) * fields);
  const rings = room.numbers(ringsOfField * fields);
  const coefficientsAt = room.numbers(harmonicCount(3, degree) * fields);
  const packed = room.numbers((degree + 1) * (degree + 6) * fields);
  const together = (count: number): number =>
    Math.min(pairs, 2 * Math.ceil(PIECE / (4 * longitudes * count)));
  const valuesAt = room.numbers(PIECE + 4 * longitudes * fields);
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, room.numbers(size)]),
  ) as Record<keyof SphereArrays, number>;
  if (room.bytes > MOST_BYTES) return undefined;

  const { functions, view } = instantiate<Functions>(sphereTransform, build, room);
  const arrays = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, view(at[name as keyof SphereArrays], size)]),
  ) as unknown as SphereArrays;
  fillSphereArrays(shape, arrays);
  new Uint32Array(view(plan, 12).buffer, plan).set([
    ...[degree, pairs, blocks, longitudes],
    ...[at.nodes, at.evenWeights, at.oddWeights, at.epsilon, at.first, at.values, at.twiddles],
    ...[coefficientsAt, packed, valuesAt, sums, rings, 8 * ringsOfOrder, 8 * ringsOfField, x, y, none, rows],
  ]);

  /** What a transform reads and writes there. There are few, and a new view takes as long as a small transform's sums. */
  const known = new Map<number, Views>();
  const viewsOf = (top: number, count: number): Views => {
    const key = top * (fields + 1) + count;
    const views = known.get(key) ?? planViews(top, count);
    known.set(key, views);
    return views;
  };
  const planViews = (top: number, count: number): Views => {
    const coefficients = view(coefficientsAt, harmonicCount(3, top) * count);
    const row = longitudes * count;
    const most = together(count);
    const piece = (from: number): Piece => {
      const end = Math.min(from + most, pairs);
      const length = (end - from) * row;
      const north = { inside: view(valuesAt, length), at: from * row };
      const south = { inside: view(valuesAt + 8 * length, length), at: (latitudes - end) * row };
      const whole = { inside: view(valuesAt, 2 * length), at: 0 };
      return { from, end, parts: end - from === pairs ? [whole] : [north, south] };
    };
    const froms = Array.from({ length: Math.ceil(pairs / most) }, (_, i) => i * most);
    return { coefficients, pieces: froms.map(piece) };
  };

  return {
    synthesis(top, count, coefficients, values) {
      const views = viewsOf(top, count);
      views.coefficients.set(coefficients);
      functions.sumDegrees(plan, top, count);
      for (const { from, end, parts } of views.pieces) {
        functions.toValues(plan, top, count, from, end);
        for (const { inside, at: to } of parts) values.set(inside, to);
      }
    },

    analysis(top, count, values, coefficients) {
      const views = viewsOf(top, count);
      for (const { from, end, parts } of views.pieces) {
        for (const { inside, at: start } of parts)
          inside.set(
            inside.length === values.length ? values : values.subarray(start, start + inside.length),
          );
        functions.fromValues(plan, top, count, from, end);
      }
      functions.sumLatitudes(plan, top, count);
      coefficients.set(views.coefficients);
    },
  };
}
