import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A model of the command line that nobody has: one file. */
const TOY = `
import * as z from "zod";
import { defineModel } from "../../../models/define-model.js";
import { refuse } from "../../contract/config-error.js";
import { dimension, finite } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";

/** Tokens drawn to the first axis, and turned about it by one Brownian motion. */
export const toy = modelEntry({
  name: "toy",
  schema: z.strictObject({ name: z.literal("toy"), dimension, pull: finite.default(1) }),
  example: { name: "toy", dimension: 3 },
  check({ pull }) {
    if (pull < 0) refuse("model.pull", "is below 0, want a number of at least 0");
  },
  build: ({ dimension: d, pull }) =>
    defineModel({
      name: "toy",
      dimension: d,
      calculus: "stratonovich",
      drift: (_x, out) => (out[0] = pull),
      noise: [(x, out) => ((out[1] = -x[2]), (out[2] = x[1]))],
    }),
  describe: ({ pull }) => ({ pull }),
});
`;

/** An initial law, a scheme and a solver that nobody has: a file and a line each. */
const OTHERS: readonly { readonly room: string; readonly name: string; readonly file: string }[] = [
  {
    room: "initials",
    name: "poles",
    file: `
import * as z from "zod";
import { pointsLaw } from "../../../laws/points.js";
import { initialEntry } from "../../contract/initial-entry.js";

export const poles = initialEntry({
  kind: "poles",
  schema: z.strictObject({ kind: z.literal("poles") }),
  example: { kind: "poles" },
  hasDensity: false,
  euclidean: false,
  given: true,
  build: (_config, { dimension: d }) =>
    pointsLaw([1, -1].map((v) => Array.from({ length: d }, (_, a) => (a === d - 1 ? v : 0)))),
  tokens: () => 2,
});
`,
  },
  {
    room: "schemes",
    name: "lazy",
    file: `
import { eulerMaruyama } from "../../../../solvers/schemes/euler-maruyama.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const lazy = schemeEntry({
  name: "lazy",
  aliases: ["idle"],
  build: () => ({ ...eulerMaruyama, name: "lazy", plan: () => ({ step: () => undefined }) }),
});
`,
  },
  {
    room: "solvers",
    name: "drift",
    file: `
import * as z from "zod";
import { driftFlow } from "../../../../solvers/ode.js";
import { count, positive } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";

export const drift = solverEntry({
  kind: "drift",
  schema: z.strictObject({ kind: z.literal("drift"), until: positive, pieces: count }),
  example: { kind: "drift", until: 1, pieces: 8 },
  starts: "tokens",
  followsPath: true,
  grid: ({ until, pieces }) => ({ horizon: until, steps: pieces, every: 1 }),
  build: (_config, { model, tokens }) => ({ evolution: driftFlow({ model, initial: tokens }) }),
});
`,
  },
];

describe("a new entry of the command line", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "commonnoise-toy-"));
    for (const part of ["src", "solvers", "package.json", "tsconfig.json", "tsconfig.build.json"])
      cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "dir");
    for (const { room, name, file } of [{ room: "models", name: "toy", file: TOY }, ...OTHERS]) {
      const folder = join(copy, "src/config/catalog", room);
      writeFileSync(join(folder, `${name}.ts`), file);
      appendFileSync(join(folder, "index.ts"), `export { ${name} } from "./${name}.js";\n`);
    }
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: copy });
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const run = (model: object, solver: object = {}, initial: object = { kind: "uniform", tokens: 5 }) => {
    const config = join(copy, "config.json");
    const given = {
      model,
      initial,
      solver: "kind" in solver ? solver : { ...PARTICLES, ...solver },
      observe: ["coordinate:0"],
    };
    writeFileSync(config, JSON.stringify(given));
    const args = [join(copy, "dist/src/cli.js"), "run", config, "--json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return { status, stderr, result: stdout === "" ? null : (JSON.parse(stdout) as RunJson) };
  };
  const PARTICLES = { kind: "particles", scheme: "milstein", horizon: 4, steps: 64 };
  interface RunJson {
    observables: Record<string, { mean: number[] }>;
    diagnostics: Record<string, unknown>;
  }

  it("is one file and one line", () => {
    const { status, result } = run({ name: "toy", dimension: 3, pull: 2 });
    expect(status).toBe(0);
    expect(result!.diagnostics).toMatchObject({ model: "toy", pull: 2, channels: 1, strongOrder: 1 });
    // x' = 2 P e_1: all are at the first axis by t = 4.
    expect(result!.observables["coordinate:0"].mean.at(-1)).toBeGreaterThan(0.99);
  });

  it("has its keys checked like any other's, and its density solved", () => {
    expect(run({ name: "toy", dimension: 3, push: 1 })).toMatchObject({
      status: 2,
      stderr: "model.push: is not a key that is known here.\n",
    });
    expect(run({ name: "tow", dimension: 3 }).stderr).toMatch(/^model\.name: .*"toy"/);
    expect(run({ name: "toy", dimension: 3, pull: -1 })).toMatchObject({
      status: 2,
      stderr: "model.pull: is below 0, want a number of at least 0.\n",
    });
    const density = { kind: "density", scheme: "flow", lmax: 12, horizon: 0.25, steps: 8 };
    const { result } = run({ name: "toy", dimension: 3 }, density);
    expect(result!.diagnostics).toMatchObject({ model: "toy", solver: "density", resolved: true });
    // x_1 of the uniform law under x_1' = 1 - x_1^2: E tanh(artanh u + t), u uniform on [-1, 1].
    const t = 0.25;
    const e = Math.exp(2 * t);
    const exact = (e * e - 1 - 4 * e * t) / (e - 1) ** 2;
    expect(result!.observables["coordinate:0"].mean.at(-1)).toBeCloseTo(exact, 6);
  });

  it("is joined by an initial law, a scheme and a solver, a file and a line each", () => {
    const model = { name: "toy", dimension: 3 };
    const poles = { kind: "poles" };
    const lazy = run(model, { scheme: "idle" }, poles).result!;
    expect(lazy.diagnostics).toMatchObject({ scheme: "lazy", points: 2 });
    expect(lazy.observables["coordinate:0"].mean.at(-1)).toBe(0);
    const drift = run(model, { kind: "drift", until: 1, pieces: 32 }, poles).result!;
    expect(drift.observables["coordinate:0"].mean.at(-1)).toBeCloseTo(Math.tanh(1), 6);
    expect(run(model, { kind: "density", lmax: 4, horizon: 1, steps: 1 }, poles)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^initial\.kind: "poles" has no density/) as string,
    });
  });
});
