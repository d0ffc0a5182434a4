import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { brownian } from "../../src/noise/brownian.js";
import { chen, iteratedIntegrals } from "../../src/noise/chen.js";
import { correlated, covarianceFactor } from "../../src/noise/correlated.js";
import { tableNoise } from "../../src/noise/table.js";

const product = (C: number[][]): number[][] =>
  C.map((a) => C.map((b) => a.reduce((sum, v, k) => sum + v * b[k], 0)));

const C = [
  [1, 0, 0],
  [0.5, 2, 0],
  [-1, 0.25, 0.5],
  [0.5, 2, 0],
];
const independent = brownian({
  seed: "Q",
  path: 0,
  channels: 3,
  horizon: 1,
  steps: 16,
  area: mrongowiusRoesslerArea,
});
const noise = correlated(independent, C);

describe("correlated", () => {
  it("has increments C dB and areas C L C^T", () => {
    const source = tableNoise([[1, -2, 3]], 1, [[0, 1, 2, -1, 0, 3, -2, -3, 0]]);
    const mixed = correlated(source, [
      [1, 1, 0],
      [0, 0, 2],
    ]);
    const dW = new Float64Array(2);
    const L = new Float64Array(4);
    mixed.increment(1, 0, dW);
    mixed.area!(1, 0, L);
    expect([...dW]).toEqual([-1, 6]);
    // 2 (L_02 + L_12)
    expect([...L]).toEqual([0, 10, -10, 0]);
    expect(mixed).toMatchObject({ channels: 2, horizon: 1, steps: 1, path: 0 });
  });

  it("obeys Chen's relation and I + I^T = dW dW^T - h Q", () => {
    const m = 4;
    const [a, b, c] = [8, 8, 4].map((steps, i) => {
      const dW = new Float64Array(m);
      const L = new Float64Array(m * m);
      const step = i === 2 ? 1 : 2 + i;
      noise.increment(steps, step, dW);
      noise.area!(steps, step, L);
      return { dW, L };
    });
    chen(a.dW, a.L, b.dW, b.L);
    for (let e = 0; e < m * m; e++) expect(Math.abs(a.L[e] - c.L[e])).toBeLessThan(1e-14);
    const Q = Float64Array.from(product(C).flat());
    const I = new Float64Array(m * m);
    iteratedIntegrals(c.dW, c.L, 0.25, I, Q);
    for (let j = 0; j < m; j++) {
      for (let k = 0; k < m; k++) {
        const want = c.dW[j] * c.dW[k] - 0.25 * Q[j * m + k];
        expect(Math.abs(I[j * m + k] + I[k * m + j] - want)).toBeLessThan(1e-14);
      }
    }
    // Rows 1 and 3 of the factor are one channel: no area between them.
    expect(Math.abs(c.L[1 * m + 3])).toBeLessThan(1e-15);
  });

  it("carries no area when its source carries none, and refuses a factor which does not fit", () => {
    const plain = tableNoise([[1, 2]], 1);
    expect(correlated(plain, [[1, 1]]).area).toBeUndefined();
    expect(() => correlated(plain, [])).toThrow(/at least one row/);
    expect(() => correlated(plain, [[1]])).toThrow("factor[0]: has 1 numbers where the noise has 2 channels");
    expect(() => correlated(plain, [[1, NaN]])).toThrow("factor[0][1]: NaN is not a finite number");
    expect(() => correlated(plain, [[1, 1]]).increment(2, 0, new Float64Array(1))).toThrow(/finer/);
    expect(() => noise.increment(1, 0, new Float64Array(3))).toThrow(/length 3, want 4/);
    expect(() => noise.area!(1, 0, new Float64Array(9))).toThrow(/length 9, want 16/);
  });
});

describe("covarianceFactor", () => {
  it("gives back any covariance, singular ones included", () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 5 })
          .chain((m) =>
            fc
              .integer({ min: 1, max: 5 })
              .chain((K) =>
                fc.array(fc.array(entry, { minLength: K, maxLength: K }), { minLength: m, maxLength: m }),
              ),
          ),
        (A) => {
          const Q = product(A);
          const back = product(covarianceFactor(Q));
          // A dropped direction has a pivot of rounding size, whose column may be its square root.
          Q.forEach((row, i) => row.forEach((v, j) => expect(Math.abs(back[i][j] - v)).toBeLessThan(1e-12)));
        },
      ),
      { seed: 8 },
    );
  });

  it("is triangular with the textbook entries", () => {
    expect(
      covarianceFactor([
        [4, 2],
        [2, 5],
      ]),
    ).toEqual([
      [2, 0],
      [1, 2],
    ]);
  });

  const diagonal = (...v: number[]): number[][] => v.map((x, i) => v.map((_, j) => (i === j ? x : 0)));

  it.each([
    [
      [1, 1e-16],
      [1, 1e-8],
    ],
    [
      [1e6, 1e-12],
      [1000, 1e-6],
    ],
    [
      [1e300, 1e-300, 1],
      [1e150, 1e-150, 1],
    ],
    [
      [0, 1e-300, 0],
      [0, 1e-150, 0],
    ],
    [
      [1e-300, 1e-306],
      [1e-150, 1e-153],
    ],
  ])("keeps every channel of variances %j", (variances, deviations) => {
    covarianceFactor(diagonal(...variances)).forEach((row, i) =>
      row.forEach((c, j) => {
        if (i !== j || deviations[i] === 0) expect(c).toBe(0);
        else expect(Math.abs(c / deviations[i] - 1)).toBeLessThan(4e-16);
      }),
    );
  });

  it.each([1, 1e-9, 1e150, 1e-150])("has a correlation of one half in units 1 and %d", (unit) => {
    const C = covarianceFactor([
      [1, 0.5 * unit],
      [0.5 * unit, unit * unit],
    ]);
    expect(C[0]).toEqual([1, 0]);
    expect(C[1][0] / unit).toBeCloseTo(0.5, 15);
    expect(C[1][1] / unit).toBeCloseTo(Math.sqrt(0.75), 15);
  });

  it.each([1, 1e-9])(
    "keeps what a correlation near one leaves, 2^-40 of the variance, in units 1 and %d",
    (unit) => {
      const rho = 1 - 2 ** -41;
      const C = covarianceFactor([
        [1, rho * unit],
        [rho * unit, unit * unit],
      ]);
      // Rounding of a variance of one is 2^-13 of it.
      expect(Math.abs(C[1][1] / unit / 2 ** -20 - 1)).toBeLessThan(2 ** -12);
    },
  );

  it("gives back singular covariances in mixed units, each entry to rounding of its own channels", () => {
    const units = [1, 1e-9, 1e7, 1e-120, 1e140];
    for (let rank = 1; rank <= 4; rank++) {
      const A = units.map((u, i) => Array.from({ length: rank }, (_, k) => u * Math.cos(1 + 3 * i + 7 * k)));
      const Q = product(A);
      const back = product(covarianceFactor(Q));
      Q.forEach((row, i) =>
        row.forEach((v, j) => expect(Math.abs(back[i][j] - v) / units[i] / units[j]).toBeLessThan(1e-13)),
      );
    }
  });

  it("refuses an indefinite matrix whatever the units, with its numbers", () => {
    for (const u of [1, 1e-9, 1e140]) {
      // Correlations 0.9, 0.9, -0.9: the least eigenvalue is 1 - 2 * 0.9.
      const Q = [
        [1, 0.9 * u, 0.9],
        [0.9 * u, u * u, -0.9 * u],
        [0.9, -0.9 * u, 1],
      ];
      expect(() => covarianceFactor(Q)).toThrow(
        /not positive semidefinite, seen at row 2, column 2, where -\d.*left after/,
      );
      expect(() =>
        covarianceFactor([
          [1, 1.1 * u],
          [1.1 * u, u * u],
        ]),
      ).toThrow(/not positive semidefinite, seen at row 0, column 1/);
    }
  });

  it("refuses what is no covariance", () => {
    const Q = (a: number, b: number, c: number, d: number): number[][] => [
      [a, b],
      [c, d],
    ];
    expect(() => covarianceFactor(Q(1, 2, 2, 1))).toThrow(
      /not positive semidefinite, seen at row 0, column 1: 2 between variances 1 and 1, want at most 1/,
    );
    expect(() => covarianceFactor(Q(0, 1, 1, 1))).toThrow(/not positive semidefinite/);
    expect(() => covarianceFactor(Q(-1, 0, 0, 1))).toThrow(/not positive semidefinite/);
    expect(() => covarianceFactor(Q(1, 0.5, 0.4, 1))).toThrow(/covariance\[1\]\[0\].*symmetry/);
    expect(() => covarianceFactor(Q(1, NaN, 0, 1))).toThrow("covariance[0][1]: NaN is not a finite number");
    expect(() => covarianceFactor([[1, 0], [0]])).toThrow("covariance[1]: has 1 numbers, want 2");
  });
});
