import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { myOwnModel } from "../../examples/my-own-model.js";

describe("the recipe: my own model, its order study, its figure", () => {
  const { study, figure } = myOwnModel(60, [8, 16, 32, 64]);

  it("finds order one", () => {
    const { interval } = study.fit!;
    expect(interval[0]).toBeGreaterThan(0.8);
    expect(interval[1]).toBeLessThan(1.2);
  });

  it("draws a figure with the method and its slope", () => {
    expect(figure).toMatch(/^<svg/);
    for (const text of ["Milstein", `slope ${study.fit!.slope.toFixed(2)}`]) expect(figure).toContain(text);
  });

  it("stands word for word in the documentation", () => {
    const docs = readFileSync(new URL("../../docs/order-studies.md", import.meta.url), "utf8");
    const code = readFileSync(new URL("../../examples/my-own-model.ts", import.meta.url), "utf8");
    const block = (text: string): string =>
      text.slice(text.indexOf("export function"), text.indexOf("\n}\n") + 2);
    expect(docs).toContain(block(code));
  });
});
