import ts from "typescript";
import { describe, expect, it } from "vitest";
import { readHouse } from "./house.js";

/** Rooms whose numbers no result rests on, each with why. */
const ELSEWHERE: readonly (readonly [room: string, why: string])[] = [
  ["src/plots", "a picture is drawn from results, and a pixel is no result"],
];

/** What every engine computes alike: the rest of Math is only promised to be near, and Math.random to be random. */
const EXACT = new Set(
  "abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2".split(
    " ",
  ),
);

/** Where a file leaves a number's last digits to the engine: Math.f, Math by another name, and ** but of 2 by a whole literal. */
function leftToTheEngine(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: ${node.getText()}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === "Math" && !isExact(node.parent)) report(node.parent);
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind;
      if (operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) report(node);
      if (operator === ts.SyntaxKind.AsteriskAsteriskToken && !isScale(node)) report(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isExact = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === "Math" && EXACT.has(node.name.text);

const isScale = ({ left, right }: ts.BinaryExpression): boolean =>
  left.getText() === "2" && /^-?\d+$/.test(right.getText());

describe("the arithmetic of results", () => {
  const files = [...readHouse()].filter(
    ([file]) => /^(src|solvers)\//.test(file) && !ELSEWHERE.some(([room]) => file.startsWith(`${room}/`)),
  );

  it("leaves no last digit to the engine", () => {
    expect(files.flatMap(([file, text]) => leftToTheEngine(file, text))).toEqual([]);
    expect(files.length).toBeGreaterThan(200);
  });

  it("still has every exception that is listed", () => {
    const house = [...readHouse()];
    for (const [room] of ELSEWHERE) {
      const own = house.filter(([file]) => file.startsWith(`${room}/`));
      expect(own.flatMap(([file, text]) => leftToTheEngine(file, text))).not.toEqual([]);
    }
  });

  it.each([
    ["a function of Math", "const y = Math.exp(x);", "Math.exp"],
    ["one that is handed on", "const y = x.map(Math.cos);", "Math.cos"],
    ["one by its name in brackets", 'const y = Math["sin"](x);', 'Math["sin"]'],
    ["Math by another name", "const { tanh } = Math;", "{ tanh } = Math"],
    ["Math of the global object", "const y = globalThis.Math.hypot(x, 1);", "globalThis.Math"],
    ["chance", "const y = Math.random();", "Math.random"],
    ["a square by **", "const y = x ** 2;", "x ** 2"],
    ["a root by **", "const y = 2 ** 0.5;", "2 ** 0.5"],
    ["a power of two that is no literal", "const y = 2 ** k;", "2 ** k"],
    ["an assignment by **", "let y = 2; y **= 3;", "y **= 3"],
  ])("would see %s", (_what, text, seen) => {
    const [[file, whole]] = files;
    const lines = whole.split("\n").length;
    expect(leftToTheEngine(file, `${whole}\n${text}`)).toEqual([`${file}:${lines + 1}: ${seen}`]);
  });

  it("lets exact operations be", () => {
    const text = "// Math.exp, x ** 2\nconst y = Math.sqrt(2 ** -53) * Math.PI; const s = `Math.exp(${y})`;";
    expect(leftToTheEngine("a.ts", text)).toEqual([]);
  });
});
