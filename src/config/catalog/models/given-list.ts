import * as z from "zod";
import type { Head } from "../../../models/heads/head.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import {
  arrayOf,
  arraysOf,
  fileKeys,
  optionalArrayOf,
  weightsOf,
  type FileArray,
} from "../../contract/file-arrays.js";
import { checkEntries, checkMatrix, checkSum, flat, matrix } from "../../contract/keys.js";
import { checkScores, largestOf } from "./softmax-sums.js";

/** Heads that are the whole law, each with its probability: in a list, or in a file with V [M,d,d], A [M,d,d], weights [M]. */
export const givenList = z.strictObject({
  law: z.literal("given"),
  list: z
    .array(
      z.strictObject({
        V: matrix.describe("[d][d]"),
        A: matrix.describe("[d][d]"),
        weight: z
          .number()
          .nonnegative()
          .optional()
          .describe("its probability; equal ones where none is given"),
      }),
    )
    .min(1)
    .optional()
    .describe("heads, whose weights sum to one"),
  ...fileKeys,
});

type GivenList = z.output<typeof givenList>;

/** Heads and weights [M]. */
export interface Weighted {
  readonly heads: readonly Pick<Head, "V" | "A">[];
  readonly weights: readonly number[];
}

const AT = "model.heads";

/** Throws a ConfigError on shapes and weights that do not fit; arrays of a file are looked at once they are read. */
export function checkGivenList(heads: GivenList, d: number): void {
  const { list, file, sha256 } = heads;
  if ((list === undefined) === (file === undefined)) {
    refuse(
      AT,
      `has ${list ? "both a list and a file" : "neither a list nor a file"} of heads, want one of them`,
    );
  }
  if (sha256 !== undefined && !file) refuse(`${AT}.sha256`, "is the digest of no file; leave it out");
  checkAll(
    (list ?? []).flatMap(({ V, A, weight }, m) => [
      () => checkMatrix(`${AT}.list[${m}].V`, V, d),
      () => checkMatrix(`${AT}.list[${m}].A`, A, d),
      () => {
        if ((weight === undefined) !== (list![0].weight === undefined)) {
          refuse(
            `${AT}.list[${m}].weight`,
            "is not like the others: want a weight for every head, or for none",
          );
        }
      },
    ]),
  );
  if (!list && !arraysOf(heads)) return;
  const { weights } = weightedOf(heads, d);
  const at = list ? `${AT}.list` : `${AT}.file`;
  const negative = weights.findIndex((w) => w < 0);
  if (negative >= 0) refuse(at, `has the weight ${weights[negative]}, want none below 0`);
  checkSum(at, weights, "weights sum");
}

/** Throws a ConfigError on entries that are too large at this inverse temperature. */
export function checkGivenSizes(list: GivenList, beta: number, d: number): void {
  const { heads } = weightedOf(list, d);
  const at = (m: number, name: string): string => (list.list ? `${AT}.list[${m}].${name}` : `${AT}.file`);
  checkAll(
    heads.flatMap(({ V, A }, m) => [
      () => checkEntries(at(m, "V"), V),
      () => checkScores(at(m, "A"), beta, largestOf([A]), d),
    ]),
  );
}

/** The heads, wherever they are given. Throws a ConfigError when their file was not read. */
export function weightedOf(heads: GivenList, d: number): Weighted {
  const { list } = heads;
  if (list) {
    return {
      heads: list.map(({ V, A }) => ({ V: flat(V), A: flat(A) })),
      weights: list.map(({ weight }) => weight ?? 1 / list.length),
    };
  }
  const V = arrayOf(AT, heads, "V", ["M", d, d]);
  const M = V.shape[0];
  const A = arrayOf(AT, heads, "A", [M, d, d]);
  const given = optionalArrayOf(AT, heads, "weights", [M]);
  const matrixOf = ({ data }: typeof V, m: number): Float64Array =>
    doubles(data.subarray(m * d * d, (m + 1) * d * d));
  return {
    heads: Array.from({ length: M }, (_, m) => ({ V: matrixOf(V, m), A: matrixOf(A, m) })),
    weights: given ? weightsOf(given) : new Array<number>(M).fill(1 / M),
  };
}

const doubles = (numbers: FileArray["data"]): Float64Array =>
  numbers instanceof Float64Array ? numbers : new Float64Array(numbers);
