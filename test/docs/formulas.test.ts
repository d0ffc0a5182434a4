import { readdirSync, readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { dollars, eaten, faults, formulas, inline, unprotected } from "./formulas.js";

const root = new URL("../../", import.meta.url);
const documents = [
  "README.md",
  ...readdirSync(new URL("docs/", root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const read = (name: string): string => readFileSync(new URL(name, root), "utf8");

const formatted = async (markdown: string): Promise<string> => {
  const options = await resolveConfig(fileURLToPath(new URL("README.md", root)));
  return format(markdown, { ...options, parser: "markdown" });
};

describe.each(documents)("%s", (name) => {
  const text = read(name);

  it("is left alone by the formatter, formulas and all", async () => {
    const after = await formatted(text);
    expect(formulas(after)).toEqual(formulas(text));
    expect(after).toBe(text);
  });

  it("has whole formulas, without emphasis in them", () => {
    expect(dollars(text) % 2).toBe(0);
    const wrong = formulas(text).map((formula) => [formula, ...faults(formula)]);
    expect(wrong.filter(({ length }) => length > 1)).toEqual([]);
  });

  it("writes what has a subscript as a formula, safe from emphasis", () => {
    expect(unprotected(text)).toEqual([]);
    expect(inline(text).flatMap(eaten)).toEqual([]);
  });
});

describe("a formula that is not protected", () => {
  const bare = "- Milstein: v = b h + F + ½∇_F F − ½h C + Σ_jk L_jk ∇_{g_j} g_k. Strong order 1.\n";
  const shown =
    "- Milstein: $v = b h + \\tfrac12 \\nabla_F F + \\sum_{jk} L_{jk} \\nabla_{g_j} g_k$. Strong order 1.\n";

  it("is turned around by the formatter, which the tests above would see", async () => {
    const after = await formatted(bare);
    expect(after).not.toBe(bare);
    expect(after).toContain("∇*F F");
    expect(unprotected(bare)).toHaveLength(1);
    expect(unprotected(after)).toHaveLength(1);
    expect(unprotected("x is _well_ (_put_), ∇_F F, ∇_{g} g is not")).toHaveLength(1);
    // The same formula between dollars is safe.
    expect(await formatted(shown)).toBe(shown);
    expect(unprotected(shown)).toEqual([]);
  });

  it("is named for what is wrong with it", () => {
    expect(faults("\\nabla*F F")).toEqual(["an asterisk, where a subscript was"]);
    expect(faults("\\nabla_{g_j g_k")).toEqual(["braces do not balance"]);
    expect(faults("}{")).toEqual(["braces do not balance"]);
    expect(faults("½ h C")).toEqual(["a character that LaTeX has a name for"]);
    expect(faults("\\Bigl\\{ x_{i} \\Bigr.")).toEqual([]);
    expect(dollars("a $b and `$` c\n") % 2).toBe(1);
    expect(eaten("b\\,dt < c")).toEqual(["\\,", "<"]);
  });
});

describe("the documentation of the mathematics", () => {
  it("gives Milstein's step with its derivatives along F and along g_j", () => {
    expect(formulas(read("docs/mathematics.md"))).toContain(
      "v = b h + F + \\tfrac12 \\nabla_F F - \\tfrac12 h C + \\sum_{j,k} L_{jk}\\, \\nabla_{g_j} g_k.",
    );
    expect(formulas(read("docs/mathematics.md")).length).toBeGreaterThan(50);
  });
});
