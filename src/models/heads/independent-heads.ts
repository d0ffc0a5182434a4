import { checkOptions, maybe } from "../../numerics/options.js";
import { stream } from "../../noise/stream.js";
import { square } from "../../numerics/square.js";
import { drawEntries, entryLaw, type Entries } from "./entries.js";
import type { HeadLaw } from "./law.js";
import type { PerceptronLaw } from "./perceptron.js";

export interface IndependentHeads {
  readonly dimension: number;
  /** The law of all entries, centred with variance one; Gaussian unless given. */
  readonly entries?: Entries;
  /** V = mean + sigma N */
  readonly V: { readonly sigma: number; readonly mean?: Float64Array };
  /** A = mean + sigma^2 N N'^T with two factors (the default), mean + sigma N with one. */
  readonly A: { readonly sigma: number; readonly mean?: Float64Array; readonly factors?: 1 | 2 };
  readonly perceptron?: PerceptronLaw;
  readonly seed: string;
}

/**
 * Heads whose V and factors of A have independent centred entries of one sub-Gaussian law around given means
 * (arXiv:2604.01978, section 2): Gaussian, Rademacher, uniform on (-sqrt 3, sqrt 3), or the caller's own. They come
 * from the stream "weights". Throws a RangeError on a mean of the wrong size or a negative standard deviation.
 */
export function independentHeads(options: IndependentHeads): HeadLaw {
  checkOptions("independentHeads", options, {
    dimension: "whole",
    entries: maybe("anything"),
    V: "object",
    A: "object",
    perceptron: maybe("object"),
    seed: "string",
  });
  checkOptions("independentHeads: V", options.V, { sigma: "number", mean: maybe("numbers") });
  checkOptions("independentHeads: A", options.A, {
    sigma: "number",
    mean: maybe("numbers"),
    factors: maybe("whole"),
  });
  const { dimension: d, perceptron } = options;
  const dd = d * d;
  const law = entryLaw(options.entries ?? "gaussian");
  const weights = stream(options.seed, "weights");
  const factors = options.A.factors ?? 2;
  const { sigma: sigmaV } = options.V;
  const { sigma: sigmaA } = options.A;
  checkSigma("V", sigmaV);
  checkSigma("A", sigmaA);
  const meanV = meanOf("V", options.V.mean, dd);
  const meanA = meanOf("A", options.A.mean, dd);
  const draws = new Float64Array((1 + factors) * dd);
  return {
    name: law.name,
    dimension: d,
    sample(path, layer, head, V, A) {
      drawEntries(law, weights, path, layer, head * draws.length, draws);
      for (let e = 0; e < dd; e++) V[e] = meanV[e] + sigmaV * draws[e];
      if (factors === 2) product(draws, dd, d, sigmaA * sigmaA, A);
      else for (let e = 0; e < dd; e++) A[e] = sigmaA * draws[dd + e];
      for (let e = 0; e < dd; e++) A[e] += meanA[e];
    },
    moments: {
      meanV,
      meanA,
      varianceV: sigmaV * sigmaV,
      varianceA: factors === 2 ? d * square(sigmaA * sigmaA) : sigmaA * sigmaA,
      independentV: true,
      centred: meanV.every((v) => v === 0) && (perceptron?.centred ?? true),
    },
    ...(perceptron && { perceptron }),
  };
}

function checkSigma(what: string, sigma: number): void {
  if (!(sigma >= 0 && sigma < Infinity)) {
    throw new RangeError(`${what}.sigma: ${sigma} is not a standard deviation; want a number of at least 0`);
  }
}

function meanOf(what: string, mean: Float64Array | undefined, size: number): Float64Array {
  if (mean && mean.length !== size) {
    throw new RangeError(`${what}.mean: has ${mean.length} entries, want ${size} row by row`);
  }
  return mean ? mean.slice() : new Float64Array(size);
}

/** A = scale * W W'^T, W and W' row by row from `offset` in draws. */
export function product(
  draws: Float64Array,
  offset: number,
  d: number,
  scale: number,
  A: Float64Array,
): void {
  const primed = offset + d * d;
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let s = 0;
      for (let c = 0; c < d; c++) s += draws[offset + a * d + c] * draws[primed + b * d + c];
      A[a * d + b] = scale * s;
    }
  }
}
