import { describe, expect, it } from "vitest";
import { driftCurvature } from "../../../src/exact/overlap/low-temperature-rates.js";
import { drawn } from "../../../src/paper/figures/figure.js";
import { planFigure4 } from "../../../src/paper/figures/figure-4.js";
import { checkTables, collected } from "./collected.js";
import { checkWellFormed } from "../../plots/well-formed.js";
import type { Row } from "../../../src/paper/figures/rows.js";

const C: Readonly<Record<string, number>> = {
  "keys rotations": 0,
  "one Gaussian factor": 0.5,
  "two Gaussian factors": 1,
};

const ofKind = (rows: readonly Row[], kind: string): readonly Row[] =>
  rows.filter((row) => row.kind === kind);

/** P(u -> 1): the integral of (1 - v^2)^{-(1+c)/2} up to u over the whole; in v = 1 - w^4 for the ends, by Simpson's rule. */
function fixation(c: number, u: number): number {
  const n = 2000;
  const integral = (to: number): number => {
    const f = (w: number): number =>
      4 * w ** (3 - 2 * (1 + c)) * (2 - w ** 4) ** (-(1 + c) / 2); /* (1 - v^2) = w^4 (2 - w^4) */
    const from = (1 - to) ** 0.25;
    const h = (1 - from) / n;
    let sum = f(from) + f(1);
    for (let k = 1; k < n; k++) sum += (k % 2 ? 4 : 2) * f(from + k * h);
    return (sum * h) / 3;
  };
  return 0.5 + (Math.sign(u) * integral(Math.abs(u))) / (2 * integral(1));
}

/** The lines of the laws against what they are of, computed here. */
function checkLaws(tables: Readonly<Record<string, readonly Row[]>>): void {
  for (const { start, keys, probability } of ofKind(tables.fixation, "law")) {
    const u = Number(start);
    expect(probability).toBeCloseTo(fixation(C[String(keys)], u), 6);
    if (keys === "keys rotations") expect(probability).toBeCloseTo(0.5 + Math.asin(u) / Math.PI, 9);
  }
  for (const { overlap, keys, drift } of ofKind(tables.drift, "law")) {
    const u = Number(overlap);
    expect(drift).toBeCloseTo(-(1 + C[String(keys)]) * u * (1 - u * u), 13);
  }
  for (const keys of Object.keys(C)) {
    const law = ofKind(tables.curvature, "law").filter((row) => row.keys === keys);
    expect(law.map(({ dimension }) => dimension)).toContain(128);
    // c of large d, off by order 1/d; at d = 4 already on its way.
    const of = (d: number) => Number(law.find(({ dimension }) => dimension === d)!.c);
    expect(Math.abs(of(256) - C[keys])).toBeLessThan(0.02);
    const exact = tables.trajectories.find((row) => row.keys === keys)!.exact;
    expect(exact).toBeCloseTo(of(32), 13);
    // Both speak of u = 1/2.
    expect(exact).toBeCloseTo(driftCurvature(32, Object.keys(C).indexOf(keys) as 0 | 1 | 2, 0.5), 13);
  }
}

describe("figure 4", () => {
  it("is whole: picture, caption, columns, claims and parameters from a seed", () => {
    const { hooks, tables, progress } = collected();
    const plan = { layersPerTime: 2, settled: 20, drift: 400, trajectories: 4 };
    const figure = drawn(planFigure4(plan, "small"), hooks);
    checkWellFormed(figure.svg);
    for (const text of ["Diffusion, c = 0", "Particles, keys rotations", "Where the overlap settles"])
      expect(figure.svg).toContain(text);
    const parts = 3 * 10 + 2 * 4 + 3 * (10 + 6 + 1);
    expect(progress()).toEqual({ done: parts, of: parts, unit: "parts" });
    expect(figure.caption).toContain("in a background that fills the sphere");
    expect(Object.keys(tables)).toEqual(["realizations", "fixation", "drift", "curvature", "trajectories"]);
    checkTables(tables);
    for (const kind of ["diffusion", "keys rotations", "two Gaussian factors"]) {
      const path = tables.realizations.filter((row) => row.kind === kind && row.path === 1);
      expect(path).toHaveLength(385);
      expect(path[0].overlap).toBeCloseTo(0.2, 12);
      expect(path.every(({ overlap }) => Math.abs(Number(overlap)) <= 1 + 1e-12)).toBe(true);
    }
    // On the clock t/d artanh u has the quadratic variation 2 t/d; layers of eta^2 = 1/2 are shortened to about half of it.
    for (const [kind, least] of [
      ["diffusion", 0.9],
      ["keys rotations", 0.4],
      ["two Gaussian factors", 0.4],
    ] as const) {
      let [variation, time] = [0, 0];
      for (let p = 0; p < 10; p++) {
        const path = ofKind(tables.realizations, kind).filter((row) => row.path === p);
        for (let s = 1; s < path.length; s++) {
          const [u, v] = [Number(path[s - 1].overlap), Number(path[s].overlap)];
          if (Math.max(Math.abs(u), Math.abs(v)) > 0.999) continue;
          variation += (Math.atanh(v) - Math.atanh(u)) ** 2;
          time += Number(path[s].time) - Number(path[s - 1].time);
        }
      }
      expect(variation / (2 * time)).toBeGreaterThan(least);
      expect(variation / (2 * time)).toBeLessThan(1.1);
    }
    const counts = (table: string) => [
      tables[table].filter(({ kind }) => kind === "measured").length,
      tables[table].filter(({ kind }) => kind === "law").length,
    ];
    expect(counts("fixation")).toEqual([2 * 4, 2 * 201]);
    expect(counts("drift")).toEqual([3 * 10, 3 * 201]);
    expect(counts("curvature")).toEqual([3 * 6, 3 * 25]);
    expect(tables.trajectories).toHaveLength(3);
    checkLaws(tables);
    // Settled shares are those of 20 paths; a standard error is the binomial one at the law.
    for (const { start, keys, probability, standardError } of ofKind(tables.fixation, "measured")) {
      expect(Math.abs(Number(probability) * 20 - Math.round(Number(probability) * 20))).toBeLessThan(1e-12);
      const law = fixation(keys === "keys rotations" ? 0 : 0.5, Number(start));
      expect(standardError).toBeCloseTo(Math.sqrt((law * (1 - law)) / 20), 6);
    }
    expect(figure.claims).toHaveLength(8 + 3);
    expect(figure.parameters).toMatchObject({ dimension: 32, seed: "small" });
  });
});
