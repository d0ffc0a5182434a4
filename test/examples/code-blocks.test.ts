import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { exportsOf, inRoot, programOf, projectOptions } from "../architecture/program.js";

const documents = ["README.md", ...readdirSync(inRoot("docs")).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith(".md"),
);

/** What a careful reader's compiler is told. */
const options: ts.CompilerOptions = {
  ...projectOptions(),
  strict: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: false,
};

const names = [...exportsOf(programOf(["src/index.ts"], options), "src/index.ts").keys()];

/** The code of a block, its imports added when it shows none. */
function complete(code: string): string {
  if (/^import /m.test(code)) return code;
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return `import { ${used.join(", ")} } from "commonnoise"; ${code}`;
}

/** Every TypeScript block of a document, by the name of a file it could be. */
function blocksOf(document: string, text: string): [file: string, code: string][] {
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code], i) => [
    `${document.replace(/\W/g, "-")}-${i}.ts`,
    complete(code),
  ]);
}

/** What the compiler finds in the blocks themselves, as "file: message". */
function findings(blocks: readonly [file: string, code: string][]): string[] {
  const program = programOf(
    blocks.map(([file]) => file),
    { ...options, verbatimModuleSyntax: false, isolatedModules: false },
    new Map(blocks),
  );
  return blocks.flatMap(([file]) => {
    const source = program.getSourceFile(inRoot(file));
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  });
}

describe("the code in the documentation", () => {
  it("compiles under strict and noUncheckedIndexedAccess", () => {
    const blocks = documents.flatMap((name) => blocksOf(name, readFileSync(inRoot(name), "utf8")));
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    expect(findings(blocks)).toEqual([]);
  });

  it("would be seen to read past the end of an array, and to name what is not there", () => {
    const spoilt = "```ts\nmeasure([[1, 0]]).points[0].toFixed();\nimportantLaw(3);\n```";
    expect(findings(blocksOf("spoilt", spoilt))).toEqual([
      "spoilt-0.ts: Object is possibly 'undefined'.",
      "spoilt-0.ts: Cannot find name 'importantLaw'.",
    ]);
  });
});
