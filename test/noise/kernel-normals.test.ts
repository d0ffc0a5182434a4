import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { brownian } from "../../src/noise/brownian.js";
import { planKernelNormals } from "../../src/noise/kernel-normals.js";
import { planNormal } from "../../src/noise/normal-draw.js";
import { philox } from "../../src/noise/philox.js";
import { stream, type RowStream } from "../../src/noise/stream.js";

afterEach(() => void vi.unstubAllEnvs());

const KEY = [0x12345678, 0x9abcdef0] as const;

/** Every normal by itself. */
function oneByOne(path: number, step: number, width: number, first: number, rows: number): Float64Array {
  const words = new Uint32Array(4);
  const normal = planNormal(...KEY, new Uint32Array(4));
  return Float64Array.from({ length: rows * width }, (_, e) => {
    const [row, index] = [Math.floor(e / width), first + (e % width)];
    philox(index >>> 1, step + row, path, 0, ...KEY, words);
    const at = 2 * (index % 2);
    return normal(words[at], words[at + 1], path, step + row, index);
  });
}

describe("normals by the kernel", () => {
  const draw = planKernelNormals("simd", ...KEY, planNormal(...KEY, new Uint32Array(4)));
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

  it("are those drawn one by one, to the bit, in any rows from any number on", () => {
    const shape = fc.oneof(
      fc.record({ width: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 1, max: 300 }) }),
      fc.record({ width: fc.integer({ min: 1, max: 5000 }), rows: fc.integer({ min: 1, max: 2 }) }),
    );
    const first = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 31 - 6000 }));
    const step = fc.integer({ min: 0, max: 2 ** 32 - 300 });
    fc.assert(
      fc.property(word, step, shape, first, (path, at, { width, rows }, from) => {
        const out = new Float64Array(rows * width).fill(17);
        draw(path, at, out, width, from);
        expect(out).toEqual(oneByOne(path, at, width, from, rows));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it("have the rejected ones among them", () => {
    const n = 200_000;
    const out = new Float64Array(n);
    draw(1, 2, out, n, 3);
    expect(out).toEqual(oneByOne(1, 2, n, 3, 1));
    // Beyond the base layer's core there are only those that the kernel leaves alone: 0.03% of all.
    expect(out.filter((v) => Math.abs(v) > 3.6541528853610088).length).toBeGreaterThan(20);
  });
});

describe("a stream", () => {
  const rowsOf = (source: RowStream, step: number, rows: number, width: number): Float64Array => {
    const out = new Float64Array(rows * width);
    source.rows(7, step, out, width);
    return out;
  };

  it("draws the same before and after it has a kernel, and without one", () => {
    const ask = (): Float64Array[] => {
      const source = stream("seed", "name");
      const large = (): Float64Array => {
        const out = new Float64Array(4001);
        source.normals(3, 4, out, 5);
        return out;
      };
      return [large(), rowsOf(source, 9, 100, 7), large(), large(), rowsOf(source, 9, 100, 7), large()];
    };
    vi.stubEnv("COMMONNOISE_KERNELS", "plain");
    const plain = ask();
    vi.stubEnv("COMMONNOISE_KERNELS", "simd");
    expect(ask()).toEqual(plain);
    for (const same of [2, 3, 5]) expect(plain[same]).toEqual(plain[0]);
    expect(plain[4]).toEqual(plain[1]);
  });

  it("has the normals of many steps in rows", () => {
    const source = stream("seed", "name");
    const rows = rowsOf(source, 11, 40, 3);
    for (let r = 0; r < 40; r++) {
      const row = new Float64Array(3);
      source.normals(7, 11 + r, row);
      expect(rows.subarray(3 * r, 3 * r + 3)).toEqual(row);
    }
    expect(() => rowsOf(source, 2 ** 32 - 2, 3, 1)).toThrow(/step is 4294967296/);
  });
});

describe("a Brownian path drawn ahead", () => {
  it("has the same steps in any order, near the end too", () => {
    // Blocks of 170 steps, the last one short.
    const options = { seed: "ahead", path: 2, channels: 3, horizon: 1, steps: 1000 };
    const source = stream("ahead", "common");
    const noise = brownian(options);
    const [out, want] = [new Float64Array(3), new Float64Array(3)];
    for (const step of [999, 0, 1, 170, 169, 500, 998, 850, 849, 999]) {
      noise.increment(1000, step, out);
      source.normals(2, step, want);
      expect(out).toEqual(want.map((v) => v * Math.sqrt(1 / 1000)));
    }
  });

  it("has the areas of every step, in any order", () => {
    const options = { seed: "ahead", path: 2, channels: 3, horizon: 1, steps: 64 };
    const forward = brownian(options);
    const areas = Array.from({ length: 64 }, (_, step) => {
      const out = new Float64Array(9);
      forward.area!(64, step, out);
      return out;
    });
    for (const step of [63, 5, 6, 0, 40, 39]) {
      const out = new Float64Array(9);
      brownian(options).area!(64, step, out);
      expect(out).toEqual(areas[step]);
    }
  });
});
