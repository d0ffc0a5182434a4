import type { Embedded } from "./embedded/embedded.js";

/** Where a kernel's arrays lie in its memory, fixed before it is made, so that no view is ever lost to growth. */
export interface Layout {
  /** Room for `count` numbers; gives the offset in bytes, a multiple of 64. */
  numbers(count: number): number;
  readonly bytes: number;
}

/** The module's own data end here. */
const FIRST_FREE_BYTE = 1024;
const LINE = 64;
const PAGE = 65536;

export function layout(): Layout {
  let bytes = FIRST_FREE_BYTE;
  return {
    numbers(count) {
      const offset = bytes;
      bytes += Math.ceil((8 * count) / LINE) * LINE;
      return offset;
    },
    get bytes() {
      return bytes;
    },
  };
}

export interface Instance<Functions> {
  readonly functions: Functions;
  /** The `count` numbers from a byte offset on. */
  view(offset: number, count: number): Float64Array;
}

/**
 * Compiled once, however many memories it is given: the engine makes good code of what it sees used, and would begin anew with
 * every copy. What is kept depends on the bytes alone.
 */
const compiled = new WeakMap<Embedded, Partial<Record<keyof Embedded, WebAssembly.Module>>>();

/** The module of a build. Compiled at once: a few kilobytes take less than a millisecond. */
export function moduleOf(embedded: Embedded, build: keyof Embedded): WebAssembly.Module {
  const modules = compiled.get(embedded) ?? {};
  compiled.set(embedded, modules);
  return (modules[build] ??= new WebAssembly.Module(decode(embedded[build])));
}

/** A module with a memory of its own that holds a layout. */
export function instantiate<Functions>(
  embedded: Embedded,
  build: keyof Embedded,
  { bytes }: Layout,
): Instance<Functions> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const instance = new WebAssembly.Instance(moduleOf(embedded, build), { env: { memory } });
  return {
    functions: instance.exports as Functions,
    view: (offset, count) => new Float64Array(memory.buffer, offset, count),
  };
}

/** Base64 to bytes, where there is no Buffer. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  // Uint8Array.from takes longer here than all the rest of making a kernel.
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
