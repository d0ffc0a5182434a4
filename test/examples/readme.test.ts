import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { times, values } from "../../examples/first-steps.js";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const readme = read("README.md");
const fences = [...readme.matchAll(/```(\w*)\n([\s\S]*?)```/g)];
const blocks = (language: string): string[] =>
  fences.filter(([, l]) => l === language).map(([, , code]) => code);
/** Without what the formatter is free to choose. */
const squeezed = (text: string): string => text.replace(/\s+/g, "").replace(/,([)\]}])/g, "$1");

describe("the README", () => {
  it("shows the example that runs", () => {
    const code = read("examples/first-steps.ts")
      .replace(/\/\*\*[\s\S]*?\*\/\n/, "")
      .replaceAll("export const", "const");
    expect(squeezed(blocks("ts")[0])).toBe(squeezed(code));
    expect(times).toHaveLength(257);
    // The drift pulls every token to the mean, so the mean overlap of a uniform start grows.
    expect(values.overlap[256]).toBeGreaterThan(values.overlap[0]);
  });

  it("shows the configuration and the table that it prints", () => {
    expect(JSON.parse(blocks("json")[0])).toEqual(JSON.parse(read("examples/two-tokens.json")));
    const cli = fileURLToPath(new URL("dist/src/cli.js", root));
    const { stdout } = spawnSync(
      process.execPath,
      [cli, "run", fileURLToPath(new URL("examples/two-tokens.json", root))],
      {
        encoding: "utf8",
      },
    );
    expect(blocks("")).toContain(stdout);
  });

  it("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
