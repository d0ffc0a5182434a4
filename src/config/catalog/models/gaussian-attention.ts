import { z } from "zod";
import { OF_OVERLAP, twoTokenMean } from "../../../exact/two-token-mean.js";
import { chooseBarycentres } from "../../../models/attention/choose-barycentres.js";
import { gaussianAttention as model } from "../../../models/attention/gaussian-attention.js";
import { drawAtoms, gaussianHeads } from "../../../models/heads/gaussian-heads.js";
import { refuse } from "../../contract/config-error.js";
import { checkMatrix, count, dimension, finite, flat, matrix, positive } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { exactDecay } from "./exact-decay.js";
import { FRESH_WORDS, freshInLawOnly } from "./fresh-atoms.js";
import { attention, checkAttention, tolerance } from "./softmax-sums.js";

const schema = z.strictObject({
  name: z.literal("gaussian-attention"),
  dimension,
  /** Inverse temperature; the effective one is beta d sigmaA^2. */
  beta: finite,
  /** Standard deviation of the entries of both factors of A. Not needed when the atoms are given. */
  sigmaA: positive.optional(),
  /** Standard deviation of the entries of V; 1/sqrt(d) unless given. */
  sigmaV: positive.optional(),
  /** How many, "fresh" for new ones every step, or the matrices themselves. */
  atoms: z.union([count, z.literal("fresh"), z.array(matrix).min(1)]).default(8),
  /** How many atoms a step draws when they are fresh. */
  freshAtoms: count.default(4),
  attention,
  tolerance,
});

type Config = z.output<typeof schema>;

const sigmaVOf = ({ sigmaV, dimension: d }: Config): number => sigmaV ?? 1 / Math.sqrt(d);

/** Homogenized attention with Gaussian heads (arXiv:2604.01978). */
export const gaussianAttention = modelEntry({
  name: "gaussian-attention",
  schema,
  example: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 2 },
  check(config) {
    checkAttention(config);
    const { atoms, sigmaA, dimension: d } = config;
    if (Array.isArray(atoms)) atoms.forEach((A, m) => checkMatrix(`model.atoms[${m}]`, A, d));
    else if (sigmaA === undefined) {
      refuse(
        "model.sigmaA",
        "is missing, and the atoms are to be drawn with it; give it, or give the matrices",
      );
    }
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
    const phi = OF_OVERLAP[observable];
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
