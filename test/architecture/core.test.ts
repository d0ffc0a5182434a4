import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot } from "./program.js";
import { importsOf, localImports, readHouse, roomOf, type House } from "./house.js";

const house = readHouse();

/** Packages that compile code when they run. */
const COMPILERS = ["ndarray", "ndarray-ops"];

/** What is left of a file at run time, as far as imports go. */
const withoutTypes = (text: string): string =>
  text.replace(/^(?:import|export) type \{[^}]*\} from "[^"]+";$/gm, "").replace(/^import type .*;$/gm, "");

const atRunTime = (files: House): House =>
  new Map([...files].map(([file, text]) => [file, withoutTypes(text)]));

/** Every file that runs when `start` is imported, with the packages it imports, as "file -> package". */
function reached(files: House, start: string): { files: Set<string>; packages: string[] } {
  const seen = new Set<string>([start]);
  const packages: string[] = [];
  for (const file of seen) {
    for (const target of localImports(files, file)) seen.add(target);
    for (const target of importsOf(files.get(file)!))
      if (!target.startsWith(".")) packages.push(`${file} -> ${target}`);
  }
  return { files: seen, packages };
}

const forbidden = (files: House): string[] =>
  reached(atRunTime(files), "src/core.ts").packages.filter((arrow) =>
    /-> (?:node:.*|ndarray|ndarray-ops)$/.test(arrow),
  );

describe("the door without arrays", () => {
  it("reaches nothing that compiles code, and nothing of the machine", () => {
    expect(reached(atRunTime(house), "src/core.ts").files.size).toBeGreaterThan(100);
    expect(forbidden(house)).toEqual([]);
  });

  it("has a configuration read and run", () => {
    const { files } = reached(atRunTime(house), "src/core.ts");
    for (const file of ["src/config/parse-config.ts", "src/experiments/run.ts"])
      expect(files.has(file)).toBe(true);
  });

  it.each([
    ["ndarray", 'import ndarray, { type NdArray } from "ndarray";'],
    ["ndarray-ops", 'import ops from "ndarray-ops";'],
    ["node:fs", 'import { readFileSync } from "node:fs";'],
  ])("would be seen to reach %s", (name, line) => {
    const file = "src/sphere/measure.ts";
    const spoilt = new Map([...house, [file, `${line}\n${house.get(file)!}`]]);
    expect(forbidden(spoilt)).toEqual([`${file} -> ${name}`]);
  });

  it("is all of the library but the arrays", () => {
    const door = house.get("src/index.ts")!;
    const rooms = new Set(localImports(house, "src/index.ts").map(roomOf));
    expect(door).toContain('export * from "./core.js";');
    expect([...rooms].sort()).toEqual(["src/arrays", "src/core.ts"]);
  });
});

describe("where code may not be compiled", () => {
  /** Runs a configuration and draws a map with one of the package's doors, in an engine that refuses `new Function`. */
  const visit = (door: string) => {
    const config = readFileSync(inRoot("examples/two-tokens.json"), "utf8");
    const script = `
      const { parseConfig, runNumbers, sphereMap } = await import("${door}");
      const config = parseConfig(${JSON.stringify(config)});
      const { observables } = runNumbers({ ...config, ensemble: { ...config.ensemble, paths: 2 } });
      console.log(Object.keys(observables).join(), sphereMap({ density: () => 1 }).slice(0, 4));`;
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", script];
    return spawnSync(process.execPath, flags, { cwd: inRoot("."), encoding: "utf8" });
  };

  it("the core runs, and the whole library does not", () => {
    expect(visit("commonnoise/core").stdout).toBe("overlap,mean-overlap <svg\n");
    expect(visit("commonnoise").stderr).toContain("Code generation from strings disallowed");
  });
});

describe("packages that compile code", () => {
  it("are imported in one room, and used there", () => {
    const importers = (name: string): string[] => [
      ...new Set(
        [...atRunTime(house)]
          .filter(([, text]) => importsOf(text).includes(name))
          .map(([file]) => roomOf(file)),
      ),
    ];
    for (const name of COMPILERS) expect(importers(name)).toEqual(["src/arrays"]);
  });
});
