import { checkOptions, maybe } from "../../numerics/options.js";
import { stream } from "../../noise/stream.js";
import { cosh, tanh } from "../../numerics/hyperbolic.js";
import { square } from "../../numerics/square.js";
import { drawEntries, entryLaw, type Entries } from "./entries.js";

/** phi and its derivative. */
export interface Activation {
  readonly name: string;
  value(s: number): number;
  slope(s: number): number;
}

export const tanhActivation: Activation = {
  name: "tanh",
  value: tanh,
  slope: (s) => 1 / square(cosh(s)),
};

/** The law of a perceptron block x -> W2 phi(W1 x + b), resampled with every head of every layer. */
export interface PerceptronLaw {
  readonly width: number;
  readonly activation: Activation;
  /** E W2 = 0, independent of everything else: the block adds nothing to the drift. */
  readonly centred: boolean;
  /** Writes W2[d,width], W1[width,d] and b[width]. */
  sample(
    path: number,
    layer: number,
    head: number,
    W2: Float64Array,
    W1: Float64Array,
    b: Float64Array,
  ): void;
}

/** One draw of the block. */
export interface Perceptron {
  readonly W2: Float64Array;
  readonly W1: Float64Array;
  readonly b: Float64Array;
  readonly activation: Activation;
}

export interface IndependentPerceptron {
  readonly dimension: number;
  readonly width: number;
  /** tanh unless given */
  readonly activation?: Activation;
  /** Gaussian unless given. */
  readonly entries?: Entries;
  /** Standard deviations of the entries around the means. */
  readonly sigma: { readonly W2: number; readonly W1: number; readonly b: number };
  /** Zero unless given. */
  readonly mean?: { readonly W2?: Float64Array; readonly W1?: Float64Array; readonly b?: Float64Array };
  readonly seed: string;
}

/** Perceptron weights with independent entries, from the stream "perceptron". */
export function independentPerceptron(options: IndependentPerceptron): PerceptronLaw {
  checkOptions("independentPerceptron", options, {
    dimension: "whole",
    width: "whole",
    activation: maybe("object"),
    entries: maybe("anything"),
    sigma: "object",
    mean: maybe("object"),
    seed: "string",
  });
  checkOptions("independentPerceptron: sigma", options.sigma, { W2: "number", W1: "number", b: "number" });
  const { dimension: d, width, sigma, mean = {} } = options;
  const law = entryLaw(options.entries ?? "gaussian");
  const weights = stream(options.seed, "perceptron");
  const draws = new Float64Array(width * (2 * d + 1));
  return {
    width,
    activation: options.activation ?? tanhActivation,
    centred: !mean.W2 || mean.W2.every((v) => v === 0),
    sample(path, layer, head, W2, W1, b) {
      drawEntries(law, weights, path, layer, head * draws.length, draws);
      let from = 0;
      for (const [out, scale, centre] of [
        [W2, sigma.W2, mean.W2],
        [W1, sigma.W1, mean.W1],
        [b, sigma.b, mean.b],
      ] as const) {
        for (let e = 0; e < out.length; e++) out[e] = (centre?.[e] ?? 0) + scale * draws[from + e];
        from += out.length;
      }
    },
  };
}

/** out[at..at+d) += c W2 phi(W1 x + b) for the row of x that starts at `offset`. */
export function addPerceptron(
  { W2, W1, b, activation }: Perceptron,
  x: Float64Array,
  offset: number,
  c: number,
  out: Float64Array,
  at: number,
): void {
  const width = b.length;
  const d = W1.length / width;
  for (let r = 0; r < width; r++) {
    let s = b[r];
    for (let a = 0; a < d; a++) s += W1[r * d + a] * x[offset + a];
    s = c * activation.value(s);
    for (let a = 0; a < d; a++) out[at + a] += W2[a * width + r] * s;
  }
}

/** The derivative of `addPerceptron` along the row of delta that starts at `offset`. */
export function addPerceptronDerivative(
  { W2, W1, b, activation }: Perceptron,
  x: Float64Array,
  delta: Float64Array,
  offset: number,
  c: number,
  out: Float64Array,
): void {
  const width = b.length;
  const d = W1.length / width;
  for (let r = 0; r < width; r++) {
    let s = b[r];
    let moved = 0;
    for (let a = 0; a < d; a++) {
      s += W1[r * d + a] * x[offset + a];
      moved += W1[r * d + a] * delta[offset + a];
    }
    s = c * activation.slope(s) * moved;
    for (let a = 0; a < d; a++) out[offset + a] += W2[a * width + r] * s;
  }
}
