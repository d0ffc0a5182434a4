import { unzipSync, zipSync, type Zippable } from "fflate";

/** An array as numpy knows it, in C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Int32Array;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const prefix = magic.length + 2;

/**
 * A .npy file of format 1.0 (numpy.lib.format): magic, header length, a Python dictionary padded with spaces so that
 * the data start at a multiple of 64, then little-endian numbers. Throws when the shape does not fit the data.
 */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const count = shape.reduce((product, n) => product * n, 1);
  if (count !== data.length || shape.some((n) => !Number.isInteger(n) || n < 0))
    throw new RangeError(`npy: shape [${shape.join(",")}] for ${data.length} numbers`);
  const kind = data instanceof Float64Array ? "<f8" : "<i4";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = dictionary.padEnd(start - prefix - 1) + "\n";
  const width = data.BYTES_PER_ELEMENT;
  const out = new Uint8Array(start + count * width);
  const view = new DataView(out.buffer);
  out.set(magic);
  view.setUint16(magic.length, header.length, true);
  out.set(new TextEncoder().encode(header), prefix);
  for (let i = 0; i < count; i++) {
    if (kind === "<f8") view.setFloat64(start + i * width, data[i], true);
    else view.setInt32(start + i * width, data[i], true);
  }
  return out;
}

/** Reads what `encodeNpy` writes, and what numpy writes for float64 and int32 in C order (formats 1, 2 and 3). */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (magic.slice(0, 6).some((byte, i) => bytes[i] !== byte)) throw new RangeError("npy: not a .npy file");
  const long = bytes[6] > 1;
  const [offset, length] = long ? [12, view.getUint32(8, true)] : [prefix, view.getUint16(8, true)];
  const header = new TextDecoder().decode(bytes.subarray(offset, offset + length));
  const kind = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (
    (kind !== "<f8" && kind !== "<i4") ||
    shapeText === undefined ||
    !/'fortran_order':\s*False/.test(header)
  )
    throw new RangeError(`npy: want float64 or int32 in C order, got ${header.trim()}`);
  const shape = shapeText.split(",").flatMap((n) => (n.trim() ? [Number(n)] : []));
  const count = shape.reduce((product, n) => product * n, 1);
  const start = offset + length;
  const width = kind === "<f8" ? 8 : 4;
  if (bytes.length !== start + count * width)
    throw new RangeError(`npy: ${bytes.length - start} bytes of data, want ${count * width}`);
  const data = kind === "<f8" ? new Float64Array(count) : new Int32Array(count);
  for (let i = 0; i < count; i++)
    data[i] = kind === "<f8" ? view.getFloat64(start + 8 * i, true) : view.getInt32(start + 4 * i, true);
  return { shape, data };
}

/** A .npz archive, as by numpy.savez_compressed; numpy.load opens it. The same arrays give the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {};
  for (const name of Object.keys(arrays).sort()) files[`${name}.npy`] = encodeNpy(arrays[name]);
  // The earliest date a zip can hold, in local time: the clock must not reach the bytes.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

export function decodeNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = {};
  for (const [name, file] of Object.entries(unzipSync(bytes)))
    arrays[name.replace(/\.npy$/, "")] = decodeNpy(file);
  return arrays;
}
