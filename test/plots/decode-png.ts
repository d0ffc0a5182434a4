import { unzlibSync } from "fflate";

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** Palette entries [height, width]. */
  readonly pixels: Uint8Array;
  readonly palette: Uint8Array;
  readonly alpha: Uint8Array | null;
}

/** An indexed PNG read back from the specification, filters 0 to 2. */
export function decodePng(png: Uint8Array): DecodedPng {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    chunks.set(String.fromCharCode(...png.subarray(at + 4, at + 8)), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get("IHDR") as Uint8Array;
  const size = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  const rows = unzlibSync(chunks.get("IDAT") as Uint8Array);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (width + 1)];
    for (let x = 0; x < width; x++) {
      const left = filter === 1 && x > 0 ? pixels[y * width + x - 1] : 0;
      const above = filter === 2 && y > 0 ? pixels[(y - 1) * width + x] : 0;
      pixels[y * width + x] = rows[y * (width + 1) + 1 + x] + left + above;
    }
  }
  return {
    width,
    height,
    pixels,
    palette: chunks.get("PLTE") as Uint8Array,
    alpha: chunks.get("tRNS") ?? null,
  };
}

/** The pictures embedded in an SVG, in order. */
export function embeddedPngs(svg: string): DecodedPng[] {
  return [...svg.matchAll(/data:image\/png;base64,([A-Za-z0-9+/=]+)/g)].map((match) =>
    decodePng(Uint8Array.from(Buffer.from(match[1], "base64"))),
  );
}
