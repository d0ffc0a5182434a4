import { unzipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from "../../src/io/npz.js";

/**
 * numpy.lib.format.write_array(f, numpy.array([1.5, -2.0]), version=(1, 0)) as numpy 2.4.6 writes it.
 */
const numpyBytes =
  "934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73652c20277368617065" +
  "273a2028322c292c207d" +
  "20".repeat(60) +
  "0a" +
  "000000000000f83f" +
  "00000000000000c0";

describe("npy", () => {
  it("writes the bytes that numpy writes", () => {
    const bytes = encodeNpy({ shape: [2], data: Float64Array.of(1.5, -2) });
    expect(Buffer.from(bytes).toString("hex")).toBe(numpyBytes);
  });

  it("starts the data at a multiple of 64 whatever the shape", () => {
    for (const shape of [
      [],
      [0],
      [1, 1],
      [0, 3],
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ]) {
      const count = shape.reduce((product, n) => product * n, 1);
      const bytes = encodeNpy({ shape, data: new Float64Array(count) });
      expect((bytes.length - 8 * count) % 64).toBe(0);
      expect(decodeNpy(bytes).shape).toEqual(shape);
    }
  });

  it("refuses a shape that does not fit, and files of another kind", () => {
    expect(() => encodeNpy({ shape: [2, 2], data: new Float64Array(3) })).toThrow(
      "shape [2,2] for 3 numbers",
    );
    expect(() => encodeNpy({ shape: [-1, -3], data: new Float64Array(3) })).toThrow("shape [-1,-3]");
    expect(() => decodeNpy(Uint8Array.of(1, 2, 3))).toThrow("not a .npy file");
    const fortran = Buffer.from(numpyBytes.replace("46616c7365", "547275652020"), "hex");
    expect(() => decodeNpy(fortran)).toThrow("C order");
    expect(() => decodeNpy(Buffer.from(numpyBytes, "hex").subarray(0, -1))).toThrow(
      "15 bytes of data, want 16",
    );
  });
});

describe("npz", () => {
  const arrays = {
    points: { shape: [2, 3], data: Float64Array.of(1, 0, 0, -0.5, 5e-324, Math.PI) },
    labels: { shape: [4], data: Int32Array.of(1, -2, 3, 2 ** 31 - 1) },
    special: { shape: [3], data: Float64Array.of(NaN, -Infinity, -0) },
  };

  it("comes back bit for bit, at any offset within a buffer", () => {
    const bytes = encodeNpz(arrays);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeNpz(shifted.subarray(3))).toEqual(arrays);
    expect(Object.keys(unzipSync(bytes)).sort()).toEqual(["labels.npy", "points.npy", "special.npy"]);
  });

  it("gives the same bytes at another time and for another order of keys", () => {
    vi.useFakeTimers();
    try {
      vi.setSystemTime(new Date(2001, 1, 3));
      const first = encodeNpz(arrays);
      vi.setSystemTime(new Date(2031, 4, 6));
      expect(encodeNpz({ special: arrays.special, labels: arrays.labels, points: arrays.points })).toEqual(
        first,
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
