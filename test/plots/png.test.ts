import { describe, expect, it } from "vitest";
import { encodePng, pngAddress } from "../../src/plots/png.js";
import { decodePng, embeddedPngs } from "./decode-png.js";

describe("png", () => {
  it("reads back as it was written", () => {
    const [width, height] = [37, 23];
    const pixels = Uint8Array.from({ length: width * height }, (_, i) => (i * i * 31 + 7 * i) % 251);
    const palette = Array.from({ length: 251 }, (_, i) => [i, 255 - i, (3 * i) % 256] as const);
    const back = decodePng(encodePng(width, height, pixels, palette, 4));
    expect([back.width, back.height]).toEqual([width, height]);
    expect(back.pixels).toEqual(pixels);
    expect(Array.from(back.palette)).toEqual(palette.flat());
    expect(back.alpha?.[4]).toBe(0);
    expect(back.alpha?.[5]).toBe(255);
  });

  it("starts and ends with the bytes of the specification", () => {
    const png = encodePng(1, 1, Uint8Array.of(0), [[255, 0, 0]]);
    expect(Buffer.from(png.subarray(0, 8)).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    // An empty IEND chunk with its well-known checksum.
    expect(Buffer.from(png.subarray(-12)).toString("hex")).toBe("0000000049454e44ae426082");
  });

  it("survives the way through a data address", () => {
    const png = encodePng(2, 1, Uint8Array.of(1, 0), [
      [0, 0, 0],
      [255, 255, 255],
    ]);
    expect(Array.from(embeddedPngs(`<image href="${pngAddress(png)}"/>`)[0].pixels)).toEqual([1, 0]);
  });

  it("refuses what does not fit", () => {
    expect(() => encodePng(2, 2, new Uint8Array(3), [[0, 0, 0]])).toThrow("3 pixels for 2 × 2");
    expect(() => encodePng(1, 1, new Uint8Array(1), [])).toThrow("0 palette entries");
  });
});
