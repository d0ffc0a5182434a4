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

interface Functions {
  synthesis(plan: number, degree: number, fields: number): void;
  analysis(plan: number, degree: number, fields: number): void;
}

/** What one memory may hold. */
const MOST_BYTES = 2 ** 32;

/** The operations of the plain kernel in SIMD, tables and scratch in the module's memory; undefined where that cannot hold them. */
export function planSimdSphere(shape: SphereShape, build: "simd" | "fma"): SphereKernel | undefined {
  const { degree, longitudes, fields } = shape;
  const latitudes = shape.gauss.nodes.length;
  const blocks = Math.ceil(latitudes / (2 * BLOCK));
  const room = layout();
  const sizes = sphereSizes(shape);
  // One line more than needed sets columns that are read together apart in the cache.
  const ringsOfOrder = 4 * BLOCK * blocks + 8;
  const ringsOfField = ringsOfOrder * (degree + 1);
  const plan = room.numbers(11);
  const rows = room.numbers(4);
  const none = room.numbers(4 * BLOCK);
  const x = room.numbers(4 * longitudes + 8);
  const y = room.numbers(4 * longitudes + 8);
  const sums = room.numbers(4 * (degree + 2) * fields);
  const rings = room.numbers(ringsOfField * fields);
  const coefficientsAt = room.numbers(harmonicCount(3, degree) * fields);
  const packed = room.numbers((degree + 1) * (degree + 6) * fields);
  const valuesAt = room.numbers(latitudes * longitudes * fields);
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, room.numbers(size)]),
  ) as Record<keyof SphereArrays, number>;
  if (room.bytes > MOST_BYTES) return undefined;

  const { functions, view } = instantiate<Functions>(sphereTransform, build, room);
  const arrays = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, view(at[name as keyof SphereArrays], size)]),
  ) as unknown as SphereArrays;
  fillSphereArrays(shape, arrays);
  new Uint32Array(view(plan, 11).buffer, plan).set([
    ...[degree, latitudes / 2, blocks, longitudes],
    ...[at.nodes, at.evenWeights, at.oddWeights, at.epsilon, at.first, at.values, at.twiddles],
    ...[coefficientsAt, packed, valuesAt, sums, rings, 8 * ringsOfOrder, 8 * ringsOfField, x, y, none, rows],
  ]);

  // There are few lengths, and a new view takes as long as a small transform's sums.
  const known = new Map<number, Float64Array>();
  const inside = (offset: number, length: number): Float64Array => {
    const key = offset + 8 * length;
    const found = known.get(key) ?? view(offset, length);
    known.set(key, found);
    return found;
  };

  return {
    synthesis(top, count, coefficients, values) {
      inside(coefficientsAt, coefficients.length).set(coefficients);
      functions.synthesis(plan, top, count);
      values.set(inside(valuesAt, values.length));
    },

    analysis(top, count, values, coefficients) {
      inside(valuesAt, values.length).set(values);
      functions.analysis(plan, top, count);
      coefficients.set(inside(coefficientsAt, coefficients.length));
    },
  };
}
