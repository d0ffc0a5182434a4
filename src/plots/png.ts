import { zlibSync } from "fflate";
import type { Color } from "./colormap.js";

const signature = [137, 80, 78, 71, 13, 10, 26, 10];

/** CRC-32 as PNG wants it (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + 12);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) out[4 + i] = type.charCodeAt(i);
  out.set(data, 8);
  view.setUint32(data.length + 8, crc32(out.subarray(4, data.length + 8)));
  return out;
}

/**
 * An indexed PNG (W3C PNG specification, colour type 3): `pixels` [height,width] are entries of `palette`, of which
 * there are at most 256. Entry `transparent` shows the ground. Every row is filtered as difference to the row above,
 * which suits both smooth fields and magnified cells.
 */
export function encodePng(
  width: number,
  height: number,
  pixels: Uint8Array,
  palette: readonly Color[],
  transparent?: number,
): Uint8Array {
  if (pixels.length !== width * height)
    throw new RangeError(`png: ${pixels.length} pixels for ${width} × ${height}`);
  if (palette.length < 1 || palette.length > 256)
    throw new RangeError(`png: ${palette.length} palette entries, want 1 to 256`);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 2;
    for (let x = 0; x < width; x++) {
      const above = y > 0 ? pixels[(y - 1) * width + x] : 0;
      rows[y * (width + 1) + 1 + x] = pixels[y * width + x] - above;
    }
  }
  const alpha = palette.map((_, i) => (i === transparent ? 0 : 255));
  const parts = [
    Uint8Array.from(signature),
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    ...(transparent === undefined ? [] : [chunk("tRNS", Uint8Array.from(alpha))]),
    chunk("IDAT", zlibSync(rows, { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ];
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The same bytes as a data address that an `<image>` can hold. */
export function pngAddress(png: Uint8Array): string {
  let binary = "";
  for (const byte of png) binary += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(binary)}`;
}
