import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { schemaText } from "../../src/commands/schema.js";
import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { mutate } from "../fuzz/mutate.js";
import { isValid } from "./validate-schema.js";

interface Described {
  readonly description?: string;
  readonly const?: unknown;
  readonly properties?: Record<string, Described>;
  readonly items?: Described;
  readonly oneOf?: Described[];
  readonly anyOf?: Described[];
}
const schema = JSON.parse(schemaText()) as Described & { $schema: string };
const folder = new URL("../../examples/", import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), "utf8")) as object] as const);

const base = {
  model: { name: "rotation", dimension: 3 },
  initial: { kind: "uniform", tokens: 4 },
  solver: { kind: "particles", horizon: 1, steps: 8 },
};
const catalog: [string, object][] = [
  ...MODELS.map(({ name, example }) => [`model ${name}`, { ...base, model: example }] as [string, object]),
  ...INITIALS.map(
    ({ kind, example }) => [`initial ${kind}`, { ...base, initial: example }] as [string, object],
  ),
  ...SOLVERS.map(({ kind, example }) => [`solver ${kind}`, { ...base, solver: example }] as [string, object]),
];

describe("the schema of a configuration", () => {
  it("is JSON Schema, draft 2020-12", () => {
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schemaText().endsWith("}\n")).toBe(true);
  });

  it.each([...examples, ...catalog])("takes %s", (_name, config) => {
    expect(isValid(schema, config)).toBe(true);
    expect(isValid(schema, { $schema: "commonnoise.schema.json", ...config })).toBe(true);
  });

  it("takes what is written with other names of schemes, and a configuration with everything filled in", () => {
    const flow = { ...base, solver: { ...base.solver, scheme: "flow" } };
    expect(isValid(schema, flow)).toBe(true);
    expect(isValid(schema, parseConfig(flow))).toBe(true);
    expect(isValid(schema, { ...base, solver: { ...base.solver, scheme: "flaw" } })).toBe(false);
  });

  it.each([
    ["nothing", {}],
    ["an unknown key", { ...base, obsrve: [] }],
    ["an unknown key of a solver", { ...base, solver: { ...base.solver, step: 1 } }],
    ["a key of another solver", { ...base, solver: { ...base.solver, lmax: 4 } }],
    ["an unknown model", { ...base, model: { name: "rotaton", dimension: 3 } }],
    ["a missing key", { ...base, solver: { kind: "particles", horizon: 1 } }],
    ["text for a number", { ...base, model: { name: "rotation", dimension: "3" } }],
    ["a number out of reach", { ...base, model: { name: "rotation", dimension: 1 } }],
    ["a fraction of a step", { ...base, solver: { ...base.solver, steps: 1.5 } }],
    ["a horizon of zero", { ...base, solver: { ...base.solver, horizon: 0 } }],
    ["no observable", { ...base, observe: [] }],
    ["a schema that is no text", { ...base, $schema: 1 }],
    ["a list", []],
  ])("does not take %s", (_name, config) => {
    expect(isValid(schema, config)).toBe(false);
  });

  it("takes every configuration that the program takes", () => {
    const all = [...examples, ...catalog].map(([, config]) => config);
    let taken = 0;
    for (let seed = 0; seed < 400; seed++) {
      // As JSON has it: nothing undefined, no Infinity.
      const text = JSON.stringify(mutate(all[seed % all.length], `schema ${seed}`));
      const config = JSON.parse(text) as object;
      try {
        parseConfig(config);
      } catch {
        continue;
      }
      taken++;
      expect(isValid(schema, config)).toBe(true);
    }
    expect(taken).toBeGreaterThan(20);
  });

  it("says what keys mean", () => {
    const undescribed: string[] = [];
    const walk = ({ properties = {}, items, oneOf = [], anyOf = [] }: Described, path: string): void => {
      for (const [key, each] of Object.entries(properties)) {
        // Names and kinds say themselves what they are; parts are described by what stands in them.
        const plain = !("const" in each) && !each.properties && !each.oneOf;
        if (plain && each.description === undefined) undescribed.push(`${path}.${key}`);
        walk(each, `${path}.${key}`);
      }
      if (items) walk(items, `${path}[]`);
      for (const each of [...oneOf, ...anyOf]) walk(each, path);
    };
    walk(schema, "");
    expect(
      undescribed.filter(
        (path) => !/^\.agree\.transformer\.|\.filter\.|\.perceptron\.(sigma|mean)\./.test(path),
      ),
    ).toEqual([]);
  });
});
