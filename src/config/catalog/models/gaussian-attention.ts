import { z } from "zod";
import { OF_OVERLAP, twoTokenMean } from "../../../exact/two-token-mean.js";
import { chooseBarycentres } from "../../../models/attention/choose-barycentres.js";
import { gaussianAttention as model } from "../../../models/attention/gaussian-attention.js";
import { drawAtoms, gaussianHeads } from "../../../models/heads/gaussian-heads.js";
import { degreeNeeded } from "../../../spectral/degree-needed.js";
import { harmonicIsCheaper } from "../../../spectral/harmonic-cost.js";
import { attentionSize, type SumsOf } from "../../contract/attention-size.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { checkMatrix, count, dimension, finite, flat, matrix, size } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";
import { exactDecay } from "./exact-decay.js";
import { attention, checkAttention } from "./softmax-sums.js";

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
  tolerance: z
    .number()
    .min(1e-14)
    .max(1e-2)
    .default(1e-12)
    .describe("error allowed in a softmax average by harmonics, of functions bounded by one"),
});

type Config = z.output<typeof schema>;

/** M */
const atomsOf = ({ atoms, freshAtoms }: Config): number =>
  atoms === "fresh" ? freshAtoms : typeof atoms === "number" ? atoms : atoms.length;

/** Longest tilt beta A x of drawn atoms, or given ones, for which a degree of harmonics is worth asking for. */
const LONGEST_TILT = 1e5;

/** How the sums are done that are left to the cost, for laws of n points. */
function sumsOf(
  { attention: sums, dimension: d, beta, sigmaA, atoms, tolerance }: Config,
  n: number,
): SumsOf {
  if (sums !== "auto" || d > 3 || n < 128) return "direct";
  const entry = Array.isArray(atoms) ? largestOf(atoms.flat()) : 2 * (sigmaA ?? 0) ** 2;
  const tilt = Math.abs(beta) * d * entry;
  if (tilt > LONGEST_TILT) return "direct";
  const dimension = d === 2 ? 2 : 3;
  return harmonicIsCheaper(dimension, n, degreeNeeded(d, tilt, tolerance)) ? "harmonic" : "direct";
}

/** Refuses matrices whose scores beta <A x, y> are no numbers any more. */
function checkScores(path: string, beta: number, entry: number, d: number): void {
  if (!Number.isFinite(Math.abs(beta) * entry * d)) {
    refuse(
      path,
      `makes scores beta <A x, y> that are too large for a number at model.beta ${beta}; want less`,
    );
  }
}

const largestOf = (A: readonly (readonly number[])[]): number =>
  A.reduce((most, row) => row.reduce((largest, v) => Math.max(largest, Math.abs(v)), most), 0);

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
    const { dimension: d, atoms, attention: sums } = config;
    const M = atomsOf(config);
    const once = attentionSize(n, d, M, sums === "harmonic" ? "harmonic" : sumsOf(config, n));
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
  build(config, seed, tolerance = config.tolerance) {
    const { dimension: d, beta, sigmaA = 0, freshAtoms, atoms } = config;
    return model({
      dimension: d,
      beta,
      barycentres: chooseBarycentres(config.attention, tolerance),
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
    ...(atoms === "fresh" && { atoms: "fresh every step: right in law only, not path by path" }),
  }),
  inLawOnly: ({ atoms }) =>
    atoms === "fresh"
      ? 'model.atoms: "fresh" is right in law only, and a strong order is path by path; want a number of atoms, or the study "weak"'
      : null,
  drawsHeads: ({ sigmaA, atoms }) => sigmaA !== undefined && !Array.isArray(atoms),
  heads(config, seed) {
    const { dimension: d, beta, sigmaA, atoms } = config;
    if (sigmaA === undefined || Array.isArray(atoms)) return null;
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
