import * as z from "zod";
import type { HeadLaw } from "../../../models/heads/law.js";
import { independentHeads } from "../../../models/heads/independent-heads.js";
import { independentPerceptron } from "../../../models/heads/perceptron.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { checkEntries, checkMatrix, count, flat, LARGEST, matrix, row } from "../../contract/keys.js";

const deviation = z.number().nonnegative().max(LARGEST);

/** W2 tanh(W1 x + b) with independent entries of the law of the heads; means are zero unless given. */
const perceptron = z.strictObject({
  width: count.describe("units of the hidden layer"),
  sigma: z
    .strictObject({ W2: deviation, W1: deviation, b: deviation })
    .describe("standard deviations of the entries"),
  mean: z
    .strictObject({ W2: matrix.optional(), W1: matrix.optional(), b: row.optional() })
    .optional()
    .describe("W2 [d][width], W1 [width][d], b [width]; zero unless given"),
});

/** Heads whose V and factors of A = mean + W W'^T have independent entries of one law. */
export const drawnHeads = z.strictObject({
  law: z
    .enum(["gaussian", "rademacher", "uniform"])
    .describe("the law of all entries, centred with variance one"),
  sigmaV: deviation.optional().describe("standard deviation of the entries of V; 1/sqrt(d) unless given"),
  sigmaA: deviation.describe("standard deviation of the entries of both factors of A"),
  meanV: matrix.optional().describe("E V [d][d]; zero unless given"),
  meanA: matrix.optional().describe("E A [d][d]; zero unless given"),
  perceptron: perceptron
    .optional()
    .describe("a block W2 tanh(W1 x + b) beside the attention; none unless given"),
});

type DrawnHeads = z.output<typeof drawnHeads>;

export const sigmaVOf = ({ sigmaV }: DrawnHeads, d: number): number => sigmaV ?? 1 / Math.sqrt(d);

/** Throws a ConfigError on shapes that do not fit, and on entries that are too large. */
export function checkDrawnHeads({ meanV, meanA, perceptron: block }: DrawnHeads, d: number): void {
  const at = "model.heads";
  const mean = `${at}.perceptron.mean`;
  const { width = 0, mean: { W2, W1, b } = {} } = block ?? {};
  checkAll([
    () => meanV && checkMatrix(`${at}.meanV`, meanV, d),
    () => meanA && checkMatrix(`${at}.meanA`, meanA, d),
    () => W2 && checkShape(`${mean}.W2`, W2, d, width),
    () => W1 && checkShape(`${mean}.W1`, W1, width, d),
    () => {
      if (b && b.length !== width) {
        refuse(`${mean}.b`, `has ${b.length} numbers, want ${width} as the width says`);
      }
    },
    () => meanV && checkEntries(`${at}.meanV`, flat(meanV)),
    () => W2 && checkEntries(`${mean}.W2`, flat(W2)),
    () => W1 && checkEntries(`${mean}.W1`, flat(W1)),
    () => b && checkEntries(`${mean}.b`, Float64Array.from(b)),
  ]);
}

/** Whether the law has no drift: E V = 0, and E W2 = 0 where there is a block. */
export const isCentredLaw = ({ meanV = [], perceptron: block }: DrawnHeads): boolean =>
  [...meanV, ...(block?.mean?.W2 ?? [])].every((r) => r.every((v) => v === 0));

function checkShape(path: string, rows: readonly (readonly number[])[], n: number, m: number): void {
  const odd = rows.findIndex((r) => r.length !== m);
  if (rows.length !== n || odd >= 0) {
    const found = odd >= 0 ? `a row of ${rows[odd].length} numbers` : `${rows.length} rows`;
    refuse(path, `has ${found}, want ${n} rows of ${m} numbers`);
  }
}

/** The law of the heads; its draws come from the streams "weights" and "perceptron" of the seed. */
export function drawnLaw(heads: DrawnHeads, d: number, seed: string): HeadLaw {
  const { law: entries, sigmaA, meanV, meanA, perceptron: block } = heads;
  return independentHeads({
    dimension: d,
    entries,
    V: { sigma: sigmaVOf(heads, d), ...(meanV && { mean: flat(meanV) }) },
    A: { sigma: sigmaA, ...(meanA && { mean: flat(meanA) }) },
    ...(block && { perceptron: independentPerceptron({ ...blockOf(block), entries, dimension: d, seed }) }),
    seed,
  });
}

const blockOf = ({ width, sigma, mean: { W2, W1, b } = {} }: z.output<typeof perceptron>) => ({
  width,
  sigma,
  mean: {
    ...(W2 && { W2: flat(W2) }),
    ...(W1 && { W1: flat(W1) }),
    ...(b && { b: Float64Array.from(b) }),
  },
});
