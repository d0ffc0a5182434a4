import { describe, expect, it } from "vitest";
import { inverseNormal } from "../../src/numerics/inverse-normal.js";
import { polarQuantile, tabulated } from "../../src/laws/polar-quantile.js";
import { logPeakDensity, logSurfaceArea, meanResultant } from "../../src/laws/von-mises-fisher.js";

/* d, kappa, log C_d(kappa) + kappa, I_{d/2}(kappa)/I_{d/2-1}(kappa): 40-digit arithmetic (mpmath's besseli). */
const EXACT = [
  [2, 0.001, -1.83687731640933, 0.0004999999375000105],
  [2, 3, -0.4231846882227664, 0.8099852939565045],
  [2, 10000, 3.6862191521583534, 0.999949998749875],
  [3, 0.5, -2.072349101582209, 0.16395341373865285],
  [3, 50, 2.0741459390188006, 0.98],
  [3, 10000, 7.372463305566837, 0.9999],
  [4, 0.001, -2.981607077258743, 0.000249999989583334],
  [5, 3, -1.0780097037658036, 0.48890064032889013],
  [8, 1000, 17.748950930495866, 0.996504379371967],
  [20, 50, 20.51784006844574, 0.8263438998380731],
  [101, 0.5, 88.51601146587413, 0.004950376087146514],
  [101, 10000, 368.7456711537771, 0.9950122511501235],
] as const;

describe("constants of the von Mises-Fisher law", () => {
  it.each(EXACT)("d = %d, kappa = %d", (d, kappa, peak, resultant) => {
    expect(Math.abs(logPeakDensity(d, kappa) - peak)).toBeLessThan(1e-14 * (Math.abs(peak) + 1));
    expect(Math.abs(meanResultant(d, kappa) / resultant - 1)).toBeLessThan(1e-14);
  });

  it("kappa = 0 is the uniform law; other kappas are refused", () => {
    expect(Math.exp(logSurfaceArea(2))).toBeCloseTo(2 * Math.PI, 14);
    expect(Math.exp(logSurfaceArea(3))).toBeCloseTo(4 * Math.PI, 13);
    expect(Math.exp(logSurfaceArea(4))).toBeCloseTo(2 * Math.PI ** 2, 13);
    expect(Math.exp(logSurfaceArea(5))).toBeCloseTo((8 / 3) * Math.PI ** 2, 13);
    expect(logPeakDensity(6, 0)).toBe(-logSurfaceArea(6));
    expect(meanResultant(6, 0)).toBe(0);
    for (const kappa of [-1, NaN, Infinity]) expect(() => logPeakDensity(3, kappa)).toThrow(/kappa is/);
  });
});

describe("polarQuantile", () => {
  it("has its closed form at d = 3", () => {
    for (const kappa of [0, 0.1, 3, 100, 1e4])
      for (const u of [1e-6, 0.1, 0.5, 0.9, 0.999999]) {
        const [table, closed] = [tabulated(3, kappa)(u), polarQuantile(3, kappa)(u)];
        expect(Math.abs(table / closed - 1)).toBeLessThan(1e-9);
      }
    /* away from the tails, where a quantile amplifies the rounding of u least */
    expect(tabulated(3, 100)(0.5)).toBeCloseTo(polarQuantile(3, 100)(0.5), 13);
  });

  it.each([
    [2, 0],
    [2, 7],
    [4, 0],
    [8, 30],
    [33, 1e4],
  ])("inverts the distribution function, d = %d, kappa = %d", (d, kappa) => {
    const quantile = polarQuantile(d, kappa);
    const height = logPeakDensity(d, kappa) + (d > 2 ? logSurfaceArea(d - 1) : Math.log(2));
    const density = (t: number): number =>
      Math.exp(height + kappa * (Math.cos(t) - 1)) * Math.sin(t) ** (d - 2);
    for (const u of [0.01, 0.3, 0.5, 0.99]) {
      const end = quantile(u);
      const n = 4000;
      const h = end / n;
      let sum = density(0) - density(end);
      for (let k = 1; k <= n; k++) sum += 4 * density((k - 0.5) * h) + 2 * density(k * h);
      expect(Math.abs((sum * h) / 6 - u)).toBeLessThan(1e-10);
    }
  });
});

it("inverseNormal has the quantiles of the normal law", () => {
  const table = [
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798409],
    [1e-12, -7.034483825301131],
    [1e-5, -4.264890793922825],
    [0.01, -2.3263478740408408],
    [0.075, -1.4395314709384563],
    [0.2, -0.8416212335729142],
    [0.4, -0.2533471031357997],
    [0.5, 0],
    [0.975, 1.959963984540054],
  ];
  for (const [p, x] of table) expect(Math.abs(inverseNormal(p) - x)).toBeLessThan(2e-15 * (1 + Math.abs(x)));
  for (const p of [0, 1, NaN]) expect(() => inverseNormal(p)).toThrow(/probability/);
});
