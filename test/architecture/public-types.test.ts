import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { exportsOf, inRoot, programOf, projectOptions, root } from "./program.js";

/** Where the built declarations stand. */
const DIST = "dist";
const DOOR = `${DIST}/src/index.d.ts`;
const CORE = `${DIST}/src/core.d.ts`;

/** The declarations that a consumer reads, file by file. */
function declarations(): Map<string, string> {
  const files = readdirSync(inRoot(DIST), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".d.ts"))
    .map((file) => `${DIST}/${file.replaceAll("\\", "/")}`);
  return new Map(files.map((file) => [file, readFileSync(inRoot(file), "utf8")]));
}

/** Named types of this project that a public declaration uses and the door does not export, as "Name (in file)". */
function hiddenTypes(declared: ReadonlyMap<string, string>): string[] {
  const program = programOf([DOOR], projectOptions(), declared);
  const checker = program.getTypeChecker();
  const known = new Set(exportsOf(program, DOOR).values());
  const named =
    ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum;
  const hidden = new Set<string>();

  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : ts.isImportTypeNode(node)
          ? node.qualifier
          : undefined;
    const found = name && checker.getSymbolAtLocation(name);
    const symbol = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    const home = symbol?.declarations?.[0].getSourceFile().fileName;
    if (symbol && home && symbol.flags & named && declared.has(relative(root, home)) && !known.has(symbol))
      hidden.add(`${symbol.name} (in ${relative(inRoot(DIST), home).replace(/\.d\.ts$/, ".ts")})`);
    ts.forEachChild(node, visit);
  };
  for (const symbol of known) symbol.declarations?.forEach(visit);
  return [...hidden].sort();
}

describe("the types of the public API", () => {
  const declared = declarations();

  it("are exported, every one that a public signature names", () => {
    expect(declared.has(DOOR)).toBe(true);
    expect(hiddenTypes(declared)).toEqual([]);
  });

  it("would be missed", () => {
    const core = declared.get(CORE)!;
    const without = core.replace(/,? type BrownianOptions/, "");
    expect(without).not.toBe(core);
    expect(hiddenTypes(new Map([...declared, [CORE, without]]))).toEqual([
      "BrownianOptions (in src/noise/brownian.ts)",
    ]);
  });
});
