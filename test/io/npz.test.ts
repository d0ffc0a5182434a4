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
    const text = Buffer.from(numpyBytes.replace("3c6638", "3c5532"), "hex");
    expect(() => decodeNpy(text)).toThrow("npy: want float64, float32, int32 or int64, got {'descr': '<U2'");
    expect(() => decodeNpy(Uint8Array.of(...Buffer.from(numpyBytes, "hex").subarray(0, 8)))).toThrow(
      "not a .npy",
    );
    expect(() => decodeNpy(Buffer.from(numpyBytes, "hex").subarray(0, -1))).toThrow(
      "15 bytes of data, want 16",
    );
  });
});

/** As numpy.lib.format.write_array of numpy 2.4.6 writes these: the header, padded to 128 bytes, and the data. */
const numpy = (header: string, data: string): Uint8Array =>
  Buffer.concat([
    Buffer.from("934e554d5059010076007b276465736372273a20", "hex"),
    Buffer.from(header.padEnd(107) + "\n"),
    Buffer.from(data, "hex"),
  ]);

describe("npy from numpy", () => {
  it("of float32 in Fortran order", () => {
    const bytes = numpy(
      "'<f4', 'fortran_order': True, 'shape': (2, 3), }",
      "0000c03f00008040000000c00000a040cdcccc3d0000c040",
    );
    expect(decodeNpy(bytes)).toEqual({ shape: [2, 3], data: Float32Array.of(1.5, -2, 0.1, 4, 5, 6) });
  });

  it("of int32 in Fortran order with three axes", () => {
    // numpy.asfortranarray(numpy.arange(24, dtype=numpy.int32).reshape(2, 3, 4))
    const data =
      "000000000c00000004000000100000000800000014000000010000000d00000005000000110000000900000015000000" +
      "020000000e00000006000000120000000a00000016000000030000000f00000007000000130000000b00000017000000";
    const bytes = numpy("'<i4', 'fortran_order': True, 'shape': (2, 3, 4), }", data);
    expect(decodeNpy(bytes)).toEqual({
      shape: [2, 3, 4],
      data: Int32Array.from({ length: 24 }, (_, i) => i),
    });
  });

  it("of int64, exactly or not at all", () => {
    const header = "'<i8', 'fortran_order': False, 'shape': (3,), }";
    const bytes = numpy(header, "01000000000000000000000000ffffff0300000000000000");
    expect(decodeNpy(bytes)).toEqual({ shape: [3], data: Float64Array.of(1, -(2 ** 40), 3) });
    const beyond = numpy(header, "010000000000000001000000000020000300000000000000");
    expect(() => decodeNpy(beyond)).toThrow("npy: the whole number 9007199254740993 is beyond 2^53");
  });

  it("of float64 of the other byte order", () => {
    const bytes = numpy(
      "'>f8', 'fortran_order': False, 'shape': (2, 2), }",
      "3ff0000000000000400000000000000040080000000000004010000000000000",
    );
    expect(decodeNpy(bytes)).toEqual({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
  });

  it("goes back to float32", () => {
    const array = { shape: [2], data: Float32Array.of(0.1, -3) };
    expect(decodeNpy(encodeNpy(array))).toEqual(array);
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
