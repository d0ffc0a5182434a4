import { checkOptions, maybe } from "../../numerics/options.js";
import { stream } from "../../noise/stream.js";
import type { HeadLaw, HeadMoments } from "./law.js";
import type { PerceptronLaw } from "./perceptron.js";

export interface GivenHeads {
  readonly name: string;
  readonly dimension: number;
  /** How many standard normals and uniforms on (0, 1) one head is made of. */
  readonly normals: number;
  readonly uniforms: number;
  /** Writes V[d,d] and A[d,d], row by row, from the draws: any joint law, also with V depending on A. */
  build(normals: Float64Array, uniforms: Float64Array, V: Float64Array, A: Float64Array): void;
  /** What the caller knows of the law. */
  readonly moments?: HeadMoments;
  readonly perceptron?: PerceptronLaw;
  readonly seed: string;
}

/** A caller's own law of heads, as a function of standard draws from the stream "weights". */
export function givenHeads(options: GivenHeads): HeadLaw {
  checkOptions("givenHeads", options, {
    name: "string",
    dimension: "whole",
    normals: "number",
    uniforms: "number",
    build: "function",
    moments: maybe("object"),
    perceptron: maybe("object"),
    seed: "string",
  });
  const { name, dimension, moments, perceptron } = options;
  const weights = stream(options.seed, "weights");
  const normals = new Float64Array(options.normals);
  const uniforms = new Float64Array(options.uniforms);
  return {
    name,
    dimension,
    sample(path, layer, head, V, A) {
      if (normals.length > 0) weights.normals(path, layer, normals, head * normals.length);
      if (uniforms.length > 0) weights.uniforms(path, layer, uniforms, head * uniforms.length);
      options.build(normals, uniforms, V, A);
      for (const [what, matrix] of [
        ["V", V],
        ["A", A],
      ] as const) {
        const e = matrix.findIndex((v) => !Number.isFinite(v));
        if (e >= 0) throw new RangeError(`heads "${name}": build wrote ${matrix[e]} into ${what}[${e}]`);
      }
    },
    ...(moments && { moments }),
    ...(perceptron && { perceptron }),
  };
}
