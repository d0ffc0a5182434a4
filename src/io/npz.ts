import { unzipSync, zipSync, type Zippable } from "fflate";

/** An array as numpy knows it, in C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
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
  const kind = data instanceof Float64Array ? "<f8" : data instanceof Float32Array ? "<f4" : "<i4";
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
    else if (kind === "<f4") view.setFloat32(start + i * width, data[i], true);
    else view.setInt32(start + i * width, data[i], true);
  }
  return out;
}

/** How the numbers of a .npy file are read, by numpy's names of their types. */
interface NumberKind {
  readonly width: number;
  readonly room: (count: number) => NpyArray["data"];
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const KINDS: ReadonlyMap<string, NumberKind> = new Map([
  [
    "f8",
    {
      width: 8,
      room: (count) => new Float64Array(count),
      read: (view, at, little) => view.getFloat64(at, little),
    },
  ],
  [
    "f4",
    {
      width: 4,
      room: (count) => new Float32Array(count),
      read: (view, at, little) => view.getFloat32(at, little),
    },
  ],
  [
    "i4",
    {
      width: 4,
      room: (count) => new Int32Array(count),
      read: (view, at, little) => view.getInt32(at, little),
    },
  ],
  ["i8", { width: 8, room: (count) => new Float64Array(count), read: wholeNumber }],
]);

function wholeNumber(view: DataView, at: number, little: boolean): number {
  const value = Number(view.getBigInt64(at, little));
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`npy: the whole number ${view.getBigInt64(at, little)} is beyond 2^53`);
  }
  return value;
}

/**
 * Reads what `encodeNpy` writes, and what numpy writes (formats 1, 2 and 3) for float64, float32, int32 and int64 in either
 * byte order, in C or Fortran order. The result is in C order; int64 becomes float64, exactly. Throws a RangeError for
 * anything else.
 */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || magic.slice(0, 6).some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError("npy: not a .npy file");
  }
  const long = bytes[6] > 1;
  const [offset, length] = long ? [12, view.getUint32(8, true)] : [prefix, view.getUint16(8, true)];
  const header = new TextDecoder().decode(bytes.subarray(offset, offset + length));
  const [, order, name] = /'descr':\s*'([<>|=])([^']+)'/.exec(header) ?? [];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const kind = KINDS.get(name);
  if (!kind || fortran === undefined || shapeText === undefined) {
    throw new RangeError(`npy: want float64, float32, int32 or int64, got ${header.trim()}`);
  }
  const shape = shapeText.split(",").flatMap((n) => (n.trim() ? [Number(n)] : []));
  const count = shape.reduce((product, n) => product * n, 1);
  const start = offset + length;
  if (bytes.length !== start + count * kind.width) {
    throw new RangeError(`npy: ${bytes.length - start} bytes of data, want ${count * kind.width}`);
  }
  const data = kind.room(count);
  const place = fortran === "True" ? fromFortran(shape) : (i: number): number => i;
  for (let i = 0; i < count; i++) {
    data[place(i)] = kind.read(view, start + kind.width * i, order !== ">");
  }
  return { shape, data };
}

/** The place in C order (the last axis fastest) of entry i in Fortran order (the first axis fastest). */
function fromFortran(shape: readonly number[]): (i: number) => number {
  const strides = shape.map((_, a) => shape.slice(a + 1).reduce((product, n) => product * n, 1));
  return (i) => {
    let rest = i;
    let at = 0;
    for (let a = 0; a < shape.length; a++) {
      at += (rest % shape[a]) * strides[a];
      rest = Math.floor(rest / shape[a]);
    }
    return at;
  };
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
