import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { brownian } from "../../src/noise/brownian.js";
import { recorded } from "../../src/noise/recorded.js";
import { tableNoise } from "../../src/noise/table.js";
import type { CommonNoise } from "../../src/types.js";
import { average } from "./areas/draw.js";

function increment(noise: CommonNoise, steps: number, step: number): Float64Array {
  const out = new Float64Array(noise.channels);
  noise.increment(steps, step, out);
  return out;
}

function area(noise: CommonNoise, steps: number, step: number): Float64Array {
  const out = new Float64Array(noise.channels ** 2);
  noise.area!(steps, step, out);
  return out;
}

const path = { seed: "dyadic", path: 3, channels: 3, horizon: 2, steps: 96 };

describe("brownian", () => {
  it("has coarse increments which are sums of the fine ones, bit for bit", () => {
    const noise = brownian(path);
    for (const steps of [3, 6, 12, 24, 48]) {
      for (let i = 0; i < steps; i++) {
        const left = increment(noise, 2 * steps, 2 * i);
        const right = increment(noise, 2 * steps, 2 * i + 1);
        expect(increment(noise, steps, i)).toEqual(left.map((v, k) => v + right[k]));
      }
    }
  });

  it("has coarse areas composed of the fine ones by Chen", () => {
    const noise = brownian({ ...path, area: mrongowiusRoesslerArea });
    for (const steps of [3, 6, 12, 24, 48]) {
      for (let i = 0; i < steps; i++) {
        const [a, b] = [2 * i, 2 * i + 1].map((s) => increment(noise, 2 * steps, s));
        const [A, B] = [2 * i, 2 * i + 1].map((s) => area(noise, 2 * steps, s));
        const got = area(noise, steps, i);
        for (let j = 0; j < 3; j++) {
          for (let k = 0; k < 3; k++) {
            const want = A[3 * j + k] + B[3 * j + k] + 0.5 * (a[j] * b[k] - b[j] * a[k]);
            expect(Math.abs(got[3 * j + k] - want)).toBeLessThan(1e-15);
          }
        }
      }
    }
  });

  it("has increments N(0, h) at every level", () => {
    // Sample variance of n normals: relative standard error sqrt(2/n).
    const paths = 4000;
    for (const steps of [1, 4, 16]) {
      let sum = 0;
      for (let p = 0; p < paths; p++) {
        const noise = brownian({ ...path, steps: 16, path: p });
        for (const v of increment(noise, steps, steps - 1)) sum += v * v;
      }
      const ratio = sum / (3 * paths) / (path.horizon / steps);
      expect(Math.abs(ratio - 1)).toBeLessThan(5 * Math.sqrt(2 / (3 * paths)));
    }
  });

  it("has areas of variance h^2 / 4 at every level, uncorrelated with the increments", () => {
    // Were the areas drawn from the increments' own numbers, X_1 = w would cost the first term two thirds of it.
    const steps = 2 ** 15;
    const noise = brownian({ ...path, channels: 2, steps, area: mrongowiusRoesslerArea, areaError: 1 });
    const dW = new Float64Array(2);
    const L = new Float64Array(4);
    for (const level of [steps, steps / 4]) {
      const h = path.horizon / level;
      const squares = average();
      const product = average();
      for (let i = 0; i < level; i++) {
        noise.increment(level, i, dW);
        noise.area!(level, i, L);
        squares.add((L[1] / h) ** 2 * 4);
        product.add(L[1] * dW[0] * dW[1]);
      }
      expect(Math.abs(squares.mean() - 1)).toBeLessThan(5 * squares.error());
      expect(Math.abs(product.mean())).toBeLessThan(5 * product.error());
    }
  });

  it("keeps its increments when areas are asked for, and does not depend on the order of queries", () => {
    const plain = brownian({ ...path, area: null });
    const noise = brownian({ ...path, area: mrongowiusRoesslerArea });
    const late = area(noise, 24, 20);
    area(noise, 3, 1);
    expect(increment(noise, 48, 7)).toEqual(increment(plain, 48, 7));
    expect(area(brownian({ ...path, area: mrongowiusRoesslerArea }), 24, 20)).toEqual(late);
    expect(plain.area).toBeUndefined();
    expect(area(brownian(path), 24, 20)).toEqual(late);
  });

  it("differs between seeds, streams and paths", () => {
    const first = increment(brownian(path), 96, 0)[0];
    for (const other of [{ seed: "other" }, { stream: "idiosyncratic" }, { path: 4 }]) {
      expect(increment(brownian({ ...path, ...other }), 96, 0)[0]).not.toBe(first);
    }
    expect(increment(brownian({ ...path, stream: "common" }), 96, 0)[0]).toBe(first);
  });

  it("refuses finer grids, foreign grids and steps outside the horizon with a reason", () => {
    const noise = brownian(path);
    const out = new Float64Array(3);
    expect(() => noise.increment(192, 0, out)).toThrow(/finer than its finest grid of 96/);
    expect(() => noise.increment(32, 0, out)).toThrow(/want 96 divided by a power of two/);
    expect(() => noise.increment(1.5, 0, out)).toThrow(RangeError);
    expect(() => noise.increment(NaN, 0, out)).toThrow(RangeError);
    expect(() => noise.increment(48, 48, out)).toThrow(/from 0 to 47/);
    expect(() => noise.increment(48, -1, out)).toThrow(RangeError);
    expect(() => noise.increment(48, 0, new Float64Array(2))).toThrow(/length 2, want 3/);
    const areas = brownian({ ...path, area: mrongowiusRoesslerArea });
    expect(() => areas.area!(192, 0, new Float64Array(9))).toThrow(/finer/);
  });

  it("refuses shapes that make no sense", () => {
    expect(() => brownian({ ...path, channels: 0 })).toThrow(/channels is 0/);
    expect(() => brownian({ ...path, steps: 2.5 })).toThrow(/steps is 2.5/);
    expect(() => brownian({ ...path, horizon: NaN })).toThrow(/horizon is NaN/);
    expect(() => brownian({ ...path, area: mrongowiusRoesslerArea, areaError: -1 })).toThrow(/error is -1/);
  });
});

describe("tableNoise", () => {
  const rows = [
    [1, 2],
    [3, -4],
    [0.5, 0],
    [-2, 1],
  ];
  const skew = [0.25, -1, 0, 2].map((a) => [0, a, -a, 0]);

  it("returns its rows, their sums and their areas by Chen", () => {
    const noise = tableNoise(rows, 2, skew);
    expect(noise).toMatchObject({ channels: 2, horizon: 2, steps: 4 });
    expect([...increment(noise, 4, 1)]).toEqual([3, -4]);
    expect([...increment(noise, 1, 0)]).toEqual([2.5, -1]);
    // 0.25 - 1 + (1 * -4 - 3 * 2) / 2
    expect(area(noise, 2, 0)[1]).toBe(-5.75);
    // 0 + 2 + (0.5 * 1 - -2 * 0) / 2, and then (4 * 1 - -1.5 * -2) / 2
    expect(area(noise, 1, 0)[1]).toBe(-5.75 + 2.25 + 0.5);
    expect(tableNoise(rows, 2).area).toBeUndefined();
  });

  it("does not see later changes of the user's rows", () => {
    const mine = rows.map((r) => r.slice());
    const noise = tableNoise(mine, 2);
    mine[0][0] = 99;
    expect(increment(noise, 4, 0)[0]).toBe(1);
  });

  it("agrees with the Brownian path it was copied from at every level", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        (seed, K, j) => {
          const steps = 3 * 2 ** j;
          const noise = brownian({
            seed,
            path: 0,
            channels: K,
            horizon: 1,
            steps,
            area: mrongowiusRoesslerArea,
          });
          const all = Array.from({ length: steps }, (_, i) => i);
          const copy = tableNoise(
            all.map((i) => increment(noise, steps, i)),
            1,
            all.map((i) => area(noise, steps, i)),
          );
          for (let s = steps; s >= 3; s /= 2) {
            expect(increment(copy, s, s - 1)).toEqual(increment(noise, s, s - 1));
            expect(area(copy, s, s - 1)).toEqual(area(noise, s, s - 1));
          }
        },
      ),
      { seed: 7, numRuns: 30 },
    );
  });

  it("names the entry that is wrong", () => {
    expect(() => tableNoise([], 1)).toThrow(/at least one row/);
    expect(() => tableNoise([[1, 2], [1]], 1)).toThrow("increments[1]: has 1 numbers, want 2");
    expect(() => tableNoise([[1, NaN]], 1)).toThrow("increments[0][1]: NaN is not a finite number");
    expect(() => tableNoise([[1]], 0)).toThrow(/horizon is 0/);
    expect(() => tableNoise(rows, 1, skew.slice(1))).toThrow("areas: 3 rows for 4 rows of increments");
    expect(() => tableNoise([[1, 2]], 1, [[0, 1, 1, 0]])).toThrow(/areas\[0\]: entries \(1,0\) and \(0,1\)/);
    expect(() => tableNoise([[1, 2]], 1, [[1, 1, -1, 0]])).toThrow(/areas\[0\]: entries \(0,0\)/);
    expect(() => tableNoise([[1, 2]], 1, [[0, 1, -1]])).toThrow("areas[0]: has 3 numbers, want 4");
  });
});

describe("recorded", () => {
  it("is the same path at every level, with areas and without", () => {
    for (const method of [mrongowiusRoesslerArea, null]) {
      const noise = brownian({ ...path, area: method });
      const copy = recorded(noise);
      expect(copy).toMatchObject({ channels: 3, horizon: 2, steps: 96, path: 3 });
      for (const steps of [3, 12, 96]) {
        expect(increment(copy, steps, 2)).toEqual(increment(noise, steps, 2));
        if (method) expect(area(copy, steps, 2)).toEqual(area(noise, steps, 2));
      }
      expect(copy.area === undefined).toBe(method === null);
    }
  });
});
