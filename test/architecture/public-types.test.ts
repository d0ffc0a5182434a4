import { relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { exportsOf, inRoot, programOf, projectOptions, root } from "./program.js";
import { readHouse } from "./house.js";

const DOOR = "src/index.ts";

/** A folder that is not there, so that no source stands beside a declaration. */
const APART = "declarations";

/** The declarations that a consumer reads, file by file. */
function declarations(texts: ReadonlyMap<string, string>): Map<string, string> {
  const options = {
    ...projectOptions(),
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: inRoot(APART),
  };
  const found = new Map<string, string>();
  programOf([DOOR], options, texts).emit(undefined, (file, text) => {
    const name = relative(root, file).replaceAll("\\", "/");
    if (name.endsWith(".d.ts")) found.set(name, text);
  });
  return found;
}

/** Named types of this project that a public declaration uses and the door does not export, as "Name (in file)". */
function hiddenTypes(texts: ReadonlyMap<string, string> = new Map()): string[] {
  const declared = declarations(texts);
  const door = `${APART}/${DOOR.replace(/\.ts$/, ".d.ts")}`;
  const program = programOf([door], projectOptions(), declared);
  const checker = program.getTypeChecker();
  const known = new Set(exportsOf(program, door).values());
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
      hidden.add(`${symbol.name} (in ${relative(inRoot(APART), home).replace(/\.d\.ts$/, ".ts")})`);
    ts.forEachChild(node, visit);
  };
  for (const symbol of known) symbol.declarations?.forEach(visit);
  return [...hidden].sort();
}

describe("the types of the public API", () => {
  it("are exported, every one that a public signature names", () => {
    expect(hiddenTypes()).toEqual([]);
  });

  it("would be missed", () => {
    const core = readHouse().get("src/core.ts")!;
    const without = core.replace(/,? type BrownianOptions/, "");
    expect(without).not.toBe(core);
    expect(hiddenTypes(new Map([["src/core.ts", without]]))).toEqual([
      "BrownianOptions (in src/noise/brownian.ts)",
    ]);
  });
});
