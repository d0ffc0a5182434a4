import type { Measure } from "../types.js";
import { planCoordinateGradient } from "./coordinate-gradient.js";
import { harmonicCount } from "./kernels/harmonic-index.js";
import type { TiltKernel } from "./kernels/tilt-kernel.js";
import type { TiltedTerm } from "./tilted-averages.js";

/** What a kernel sums: the constant one first, then one right-hand side for every recipe. */
export interface TiltCoefficients {
  readonly blocks: number;
  /** 1 when a recipe differentiates, which asks for one more degree, else 0. */
  readonly extra: 0 | 1;
  readonly coefficients: Float64Array;
  /** [degree + 1] largest contribution of every degree, right-hand sides measured by their scale. */
  readonly bounds: Float64Array;
  /** From values[n, sources] at the law's points; degree includes the extra one. */
  load(law: Measure, values: Float64Array, degree: number, reach: number): void;
}

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
  const width = recipes.length;
  const plain = width === sources && recipes.every((terms, r) => isPlain(terms, r));
  const extra = recipes.some((terms) => terms.some((term) => term.along !== undefined)) ? 1 : 0;
  const sourceBlocks = Math.ceil((sources + 1) / 4);
  const blocks = Math.ceil((width + 1) / 4);
  const sourceScales = new Float64Array(4 * sourceBlocks);
  const scales = new Float64Array(4 * blocks);
  let strengths = new Float64Array(0);
  let moments = new Float64Array(0);
  let coefficients = new Float64Array(0);
  let bounds = new Float64Array(0);
  let single = new Float64Array(0);
  let standard: Float64Array[] = [];
  let gradient = planCoordinateGradient(dimension, 0);
  let room = -1;

  /** Scratch for a degree; grows only. */
  const reserve = (degree: number, count: number): void => {
    if (strengths.length < count * 4 * sourceBlocks) strengths = new Float64Array(count * 4 * sourceBlocks);
    if (degree <= room) return;
    room = degree;
    bounds = new Float64Array(degree + 1);
    coefficients = new Float64Array(kernel.length(degree, blocks));
    if (plain) return;
    moments = new Float64Array(kernel.length(degree + extra, sourceBlocks));
    standard = Array.from(
      { length: sources + 1 },
      () => new Float64Array(harmonicCount(dimension, degree + extra)),
    );
    single = new Float64Array(harmonicCount(dimension, degree));
    if (extra) gradient = planCoordinateGradient(dimension, degree);
  };

  /** strengths <- w_j q_s(y_j), and the largest |q_s|. */
  const weigh = (law: Measure, values: Float64Array): void => {
    sourceScales.fill(1);
    sourceScales.fill(Number.MIN_VALUE, 1, sources + 1);
    for (let j = 0; j < law.count; j++) {
      const to = 4 * sourceBlocks * j;
      strengths[to] = law.weights[j];
      for (let s = 0; s < sources; s++) {
        const value = values[j * sources + s];
        strengths[to + 1 + s] = law.weights[j] * value;
        if (Math.abs(value) > sourceScales[1 + s]) sourceScales[1 + s] = Math.abs(value);
      }
    }
  };

  /** Adds up the terms of every recipe, from moments of degree + extra to coefficients of degree. */
  const combine = (degree: number, reach: number): void => {
    for (let s = 0; s <= sources; s++) kernel.unpack(moments, degree + extra, sourceBlocks, s, standard[s]);
    const size = harmonicCount(dimension, degree);
    kernel.pack(standard[0], degree, blocks, 0, coefficients);
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
      kernel.pack(single, degree, blocks, 1 + r, coefficients);
    });
  };

  return {
    blocks,
    extra,
    get coefficients() {
      return coefficients;
    },
    get bounds() {
      return bounds;
    },
    load(law, values, degree, reach) {
      reserve(degree, law.count);
      weigh(law, values);
      if (plain) {
        kernel.moments(law.points, strengths, degree, blocks, coefficients);
        scales.set(sourceScales);
      } else {
        kernel.moments(law.points, strengths, degree + extra, sourceBlocks, moments);
        combine(degree, reach);
      }
      kernel.bounds(coefficients, degree, blocks, scales, bounds);
    },
  };
}

const isPlain = (terms: readonly TiltedTerm[], r: number): boolean =>
  terms.length === 1 && terms[0].source === r && terms[0].along === undefined;
