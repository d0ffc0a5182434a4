import { describe, expect, it } from "vitest";
import {
  cycles,
  floorOf,
  folderOf,
  FLOORS,
  importsOf,
  localImports,
  place,
  readHouse,
  roomOf,
  upwardImports,
  type House,
} from "./house.js";

/** Only these rooms may touch the machine. Everything else runs unchanged in a browser. */
const MACHINE = ["src/io", "src/cli.ts", "bench"];

/** A file longer than this is no longer one idea. */
const LONGEST = 350;

/** The largest share of the code that one room may hold. */
const LARGEST = 1 / 5;

const house = readHouse();
const files = [...house.keys()];

/** The house with one more import, as a hand in a hurry would add it. */
const withImport = (file: string, target: string): House =>
  new Map([...house, [file, `import "${target}";\n${house.get(file)!}`]]);

describe("the house", () => {
  it("gives every file a floor, and every floor a file", () => {
    expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
    const lived = new Set(files.map(place));
    expect(FLOORS.flat().filter((name) => !lived.has(name))).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it("imports only files that are there", () => {
    const missing = files.flatMap((file) =>
      localImports(house, file)
        .filter((target) => !house.has(target))
        .map((target) => `${file} -> ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it("has imports that point down or stay in their folder", () => {
    expect(upwardImports(house)).toEqual([]);
  });

  it.each([
    ["a room above", "src/noise/stream.ts", "../../solvers/simulate.js", "solvers/simulate.ts"],
    [
      "another room of the floor",
      "src/laws/uniform.ts",
      "../observables/overlap.js",
      "src/observables/overlap.ts",
    ],
    [
      "a folder above in its own room",
      "src/noise/areas/series.ts",
      "../brownian.js",
      "src/noise/brownian.ts",
    ],
    ["the solvers, from a scheme", "solvers/schemes/milstein.ts", "../simulate.js", "solvers/simulate.ts"],
    [
      "figures, from claims",
      "src/paper/claims/overlap.ts",
      "../figures/figure.js",
      "src/paper/figures/figure.ts",
    ],
  ])("would see an import of %s", (_what, file, target, seen) => {
    expect(upwardImports(withImport(file, target))).toEqual([`${file} -> ${seen}`]);
  });

  it("has no cycle between files, and none between folders", () => {
    expect(cycles(house, (file) => file)).toEqual([]);
    expect(cycles(house, folderOf)).toEqual([]);
  });

  it("would see a cycle between folders", () => {
    const folders = cycles(withImport("src/noise/areas/series.ts", "../brownian.js"), folderOf);
    expect(folders.join()).toMatch(/src\/noise\/areas -> src\/noise|src\/noise -> src\/noise\/areas/);
  });

  it("has no room with more than a fifth of the code", () => {
    const lines = new Map<string, number>();
    let total = 0;
    for (const [file, text] of house) {
      if (file.startsWith("examples/")) continue;
      const count = text.split("\n").length;
      lines.set(roomOf(file), (lines.get(roomOf(file)) ?? 0) + count);
      total += count;
    }
    expect([...lines].filter(([, count]) => count > LARGEST * total)).toEqual([]);
  });

  it("touches the machine in io, the cli and the benchmarks alone", () => {
    const offenders = files.filter(
      (file) =>
        !file.startsWith("examples/") &&
        !MACHINE.includes(roomOf(file)) &&
        (importsOf(house.get(file)!).some((target) => target.startsWith("node:")) ||
          /\bprocess\.(?!stdout|stderr)/.test(house.get(file)!)),
    );
    expect(offenders).toEqual([]);
    expect(
      files.filter((file) => roomOf(file) === "src/plots" && /process\./.test(house.get(file)!)),
    ).toEqual([]);
  });

  it("keeps files short, and free of escapes from the type system", () => {
    expect(files.filter((file) => house.get(file)!.split("\n").length > LONGEST)).toEqual([]);
    expect(
      files.filter((file) => /@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable/.test(house.get(file)!)),
    ).toEqual([]);
  });

  it("has no mutable state at module level", () => {
    expect(
      files.filter((file) => file.startsWith("s") && /^(export )?(let|var) /m.test(house.get(file)!)),
    ).toEqual([]);
  });
});
