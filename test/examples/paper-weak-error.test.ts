import { describe, expect, it } from "vitest";
import { section } from "../../examples/paper-weak-error.js";
import { judge } from "../../src/studies/claim.js";

describe("the example that prints the tables of the paper's weak errors", () => {
  it("prints a bound that is not there as infinity", () => {
    const text = section("Regimes", [
      judge("error of ODE I / of ODE II", 15.47, [15.47, 15.47], [3, Infinity]),
    ]);
    expect(text.split("\n")).toEqual([
      "",
      "### Regimes",
      "",
      "| claim | value | interval | wanted | verdict |",
      "| --- | --- | --- | --- | --- |",
      "| error of ODE I / of ODE II | 15.47 | none | [3, ∞] | holds |",
    ]);
  });
});
