import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const inRoot = (file: string): string => join(root, file);

/** The project's compiler options. */
export function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(inRoot("tsconfig.json"), (path) => readFileSync(path, "utf8"));
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

/** A program over some files of the project, with the texts in `texts` in place of, or beside, those on the disk. */
export function programOf(
  entries: readonly string[],
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, string> = new Map(),
): ts.Program {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const given = new Map([...texts].map(([file, text]) => [inRoot(file), text]));
  host.directoryExists = undefined; // Folders of given texts need not be there.
  host.fileExists = (file) => given.has(file) || fileExists.call(host, file);
  host.readFile = (file) => given.get(file) ?? readFile.call(host, file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = given.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, version, ...rest)
      : ts.createSourceFile(file, text, version, true);
  };
  return ts.createProgram({ rootNames: entries.map(inRoot), options, host });
}

/** The names that a module of the project exports, each with what it stands for. */
export function exportsOf(program: ts.Program, file: string): Map<string, ts.Symbol> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(inRoot(file));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module of the program`);
  return new Map(
    checker
      .getExportsOfModule(module)
      .map((symbol) => [
        symbol.name,
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
      ]),
  );
}
