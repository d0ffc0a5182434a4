import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keysOf, pathName, quoted } from "../../src/config/contract/path-name.js";

describe("the name of a path", () => {
  it("is written as one would", () => {
    expect(pathName([])).toBe("config");
    expect(pathName(["initial", "points", 1, 0])).toBe("initial.points[1][0]");
    expect(pathName(["model", "a b"])).toBe('model["a b"]');
    expect(pathName(["größe", "$x-y"])).toBe("größe.$x-y");
  });

  it("is one line of printable signs, and leads back", () => {
    const key = fc.oneof(fc.string({ maxLength: 30, unit: "binary" }), fc.nat());
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (path) => {
        fc.pre(path[0] !== "config" && typeof path[0] === "string");
        const name = pathName(path);

        expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
        expect(keysOf(name)).toEqual(path);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it("cuts what is too long", () => {
    expect(pathName(["k".repeat(1e6)]).length).toBeLessThan(80);
    expect(quoted("\u001b[31m" + "x".repeat(1e6)).length).toBeLessThan(80);
  });
});
