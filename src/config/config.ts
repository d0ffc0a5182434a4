import * as z from "zod";
import * as initials from "./catalog/initials/index.js";
import * as models from "./catalog/models/index.js";
import { SCHEME_ALIASES, SCHEME_NAMES } from "./catalog/solvers/scheme.js";
import * as solvers from "./catalog/solvers/index.js";
import { count, matrix, named, positive } from "./contract/keys.js";

/** The schemas of a catalog, in the order of its names. */
const schemasOf = <Schema extends z.ZodObject>(
  catalog: Readonly<Record<string, { readonly schema: Schema }>>,
): [Schema, ...Schema[]] => {
  const [first, ...rest] = Object.values(catalog).map(({ schema }) => schema);
  return [first, ...rest];
};

type SchemaOf<Catalog> = Catalog[keyof Catalog] extends { readonly schema: infer Schema } ? Schema : never;

const model = z.discriminatedUnion("name", schemasOf<SchemaOf<typeof models>>(models));
const initial = z.discriminatedUnion("kind", schemasOf<SchemaOf<typeof initials>>(initials));
const solver = z.discriminatedUnion("kind", schemasOf<SchemaOf<typeof solvers>>(solvers));

const noise = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("brownian") }),
  z.strictObject({
    kind: z.literal("table"),
    increments: matrix.describe(
      "[steps][K]: one row of increments a step, channels ordered atom by atom, each V row by row",
    ),
    areas: matrix.optional().describe("[steps][K*K]: their Lévy areas"),
  }),
  z.strictObject({
    kind: z.literal("file"),
    path: z.string().min(1).describe("a JSON or CSV file with rows of increments, beside the configuration"),
  }),
]);

/** What `commonnoise agree` compares, beyond the run itself. */
const agree = z.strictObject({
  tokens: z
    .array(count)
    .min(3)
    .default([64, 128, 256, 512, 1024, 2048])
    .describe("numbers of random tokens, rising, held against the density"),
  tokenSteps: count
    .optional()
    .describe(
      "steps of the tokens under the same noise: those of the solver or a half, a quarter, ... of them",
    ),
  repetitions: count.min(2).default(16).describe("independent initial clouds for each number"),
  tolerance: positive
    .default(1e-6)
    .describe("largest difference of a harmonic moment, l <= 4, between the density and its characteristics"),
  transformer: z
    .strictObject({ tokens: count, heads: count, layers: count, paths: count.min(2) })
    .nullable()
    .default({ tokens: 16, heads: 4, layers: 64, paths: 400 })
    .describe("transformers against the stochastic equation, in law; null leaves them out"),
});

/** What `commonnoise study` varies, beyond the run itself. */
const study = z.strictObject({
  levels: z
    .array(count)
    .min(2)
    .describe(
      "numbers of steps, rising, each the finest halved some number of times; of layers, or of tokens",
    ),
  paths: count.min(2).default(500).describe("independent paths"),
  reference: named(["independent", "exact", "finest", ...SCHEME_NAMES], SCHEME_ALIASES)
    .default("independent")
    .describe(
      'what is taken for the truth: "independent" chooses another scheme, a name asks for that one, "finest" is the method itself',
    ),
  referenceSteps: count
    .optional()
    .describe("steps of the reference: the finest level, doubled some number of times"),
  degree: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(4)
    .describe("a density's distance is that of its harmonic moments up to this degree"),
  distance: z
    .enum(["auto", "exact", "sliced"])
    .default("auto")
    .describe(
      'distance from the limit law: exact or sliced W_2; "auto" is exact where the largest level permits it',
    ),
});

/** The contract of a run: what `commonnoise run config.json` reads. Every key has its meaning beside it above. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("for editors: where the schema of this file is"),
  model: model.describe("drift and diffusion"),
  initial: initial.describe("the law of the tokens at time zero"),
  solver: solver.describe("what is moved, and how"),
  noise: noise.default({ kind: "brownian" }).describe("the common noise: drawn from the seed, or given"),
  ensemble: z
    .strictObject({
      paths: count.default(1).describe("independent paths of the common noise"),
      seed: z
        .string()
        .min(1)
        .default("commonnoise")
        .describe("any text; the same text gives the same numbers"),
    })
    .default({ paths: 1, seed: "commonnoise" }),
  observe: z
    .array(z.string().min(1))
    .min(1)
    .default(["mean-overlap"])
    .describe(
      "numbers to read off the law: overlap, overlap:i,j, mean-overlap, order-parameter, clusters, clusters:threshold, " +
        "coordinate:a, second-moment, moment:l,m, zonal:l",
    ),
  agree: agree.optional().describe("what `commonnoise agree` compares, beyond the run itself"),
  study: study.optional().describe("what `commonnoise study` varies, beyond the run itself"),
});

/** The settings of `agree`, defaults filled in. */
export const agreeDefaults = (): AgreeConfig => agree.parse({});

export type Config = Omit<z.infer<typeof configSchema>, "$schema">;
export type ModelConfig = Config["model"];
export type InitialConfig = Config["initial"];
export type AgreeConfig = z.infer<typeof agree>;
export type StudyConfig = z.infer<typeof study>;
export type SolverConfig = Config["solver"];
