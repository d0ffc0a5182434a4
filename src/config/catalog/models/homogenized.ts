import * as z from "zod";
import { chooseBarycentres } from "../../../models/attention/choose-barycentres.js";
import { homogenized as model, type Homogenized } from "../../../models/attention/homogenized.js";
import { varianceBound } from "../../../models/attention/variance-proxy.js";
import { drawHeads, freshHeads, type Head } from "../../../models/heads/head.js";
import type { HeadLaw } from "../../../models/heads/law.js";
import { cancels, spreadBound, weightedHeads } from "../../../models/heads/weighted-heads.js";
import { regime } from "../../../studies/regime.js";
import { attentionSize } from "../../contract/attention-size.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { arraysOf } from "../../contract/file-arrays.js";
import { count, dimension, finite, flat, size } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";
import { checkDrawnHeads, drawnHeads, drawnLaw, isCentredLaw, sigmaVOf } from "./drawn-heads.js";
import { FRESH_WORDS, freshInLawOnly } from "./fresh-atoms.js";
import { checkGivenList, checkGivenSizes, givenList, weightedOf } from "./given-list.js";
import { attention, checkAttention, checkScores, largestOf, sumsOf, tolerance } from "./softmax-sums.js";

const schema = z.strictObject({
  name: z.literal("homogenized"),
  dimension,
  beta: finite.describe("inverse temperature"),
  heads: z.discriminatedUnion("law", [drawnHeads, givenList]).describe("the law of the heads of a layer"),
  clock: z
    .union([
      z.strictObject({
        eta: size.describe("residual step of the layers"),
        heads: count.nullable().describe("heads a layer; null for no noise"),
      }),
      z.literal("diffusive"),
    ])
    .describe(
      "{eta, heads}: layer time t = eta l, noise of intensity sqrt(eta / heads), switched off by null; diffusive: time " +
        "eta^2 l / H and noise of intensity one, for laws without a drift",
    ),
  atoms: z
    .union([count, z.literal("fresh")])
    .optional()
    .describe("how many heads of a drawn law carry the noise (16 unless given), or new ones every step"),
  freshAtoms: count.optional().describe("how many heads a step draws when they are fresh; 4 unless given"),
  corrector: z
    .boolean()
    .default(false)
    .describe("whether the drift has the correction of second order in the eta of the clock"),
  layerStep: z
    .enum(["ambient", "tangent"])
    .default("ambient")
    .describe("which layers it is the limit of: N(x + v), or N(x + P_x v)"),
  attention,
  tolerance,
});

type Config = z.output<typeof schema>;

const ATOMS = 16;
const FRESH_ATOMS = 4;

/** The homogenized limits of a random transformer with a general law of heads (arXiv:2604.01978, theorem 1). */
export const homogenized = modelEntry({
  name: "homogenized",
  schema,
  example: {
    name: "homogenized",
    dimension: 2,
    beta: 1,
    heads: {
      law: "gaussian",
      sigmaA: 0.7,
      meanV: [
        [1, 0],
        [0, 1],
      ],
    },
    clock: { eta: 0.05, heads: 4 },
    atoms: 2,
  },
  check(config) {
    const { beta, heads, dimension: d } = config;
    checkAll([
      () => checkAttention(config),
      () => {
        if (heads.law === "given") {
          checkGivenList(heads, d);
          if (!heads.list && !arraysOf(heads)) return;
          checkGivenSizes(heads, beta, d);
        } else {
          checkDrawnHeads(heads, d);
          // A sum of d products of two numbers, which stay below ten, and the mean.
          checkScores("model.heads.sigmaA", beta, 100 * d * heads.sigmaA ** 2, d);
          checkScores("model.heads.meanA", beta, largestOf(heads.meanA ?? []), d);
        }
        checkClock(config);
      },
    ]);
  },
  channels(config) {
    const { heads, dimension: d, clock } = config;
    const M = atomsOf(config);
    if (clock !== "diffusive" && clock.heads === null) return 0;
    if (heads.law === "given" || heads.perceptron) return M;
    return M === undefined ? undefined : M * d * d + (isCentredLaw(heads) ? 0 : M);
  },
  size(config, { count: n, derivatives, area }) {
    const { heads, dimension: d, atoms } = config;
    const M = atomsOf(config) ?? 1;
    const width = widthOf(config);
    const entry = heads.law === "given" ? 1 : 2 * heads.sigmaA ** 2;
    const once = attentionSize(n, d, M, sumsOf(config, n, entry));
    const block = M * n * width * 2 * d;
    return [
      {
        key: width > Math.max(d, M) ? WIDTH : d > M ? "model.dimension" : "model.atoms",
        what: "the matrices of the heads",
        bytes: M * (NUMBER * (2 * d * d + 2 * d * width) + 200) + 9 * NUMBER * d * d,
        operations: atoms === "fresh" ? M * d * (d * d + 40 * (d + width)) : 0,
      },
      {
        ...once,
        key: n > M ? "initial.tokens" : "model.atoms",
        bytes: once.bytes + NUMBER * n * d * (M + (area ? d * (d <= 3 ? 4 * d : d) : 0)),
        operations: (derivatives ? 7 : 1) * (once.operations + block) * (area ? M : 1),
      },
    ];
  },
  headSize(config, tokens) {
    const width = widthOf(config);
    const numbers = width * (2 * config.dimension + 1);
    if (width === 0) return null;
    return {
      key: WIDTH,
      what: "the perceptrons of the heads",
      bytes: NUMBER * numbers,
      operations: numbers * (40 + 2 * tokens),
    };
  },
  build(config, seed, allowed = config.tolerance) {
    const { dimension: d, beta, clock, corrector, layerStep } = config;
    return model({
      dimension: d,
      beta,
      ...headsOf(config, seed),
      clock: clock === "diffusive" ? clock : { eta: clock.eta, heads: clock.heads ?? Infinity },
      ...(corrector && clock !== "diffusive" && { corrector: clock.eta }),
      layerStep,
      barycentres: chooseBarycentres(config.attention, allowed),
    });
  },
  describe: (config, { horizon }) => ({
    ...(config.heads.law === "given"
      ? { atoms: weightedOf(config.heads, config.dimension).heads.length }
      : {
          effectiveBeta: config.beta * config.dimension * config.heads.sigmaA ** 2,
          atoms: config.atoms === "fresh" ? FRESH_WORDS : (config.atoms ?? ATOMS),
        }),
    ...describeClock(config),
    ...describeRegime(config, horizon),
  }),
  inLawOnly: (config) => (config.heads.law === "given" ? null : freshInLawOnly(config)),
  clock: ({ clock }) => clock,
  drawsHeads: () => true,
  heads: (config, seed) => ({ heads: lawOf(config, seed), beta: config.beta, layerStep: config.layerStep }),
  redrawn: (config, clock = config.clock) => ({
    ...config,
    clock,
    ...(config.heads.law !== "given" && { atoms: "fresh" as const }),
  }),
  file: ({ heads }) =>
    heads.law === "given" && heads.file !== undefined
      ? { at: ["model", "heads"], file: heads.file, sha256: heads.sha256 }
      : null,
});

const WIDTH = "model.heads.perceptron.width";

/** Units of the perceptron of a head; 0 where there is none. */
const widthOf = ({ heads }: Config): number => (heads.law === "given" ? 0 : (heads.perceptron?.width ?? 0));

/** M, where it is known. */
function atomsOf({ heads, atoms = ATOMS, freshAtoms = FRESH_ATOMS }: Config): number | undefined {
  if (heads.law === "given") return heads.list?.length ?? arraysOf(heads)?.V?.shape[0];
  return atoms === "fresh" ? freshAtoms : atoms;
}

/** The law that the transformer's layers are drawn from. */
function lawOf({ heads, dimension: d }: Config, seed: string): HeadLaw {
  return heads.law === "given"
    ? weightedHeads({ dimension: d, ...weightedOf(heads, d), seed })
    : drawnLaw(heads, d, seed);
}

/** Given heads are the law; of drawn ones V is integrated exactly where nothing else is joined to it. */
function headsOf(config: Config, seed: string): Pick<Homogenized, "heads" | "weights" | "centred"> {
  const { heads, dimension: d, atoms = ATOMS, freshAtoms = FRESH_ATOMS } = config;
  if (heads.law === "given") {
    const given = weightedOf(heads, d);
    return { ...given, centred: cancels(given.heads, given.weights) };
  }
  const law = drawnLaw(heads, d, seed);
  const fresh = freshHeads(law, freshAtoms);
  if (heads.perceptron) {
    return { heads: atoms === "fresh" ? fresh : drawHeads(law, atoms), centred: law.moments!.centred };
  }
  const keys = (list: readonly Head[]): Float64Array[] => list.map(({ A }) => A);
  return {
    heads: {
      atoms:
        atoms === "fresh"
          ? { count: freshAtoms, redraw: (path, step) => keys(fresh.redraw(path, step)) }
          : keys(drawHeads(law, atoms)),
      sigmaV: sigmaVOf(heads, d),
      ...(!law.moments!.centred && { meanV: flat(heads.meanV!) }),
    },
  };
}

/** Whether the law has no drift. */
function isCentred(config: Config): boolean {
  const { heads, dimension: d } = config;
  if (heads.law !== "given") return isCentredLaw(heads);
  const given = weightedOf(heads, d);
  return cancels(given.heads, given.weights);
}

function checkClock(config: Config): void {
  const { clock, corrector, freshAtoms = FRESH_ATOMS } = config;
  const centred = isCentred(config);
  if (clock === "diffusive") {
    if (!centred) {
      refuse(
        "model.clock",
        '"diffusive" is for heads whose mean vanishes, and these have a drift; want {"eta", "heads"}',
      );
    }
    if (corrector) {
      refuse(
        "model.corrector",
        'needs the eta of the layers, which the diffusive clock does not have; want false, or a clock {"eta", "heads"}',
      );
    }
  } else if (clock.heads === null && centred) {
    refuse(
      "model.clock.heads",
      "null leaves heads whose mean vanishes without drift and noise; want a number of heads",
    );
  }
  if (!centred && freshAtoms < 2) {
    refuse(
      "model.freshAtoms",
      `is ${freshAtoms}, and the fluctuation of heads with a mean is taken about that of a step's own; want at least 2`,
    );
  }
}

function describeClock({ clock }: Config): Record<string, number | string> {
  if (clock === "diffusive") return { clock: "diffusive: time eta^2 l / H", epsilon: 1 };
  const { eta, heads } = clock;
  return {
    clock: `layers: time eta l, eta = ${eta}, ${heads === null ? "without noise" : `H = ${heads}`}`,
    epsilon: heads === null ? 0 : Math.sqrt(eta / heads),
  };
}

/** In which regime of theorem 1 layers of this clock are at the horizon. */
function describeRegime(config: Config, horizon: number): Record<string, string> {
  const { clock } = config;
  if (clock === "diffusive" || clock.heads === null) return {};
  const bound = boundOf(config);
  if (bound === undefined) return {};
  const layers = horizon / clock.eta;
  const { name, alpha } = regime({
    eta: clock.eta,
    heads: clock.heads,
    layers,
    law: { sigma2: bound, centred: isCentred(config) },
  });
  const digits = (v: number): string => String(Number(v.toPrecision(3)));
  return {
    regime: `${name}: eta = ${digits(clock.eta)}, alpha at most ${digits(alpha)}, L = ${digits(layers)}`,
  };
}

/** An upper bound of sigma^2, where one is known. */
function boundOf({ heads, dimension: d }: Config): number | undefined {
  if (heads.law !== "given") return varianceBound(drawnLaw(heads, d, ""))?.sigma2;
  const given = weightedOf(heads, d);
  return spreadBound(given.heads, given.weights);
}
