import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { load } from "../../src/commands/load.js";
import { packageFacts } from "../../src/io/package-facts.js";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));
const config = {
  model: { name: "rotation", dimension: 2 },
  initial: { kind: "points", points: [[1, 0]] },
  solver: { kind: "particles", horizon: 1, steps: 4 },
  ensemble: { seed: "load" },
  observe: ["coordinate:0"],
};
const yaml = `
# one token on the circle
model: { name: rotation, dimension: 2 }
initial: { kind: points, points: [[1, 0]] }
solver:
  kind: particles
  horizon: 1
  steps: 4
ensemble: { seed: load }
observe: ["coordinate:0"]
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-load-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const call = (args: string[], input?: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: "utf8",
    input,
    cwd: folder,
  });
  return { status, stdout, stderr };
};

describe("a configuration's file", () => {
  it("is JSON or YAML, whatever its ending, with or without a byte order mark", () => {
    const plain = load(file("a.json", config));
    for (const [name, text] of [
      ["a.yaml", yaml],
      ["b.yml", JSON.stringify(config)],
      ["b.json", yaml],
      ["mark.json", `\ufeff${JSON.stringify(config)}`],
      ["mark.yaml", `\ufeff${yaml}`],
    ]) {
      expect(load(file(name, text))).toEqual(plain);
    }
  });

  it("has everything told that is wrong with it, in its order, a key that stands twice among it", () => {
    const faulty = yaml.replace("steps: 4", "steps: 4\n  step: 5\n  horizon: 2").replace("observe", "obsrve");
    expect(() => load(file("faulty.yaml", faulty))).toThrow(
      /^solver\.horizon: stands twice, again in line 10, column 3\nsolver\.step: is not .*did you mean "steps"\?\nobsrve: is not .*did you mean "observe"\?$/,
    );
  });

  it("names a noise file beside it, which is checked as a table", () => {
    mkdirSync(join(folder, "inner"), { recursive: true });
    const noise = { kind: "file", path: "noise.csv" };
    const named = file("inner/named.json", { ...config, noise });
    file("inner/noise.csv", "# W\n0.1\n-0.2\n0.3\n.5e-1\n");
    expect(load(named).noise).toEqual({ kind: "table", increments: [[0.1], [-0.2], [0.3], [0.05]] });
    file("inner/noise.csv", "[[0.1], [-0.2], [0.3], [0.05]]");
    expect(load(named).noise).toEqual({ kind: "table", increments: [[0.1], [-0.2], [0.3], [0.05]] });
    for (const [text, sentence] of [
      ["0.1\n0.2\n0.3\n", /^solver\.steps: 4 does not fit the 3 rows/],
      ["0.1,1\n0.2,1\n0.3,1\n0.4,1\n", /^noise\.increments\[0\]: has 2 numbers as every row, want 1/],
      [
        "0.1\n0x10\n0.3\n0.4\n",
        /^noise\.path: row 2 of "noise\.csv" has something that is not a finite number$/,
      ],
      [
        "0.1\n1e999\n0.3\n0.4\n",
        /^noise\.path: row 2 of "noise\.csv" has something that is not a finite number$/,
      ],
      ["[[0.1], [NaN]]", /^noise\.path: row 2 of "noise\.csv" has something that is not a finite number$/],
      ["[[0.1],", /^noise\.path: "noise\.csv" is not valid JSON: line 1, column 8: /],
      ["", /^noise\.path: "noise\.csv" holds no rows of numbers$/],
    ] as const) {
      file("inner/noise.csv", text);
      expect(() => load(named)).toThrow(sentence);
    }
    rmSync(join(folder, "inner/noise.csv"));
    expect(() => load(named)).toThrow(/^noise\.path: .*noise\.csv: cannot be read: there is no such file$/);
  });

  it("may be standard input", () => {
    const wanted = call(["run", file("wanted.json", config), "--json"]).stdout;
    expect(call(["run", "-", "--json"], JSON.stringify(config)).stdout).toBe(wanted);
    expect(call(["run", "-", "--json"], yaml).stdout).toBe(wanted);
    expect(call(["run", "-"], "")).toEqual({
      status: 2,
      stdout: "",
      stderr: "config: is empty; want an object.\n",
    });
    file("increments.csv", "1\n2\n3\n4\n");
    const noise = { kind: "file", path: "increments.csv" };
    expect(call(["run", "-", "--json"], JSON.stringify({ ...config, noise })).status).toBe(0);
  });

  it("that is a list of faults ends every sentence", () => {
    const { status, stderr } = call(["run", "-"], JSON.stringify({ ...config, obsrve: 1, zzz: 2 }));
    expect(status).toBe(2);
    expect(stderr).toBe(
      'obsrve: is not a key that is known here; did you mean "observe"?\nzzz: is not a key that is known here.\n',
    );
  });
});

describe("the record of a run", () => {
  it("is a configuration that gives the same bytes, its noise file among it", () => {
    file("noise.csv", "0.1\n-0.2\n0.3\n0.05\n");
    const given = file("recorded.json", { ...config, noise: { kind: "file", path: "noise.csv" } });
    const out = join(folder, "out");
    expect(call(["run", given, "--out", out]).status).toBe(0);
    rmSync(join(folder, "noise.csv"));
    const written = readFileSync(join(out, "run.json"), "utf8");
    for (const name of ["run.json", "manifest.json"]) {
      expect(call(["run", join(out, name), "--json"])).toEqual({ status: 0, stdout: written, stderr: "" });
    }
  });

  it("by another version is taken with a warning", () => {
    const error = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const { name, version } = packageFacts();
    const record = (package_: object) =>
      file("other.json", { manifest: { config, seed: "load", package: package_ } });
    expect(load(record({ name, version: "0.0.0-other" }))).toEqual(load(file("plain.json", config)));
    expect(error.mock.calls).toEqual([
      [`The result was written by ${name} "0.0.0-other", and this is ${version}: its numbers may differ.\n`],
    ]);
    error.mockClear();
    load(record({ name, version }));
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });

  it("of a figure or of claims is refused with the command that makes it again", () => {
    const record = (command: string, inner: object, seed: string) =>
      file("figure.json", { config: inner, package: packageFacts(), command, seed });
    const figure = (size: string, seed: string) => record("figure 2", { figure: "figure-2", size }, seed);
    expect(() => load(figure("quick", "a b"))).toThrow(
      'config: is the record of another command, want `commonnoise figure 2 --quick --seed "a b"` to make that again',
    );
    expect(() => load(figure("full", "paper"))).toThrow("`commonnoise figure 2`");
    const claims = (only: object) => record("validate", only, "fixed by each claim");
    expect(() => load(claims({ only: ["orders", "chaos"] }))).toThrow(
      "`commonnoise validate --only orders chaos`",
    );
    expect(() => load(claims({}))).toThrow("`commonnoise validate`");
  });

  it("that is no record is read as a configuration", () => {
    expect(() => load(file("none.json", { config, manifest: 3 }))).toThrow(
      /^config: is not a key that is known here/,
    );
  });
});
