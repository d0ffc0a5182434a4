import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The house from the ground up. A file may import from its own room and from any floor below. */
const FLOORS: readonly (readonly string[])[] = [
  ["src/types.ts"],
  ["src/sphere"],
  ["src/noise"],
  ["src/spectral"],
  ["src/laws", "src/observables", "src/models"],
  ["solvers"],
  ["src/studies"],
  ["src/plots"],
  ["src/experiments"],
  ["src/io"],
  ["src/commands", "src/index.ts"],
  ["src/cli.ts"],
  ["examples"],
];

/** Only these rooms may touch the machine. Everything else runs unchanged in a browser. */
const MACHINE = ["src/io", "src/cli.ts"];

/** A file longer than this is no longer one idea. */
const LONGEST = 350;

function filesUnder(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

const files = [...filesUnder("src"), ...filesUnder("solvers"), ...filesUnder("examples")];
const text = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));

const importsOf = (file: string): string[] =>
  [...text.get(file)!.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => target);

const localImports = (file: string): string[] =>
  importsOf(file)
    .filter((target) => target.startsWith("."))
    .map((target) => relative(root, resolve(join(root, dirname(file)), target)).replace(/\.js$/, ".ts"));

const room = (file: string): string =>
  FLOORS.flat().find((name) => file === name || file.startsWith(`${name}/`)) ?? "";
const floor = (file: string): number => FLOORS.findIndex((rooms) => rooms.includes(room(file)));

describe("the house", () => {
  it("gives every file a floor", () => {
    expect(files.filter((file) => floor(file) < 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it("has imports that point down or stay in their room", () => {
    const upward = files.flatMap((file) =>
      localImports(file)
        .filter((target) => room(target) !== room(file) && floor(target) >= floor(file))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it("has no cycles between files", () => {
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const target of localImports(file)) if (text.has(target)) visit(target, [...trail, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("touches the machine in io and the cli alone", () => {
    const offenders = files.filter(
      (file) =>
        !file.startsWith("examples/") &&
        !MACHINE.includes(room(file)) &&
        (importsOf(file).some((target) => target.startsWith("node:")) ||
          /\bprocess\.(?!stdout|stderr)/.test(text.get(file)!)),
    );
    expect(offenders).toEqual([]);
    expect(files.filter((file) => room(file) === "src/plots" && /process\./.test(text.get(file)!))).toEqual(
      [],
    );
  });

  it("keeps files short, and free of escapes from the type system", () => {
    expect(files.filter((file) => text.get(file)!.split("\n").length > LONGEST)).toEqual([]);
    expect(
      files.filter((file) => /@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable/.test(text.get(file)!)),
    ).toEqual([]);
  });

  it("has no mutable state at module level", () => {
    expect(
      files.filter((file) => file.startsWith("s") && /^(export )?(let|var) /m.test(text.get(file)!)),
    ).toEqual([]);
  });

  it("would see an upward import", () => {
    // The same rule on a made-up arrow: noise must not know a solver.
    expect(floor("solvers/simulate.ts") >= floor("src/noise/stream.ts")).toBe(true);
    expect(floor("src/noise/stream.ts") >= floor("solvers/simulate.ts")).toBe(false);
  });
});
