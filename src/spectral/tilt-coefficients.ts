import type { Measure } from "../types.js";
import { planCoordinateGradient, type CoordinateGradient } from "./coordinate-gradient.js";
import { harmonicCount } from "./kernels/harmonic-index.js";
import { LARGEST_SOLID_DEGREE } from "./kernels/solid-harmonics.js";
import { WINDOW, type TiltKernel, type TiltMoments, type TiltSums } from "./kernels/tilt-kernel.js";
import type { TiltedTerm } from "./tilted-averages.js";

/** What a kernel sums: the constant one first, then one right-hand side for every recipe. */
export interface TiltCoefficients {
  /** 1 when a recipe differentiates, which asks for one more degree, else 0. */
  readonly extra: 0 | 1;
  /** The sums, loaded: its bounds are the largest contribution of every degree, right-hand sides measured by their scale. */
  readonly sums: TiltSums;
  /** From values[n, sources] at the law's points; degree includes the extra one. */
  load(law: Measure, values: Float64Array, degree: number, reach: number): void;
}

/** Degrees are planned for in steps, since laws that move ask for one more or less now and then. */
const STEP = 4;

/**
 * Coefficients of sums of terms q and q <u, P_y e_a>. The second kind needs no new moments: e^{<u,y>} <u, P_y e_a> is
 * component a of the surface gradient in y, so its coefficient at Y is the moment of q against (grad Y)_a, a sum of
 * moments of q of the neighbouring degrees (coordinate-gradient.ts).
 */
export function planTiltCoefficients(
  kernel: TiltKernel,
  dimension: 2 | 3,
  sources: number,
  recipes: readonly (readonly TiltedTerm[])[],
): TiltCoefficients {
  const { layout } = kernel;
  const width = recipes.length;
  const plain = width === sources && recipes.every((terms, r) => isPlain(terms, r));
  const extra = recipes.some((terms) => terms.some((term) => term.along !== undefined)) ? 1 : 0;
  const sourceBlocks = Math.ceil((sources + 1) / 4);
  const blocks = Math.ceil((width + 1) / 4);
  const sourceScales = new Float64Array(4 * sourceBlocks);
  const scales = new Float64Array(4 * blocks);
  let moments: TiltMoments;
  let sums: TiltSums;
  let single = new Float64Array(0);
  let standard: Float64Array[] = [];
  let gradient: CoordinateGradient;
  let room = -1;

  /** Kernels and scratch for a degree; grows only. */
  const reserve = (degree: number): void => {
    if (degree <= room) return;
    room = Math.max(degree, Math.min(Math.ceil(degree / STEP) * STEP, LARGEST_SOLID_DEGREE - extra));
    moments = kernel.moments(room + extra, sourceBlocks);
    sums = kernel.sums(room, width + 1);
    if (plain) return;
    standard = Array.from(
      { length: sources + 1 },
      () => new Float64Array(harmonicCount(dimension, room + extra)),
    );
    single = new Float64Array(harmonicCount(dimension, room));
    if (extra) gradient = planCoordinateGradient(dimension, room);
  };

  /** Sums strengths w_j q_s(y_j) against the harmonics, and notes the largest |q_s|. */
  const gather = (law: Measure, values: Float64Array, degree: number): void => {
    const { points, strengths } = moments;
    moments.begin(degree);
    sourceScales.fill(1);
    sourceScales.fill(Number.MIN_VALUE, 1, sources + 1);
    for (let first = 0; first < law.count; first += WINDOW) {
      const count = Math.min(WINDOW, law.count - first);
      points.set(law.points.subarray(first * dimension, (first + count) * dimension));
      for (let j = 0; j < count; j++) {
        const weight = layout.area * law.weights[first + j];
        const to = 4 * sourceBlocks * j;
        strengths[to] = weight;
        for (let s = 0; s < sources; s++) {
          const value = values[(first + j) * sources + s];
          strengths[to + 1 + s] = weight * value;
          if (Math.abs(value) > sourceScales[1 + s]) sourceScales[1 + s] = Math.abs(value);
        }
      }
      moments.enter(count);
    }
    moments.finish();
  };

  /** Adds up the terms of every recipe, from moments of degree + extra to coefficients of degree. */
  const combine = (degree: number, reach: number): void => {
    const { coefficients } = sums;
    for (let s = 0; s <= sources; s++)
      layout.unpack(moments.coefficients, degree + extra, sourceBlocks, s, standard[s]);
    const size = harmonicCount(dimension, degree);
    layout.pack(standard[0], degree, blocks, 0, coefficients);
    scales.fill(1);
    recipes.forEach((terms, r) => {
      single.fill(0);
      scales[1 + r] = Number.MIN_VALUE;
      for (const { source, along } of terms) {
        const q = standard[1 + source];
        if (along === undefined) for (let k = 0; k < size; k++) single[k] += q[k];
        else gradient.addTranspose(along, degree, 1, q, single);
        scales[1 + r] += sourceScales[1 + source] * (along === undefined ? 1 : reach);
      }
      layout.pack(single, degree, blocks, 1 + r, coefficients);
    });
  };

  return {
    extra,
    get sums() {
      return sums;
    },
    load(law, values, degree, reach) {
      reserve(degree);
      gather(law, values, degree + extra);
      if (plain) {
        sums.coefficients.set(moments.coefficients.subarray(0, layout.length(degree, blocks)));
        scales.set(sourceScales);
      } else {
        combine(degree, reach);
      }
      layout.bounds(sums.coefficients, degree, blocks, scales, sums.bounds);
    },
  };
}

const isPlain = (terms: readonly TiltedTerm[], r: number): boolean =>
  terms.length === 1 && terms[0].source === r && terms[0].along === undefined;
