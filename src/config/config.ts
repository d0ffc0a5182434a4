import { z } from "zod";

const finite = z.number();
const positive = z.number().positive();
const count = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31);
const dimension = z.number().int().min(2).max(4096);
const row = z.array(finite);
const matrix = z.array(row).min(1);

const gaussianAttention = z.strictObject({
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
  /** How the softmax sums are done: pair by pair, by harmonics (d = 2, 3), or whichever is cheaper. */
  attention: z.enum(["auto", "direct", "harmonic"]).default("auto"),
  /** Error allowed in a softmax average by harmonics, of functions bounded by one. */
  tolerance: z.number().min(1e-14).max(1e-2).default(1e-12),
});

const noisyAttention = z.strictObject({
  name: z.literal("noisy-attention"),
  dimension,
  /** Inverse temperature. */
  beta: z.number().min(-700).max(700),
  /** K in the drift K P_x ∫ e^{beta <x,y>} y mu(dy). The noise is solver.kappa; there is no common one. */
  coupling: finite,
  /** How the sums over the law are done. */
  attention: z.enum(["auto", "direct", "harmonic"]).default("auto"),
});

/** x -> matrix x + offset; what is left out is zero. */
const affineField = z.strictObject({ matrix: matrix.optional(), offset: row.optional() });

const affine = z.strictObject({
  name: z.literal("affine"),
  /** Of the Euclidean space the state lives in. */
  dimension: z.number().int().min(1).max(4096),
  calculus: z.enum(["ito", "stratonovich"]).default("ito"),
  drift: affineField.optional(),
  /** One field per channel of the common noise. */
  noise: z.array(affineField).min(1),
});

const model = z.discriminatedUnion("name", [
  gaussianAttention,
  noisyAttention,
  z.strictObject({ name: z.literal("rotation"), dimension, generator: matrix.optional() }),
  z.strictObject({ name: z.literal("spherical-brownian"), dimension }),
  z.strictObject({ name: z.literal("random-quadratic-form"), dimension }),
  affine,
]);

const tokens = count.optional();
/** "random": independent tokens; "quasi": low-discrepancy ones. */
const placement = z.enum(["random", "quasi"]).default("random");

const initial = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("points"), points: matrix, weights: row.optional() }),
  z.strictObject({ kind: z.literal("uniform"), tokens, placement }),
  z.strictObject({
    kind: z.literal("vmf"),
    tokens,
    placement,
    components: z
      .array(z.strictObject({ weight: positive, kappa: z.number().nonnegative(), mean: row.min(2) }))
      .min(1),
  }),
  z.strictObject({ kind: z.literal("simplex"), tokens: count, overlap: z.number().min(-1).max(1) }),
]);

const grid = {
  horizon: positive,
  steps: count,
  /** Observe every so many steps. */
  every: count.default(1),
};
const area = z.enum(["none", "auto"]).default("none");
const kappa = z.number().nonnegative().default(0);
const lmax = z.number().int().min(1).max(511);

const solver = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("particles"),
    scheme: z.enum(["euler-maruyama", "milstein", "flow", "heun"]).default("euler-maruyama"),
    ...grid,
    area,
    /** Pseudo-time substeps of the flow. */
    substeps: count.default(1),
    /** Intensity of the idiosyncratic noise. */
    kappa,
  }),
  z.strictObject({
    kind: z.literal("density"),
    /** Highest degree of the harmonics; "auto" raises it during the run where the density asks for it. */
    lmax: z.union([lmax, z.literal("auto")]),
    /** Where "auto" ends; 511 on the circle and 85 on the sphere unless given. */
    lmaxLimit: lmax.optional(),
    scheme: z.enum(["euler-maruyama", "milstein", "flow"]).default("milstein"),
    ...grid,
    area,
    substeps: count.default(1),
    kappa,
    /** Tails of the spectrum (root share of the top degrees) at which "auto" raises the degree, the result is marked, the run ends. */
    resolution: z
      .strictObject({
        raise: positive.optional(),
        warn: positive.optional(),
        stop: positive.optional(),
        undershoot: positive.optional(),
      })
      .optional(),
    /** What to do there: end, with everything kept, or go on by characteristics under the same noise. */
    onUnresolved: z.enum(["stop", "characteristics"]).default("stop"),
    /** Exponential filter exp(-strength (l / lmax)^order t); off unless given. */
    filter: z.strictObject({ strength: z.number().nonnegative(), order: positive.default(16) }).optional(),
  }),
  z.strictObject({
    kind: z.literal("characteristics"),
    lmax,
    scheme: z.enum(["euler-maruyama", "milstein", "flow", "heun"]).default("flow"),
    ...grid,
    area,
    substeps: count.default(1),
  }),
  z.strictObject({
    kind: z.literal("transformer"),
    /** H, heads a layer. */
    heads: count,
    /** Residual step. */
    eta: positive,
    /** L. Time is the diffusive clock eta^2 l / H. */
    layers: count,
    every: count.default(1),
  }),
]);

const noise = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("brownian") }),
  /** One row of K increments a step, channels ordered atom by atom, each V row by row. */
  z.strictObject({ kind: z.literal("table"), increments: matrix, areas: matrix.optional() }),
  /** The same rows in a JSON or CSV file. */
  z.strictObject({ kind: z.literal("file"), path: z.string().min(1) }),
]);

/** What `commonnoise agree` compares, beyond the run itself. */
const agree = z.strictObject({
  /** Numbers of random tokens held against the density. */
  tokens: z.array(count).min(3).default([64, 128, 256, 512, 1024, 2048]),
  /** Steps of the tokens under the same noise, those of the solver or a half, a quarter, ... of them. */
  tokenSteps: count.optional(),
  /** Independent initial clouds for each number. */
  repetitions: count.min(2).default(16),
  /** Largest difference of a harmonic moment, l <= 4, between the density and its characteristics. */
  tolerance: positive.default(1e-6),
  /** Transformers against the stochastic equation, in law; null leaves them out. */
  transformer: z
    .strictObject({ tokens: count, heads: count, layers: count, paths: count.min(2) })
    .nullable()
    .default({ tokens: 16, heads: 4, layers: 64, paths: 400 }),
});

/** What `commonnoise study` varies, beyond the run itself. */
const study = z.strictObject({
  /** Numbers of steps, rising, each the finest halved some number of times; of layers, or of tokens. */
  levels: z.array(count).min(2),
  paths: count.min(2).default(500),
  /** What is taken for the truth: "independent" chooses another scheme, a name asks for that one, "finest" is the method itself. */
  reference: z
    .enum(["independent", "exact", "finest", "euler-maruyama", "milstein", "flow", "heun"])
    .default("independent"),
  /** Steps of the reference: the finest level, doubled some number of times. */
  referenceSteps: count.optional(),
  /** A density's distance is that of its harmonic moments up to this degree. */
  degree: z.number().int().min(1).max(64).default(4),
  /** Distance from the limit law: exact or sliced W_2; "auto" is exact where the largest level permits it. */
  distance: z.enum(["auto", "exact", "sliced"]).default("auto"),
});

/** The contract of a run: what `commonnoise run config.json` reads. Every key has its meaning beside it above. */
export const configSchema = z.strictObject({
  model,
  initial,
  solver,
  noise: noise.default({ kind: "brownian" }),
  ensemble: z
    .strictObject({ paths: count.default(1), seed: z.string().min(1).default("commonnoise") })
    .default({ paths: 1, seed: "commonnoise" }),
  observe: z.array(z.string().min(1)).min(1).default(["mean-overlap"]),
  agree: agree.optional(),
  study: study.optional(),
});

/** The settings of `agree`, defaults filled in. */
export const agreeDefaults = (): AgreeConfig => agree.parse({});

export type Config = z.infer<typeof configSchema>;
export type ModelConfig = Config["model"];
export type InitialConfig = Config["initial"];
export type AgreeConfig = z.infer<typeof agree>;
export type StudyConfig = z.infer<typeof study>;
export type SolverConfig = Config["solver"];
