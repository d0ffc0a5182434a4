import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inRoot } from "./program.js";
import { importsOf, readHouse } from "./house.js";

/** A hook of the engine that names every module as it is loaded, on standard error. */
const HOOK = `
  import { writeSync } from "node:fs";
  export const load = (url, context, next) => (writeSync(2, url + "\\n"), next(url, context));`;
const inUrl = (script: string): string => `data:text/javascript,${encodeURIComponent(script)}`;
const NAMING = inUrl(`import { register } from "node:module"; register(${JSON.stringify(inUrl(HOOK))});`);

/** What a command loads: the project's own files by their path in dist, and packages by their name. */
function loadedBy(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ["--import", NAMING, "dist/src/cli.js", ...args], {
    cwd: inRoot("."),
    encoding: "utf8",
  });
  const files = stderr
    .split("\n")
    .filter((line) => line.startsWith("file:"))
    .map((url) => fileURLToPath(url));
  const own = files.flatMap((file) =>
    file
      .split("/dist/")
      .slice(1)
      .map((path) => path.replace(/\.js$/, "")),
  );
  const packages = files.flatMap((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  return { status, own, packages: [...new Set(packages)] };
}

describe("the start of the command line", () => {
  it.each(["--version", "--help"])("%s loads what reads a command line, and no command", (flag) => {
    expect(loadedBy(flag)).toEqual({
      status: 0,
      own: [
        "src/cli",
        "src/io/interrupts",
        "src/commands/program",
        "src/config/contract/config-error",
        "src/io/package-facts",
        "src/io/print",
      ],
      packages: ["commander"],
    });
  });

  it("would be seen to load a command", () => {
    const { own, packages } = loadedBy("schema");
    expect(own).toContain("src/config/config");
    expect(packages).toContain("zod");
  });
});

describe("the schemas", () => {
  it("take zod as a namespace, of which a bundler keeps what is used, and none of its languages", () => {
    const imports = [...readHouse().values()].flatMap((text) =>
      importsOf(text).some((target) => /^zod(?:\/|$)/.test(target))
        ? (text.match(/^import .* from "zod.*$/gm) ?? ["some other import of zod"])
        : [],
    );
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((line) => !/^import (?:type )?\* as z from "zod";$/.test(line))).toEqual([]);
  });
});
