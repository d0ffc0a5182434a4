import { describe, expect, it } from "vitest";
import { nearest } from "../../src/numerics/nearest.js";

const known = [
  "horizon",
  "steps",
  "every",
  "scheme",
  "area",
  "substeps",
  "kappa",
  "euler-maruyama",
  "lmax",
  "d",
];

describe("the nearest known word", () => {
  it.each([
    ["step", "steps"],
    ["stpes", "steps"],
    ["steeps", "steps"],
    ["Horizon", "horizon"],
    ["EULER_MARUYAMA", "euler-maruyama"],
    ["euler", "euler-maruyama"],
    ["l_max", "lmax"],
    ["kapa", "kappa"],
    ["horzon", "horizon"],
    ["zzz", null],
    ["", null],
    ["x", null],
    ["beta", null],
    ["toString", null],
    ["s".repeat(1e6), null],
  ])("to %.20j is %j", (word, want) => {
    expect(nearest(word, known)).toBe(want);
  });
});
