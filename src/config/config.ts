import { z } from "zod";
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
  reference: named(["independent", "exact", "finest", ...SCHEME_NAMES], SCHEME_ALIASES).default(
    "independent",
  ),
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
