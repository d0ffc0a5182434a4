import { describe, expect, it } from "vitest";
import { agree } from "../../bench/cases/case.js";
import { changes } from "../../bench/compare.js";
import { reportPlot } from "../../bench/plot.js";
import { reportOf, type Facts } from "../../bench/report.js";
import { reportTable } from "../../bench/table.js";

const FACTS: Facts = {
  processor: "a processor",
  cores: 2,
  engine: "node 20",
  kernels: "simd",
  date: "2026-01-01T00:00:00.000Z",
  against: { gcc: null, numpy: null },
};

const spreadAt = (median: number) => ({ median, low: 0.9 * median, high: 1.1 * median });
const reportAt = (ns: number) =>
  reportOf(FACTS, { "attention/8x3x2": { ns: spreadAt(ns), numpy: null }, ensemble: { workers: 2 } });

describe("a report", () => {
  it("has medians by case, and their quartiles beside", () => {
    expect(reportAt(2)).toEqual({
      ...FACTS,
      "attention/8x3x2": { ns: 2, numpy: null },
      ensemble: { workers: 2 },
      quartiles: { "attention/8x3x2": { ns: [1.8, 2.2] }, ensemble: {} },
    });
  });

  it("says what it had nothing to hold against", () => {
    expect(reportTable(reportAt(2))).toMatch(/attention\/8x3x2\s+ns\s+2\s+1\.8 to 2\.2/);
    expect(reportTable(reportAt(2))).toMatch(/numpy\s+nothing to measure against/);
  });

  it("marks what changed by more than the rounds scatter", () => {
    expect(changes(reportAt(2), reportAt(1))).toMatch(/ns\s+2\s+1\s+0\.5\s+\*/);
    expect(changes(reportAt(2), reportAt(2.1))).toMatch(/ns\s+2\s+2\.1\s+1\.05\s*$/m);
  });

  it("draws its ratios", () => {
    const report = reportOf(FACTS, { "b0/1": { loop: spreadAt(1.2), affine_c: spreadAt(3) } });
    expect(reportPlot(report)).toMatch(/^<svg[\s\S]*b0\/1[\s\S]*affine c[\s\S]*<\/svg>\s*$/);
  });

  it("is refused where two sides have other numbers", async () => {
    const side = (numbers: readonly number[]) => ({
      check: () => Promise.resolve(numbers),
      run: () => Promise.resolve(1),
      end: () => undefined,
    });
    await expect(agree("here", { a: side([1, 2]), b: side([1, 2 + 1e-13]) }, 1e-12)).resolves.toBeUndefined();
    await expect(agree("here", { a: side([1, 2]), b: side([1, 2.1]) }, 1e-12)).rejects.toThrow(
      /here: a and b differ/,
    );
    await expect(agree("here", { a: side([1, 2]), b: side([1, NaN]) }, 1e-12)).rejects.toThrow(
      /differ by NaN/,
    );
  });
});
