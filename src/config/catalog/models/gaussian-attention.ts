import * as z from "zod";
import { OF_OVERLAP, twoTokenMean } from "../../../exact/two-token-mean.js";
import { chooseBarycentres } from "../../../models/attention/choose-barycentres.js";
import { gaussianAttention as model } from "../../../models/attention/gaussian-attention.js";
import { drawAtoms, gaussianHeads } from "../../../models/heads/gaussian-heads.js";
import { attentionSize } from "../../contract/attention-size.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { checkMatrix, count, dimension, finite, flat, matrix, size } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";
import { exactDecay } from "./exact-decay.js";
import { FRESH_WORDS, freshInLawOnly } from "./fresh-atoms.js";
import { attention, checkAttention, checkScores, largestOf, sumsOf, tolerance } from "./softmax-sums.js";

const schema = z.strictObject({
  name: z.literal("gaussian-attention"),
  dimension,
  beta: finite.describe("inverse temperature; the effective one is beta d sigmaA^2"),
  sigmaA: size
    .optional()
    .describe("standard deviation of the entries of both factors of A; not needed when the atoms are given"),
  sigmaV: size.optional().describe("standard deviation of the entries of V; 1/sqrt(d) unless given"),
  atoms: z
    .union([count, z.literal("fresh"), z.array(matrix).min(1)])
    .default(8)
    .describe("key matrices A: how many, new ones every step, or the matrices themselves"),
  freshAtoms: count.default(4).describe("how many atoms a step draws when they are fresh"),
  attention,
  tolerance,
});

type Config = z.output<typeof schema>;

/** M */
const atomsOf = ({ atoms, freshAtoms }: Config): number =>
  atoms === "fresh" ? freshAtoms : typeof atoms === "number" ? atoms : atoms.length;

/** Size of the entries of A. */
const entryOf = ({ atoms, sigmaA = 0 }: Config): number =>
  Array.isArray(atoms) ? largestOf(atoms.flat()) : 2 * sigmaA ** 2;

const sigmaVOf = ({ sigmaV, dimension: d }: Config): number => sigmaV ?? 1 / Math.sqrt(d);

/** Homogenized attention with Gaussian heads (arXiv:2604.01978). */
export const gaussianAttention = modelEntry({
  name: "gaussian-attention",
  schema,
  example: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 2 },
  check(config) {
    const { atoms, beta, sigmaA, dimension: d } = config;
    checkAll([
      () => checkAttention(config),
      () => {
        if (sigmaA === undefined && !Array.isArray(atoms)) {
          refuse(
            "model.sigmaA",
            "is missing, and the atoms are to be drawn with it; give it, or give the matrices",
          );
        }
        // A sum of d products of two normals, which stay below ten.
        if (sigmaA !== undefined) checkScores("model.sigmaA", beta, 100 * d * sigmaA * sigmaA, d);
      },
      ...(Array.isArray(atoms) ? atoms : []).map((A, m) => () => {
        checkMatrix(`model.atoms[${m}]`, A, d);
        checkScores(`model.atoms[${m}]`, beta, largestOf(A), d);
      }),
    ]);
  },
  channels: (config) => atomsOf(config) * config.dimension ** 2,
  size(config, { count: n, derivatives, area }) {
    const { dimension: d, atoms } = config;
    const M = atomsOf(config);
    const once = attentionSize(n, d, M, sumsOf(config, n, entryOf(config)));
    const bracket = area ? M * n * d * d * (M * d * d + once.operations / (M * n)) : 0;
    return [
      {
        key: d > M ? "model.dimension" : "model.atoms",
        what: "the key matrices of the atoms",
        bytes: M * (NUMBER * d * d + 100) + 2 * NUMBER * d * d,
        operations: atoms === "fresh" ? M * d * d * (d + 40) : 0,
      },
      {
        ...once,
        key: n > M ? "initial.tokens" : "model.atoms",
        bytes: once.bytes + (area ? NUMBER * n * d * d * (d <= 3 ? 4 * d : d) : 0),
        operations: (derivatives ? 7 : 1) * once.operations + bracket,
      },
    ];
  },
  build(config, seed, allowed = config.tolerance) {
    const { dimension: d, beta, sigmaA = 0, freshAtoms, atoms } = config;
    return model({
      dimension: d,
      beta,
      barycentres: chooseBarycentres(config.attention, allowed),
      sigmaV: sigmaVOf(config),
      atoms:
        atoms === "fresh"
          ? {
              count: freshAtoms,
              redraw: (path, step) => drawAtoms(seed, freshAtoms, d, sigmaA, path, step + 1),
            }
          : typeof atoms === "number"
            ? drawAtoms(seed, atoms, d, sigmaA)
            : atoms.map(flat),
    });
  },
  describe: ({ beta, dimension: d, sigmaA, atoms }) => ({
    ...(sigmaA !== undefined && { effectiveBeta: beta * d * sigmaA * sigmaA }),
    ...(atoms === "fresh" && { atoms: FRESH_WORDS }),
  }),
  inLawOnly: freshInLawOnly,
  drawsHeads: ({ sigmaA, atoms }) => sigmaA !== undefined && !Array.isArray(atoms),
  heads(config, seed) {
    const { dimension: d, beta, sigmaA = 0 } = config;
    return { heads: gaussianHeads({ dimension: d, sigmaV: sigmaVOf(config), sigmaA, seed }), beta };
  },
  redrawn: (config) => ({ ...config, atoms: "fresh" as const }),
  exactMean(config, question) {
    const { dimension: d, beta } = config;
    const { observable, at, horizon, kappa, tokens, given } = question;
    const variance = sigmaVOf(config) ** 2;
    if (tokens === 1) return exactDecay(d, variance, question);
    if (tokens !== 2 || beta !== 0 || kappa !== 0) return null;
    const phi = Object.hasOwn(OF_OVERLAP, observable) ? OF_OVERLAP[observable] : null;
    if (!phi) {
      return refuse(
        at,
        `no exact mean of "${observable}" is known here; want one of ${Object.keys(OF_OVERLAP).join(", ")}`,
      );
    }
    if (!given) {
      return refuse(
        "initial.kind",
        'the exact overlap wants two given tokens of equal weight: "points" or "simplex"',
      );
    }
    return twoTokenMean(d, phi, horizon * variance * d);
  },
  exactMeans: '"gaussian-attention" with one token, or with two at beta 0',
});
