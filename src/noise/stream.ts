import seedrandom from "seedrandom";
import { kernelChoice } from "../kernels/choice.js";
import { checkValue } from "../numerics/options.js";
import type { Stream } from "../types.js";
import { planKernelNormals, type DrawRows } from "./kernel-normals.js";
import { NORMAL, planNormal } from "./normal-draw.js";
import { openUniform } from "./open-uniform.js";
import { philox } from "./philox.js";

/*
 * Counter words: (index, step, path, kind). One block of four words carries two 64-bit draws, so `index` is the
 * entry's number halved. A normal the ziggurat rejects draws on under kinds of its own with its own full number as
 * `index`: no entry ever depends on its neighbours.
 */
const UNIFORM = 0x80000000;

const LIMIT = 2 ** 32;

/** A kernel is made once as many numbers are drawn in bulk as it costs to make. */
const WORTH_A_KERNEL = 2 ** 12;

/** Fewer numbers at once are drawn one by one. */
const BULK = 64;

/** A stream whose normals can be had for many steps at once. */
export interface RowStream extends Stream {
  /** Row r of out[rows,width] is what `normals` gives at (path, step + r). */
  rows(path: number, step: number, out: Float64Array, width: number): void;
}

/**
 * 64-bit key of (seed, name). JSON makes the pair unambiguous, also under the key repetition of ARC4; characters beyond
 * ASCII are written out because seedrandom reads the low byte only.
 */
function keyOf(seed: string, name: string): [number, number] {
  const text = JSON.stringify([seed, name]).replace(
    /[^ -~]/g,
    (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"),
  );
  const generator = seedrandom(text);
  return [generator.int32(), generator.int32()];
}

function checkWord(what: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value < LIMIT)) {
    throw new RangeError(`stream: ${what} is ${value}, want an integer from 0 to 2^32 - 1`);
  }
}

function checkAddress(path: number, step: number, first: number, count: number): void {
  checkWord("path", path);
  checkWord("step", step);
  checkWord("first", first);
  if (first + count > LIMIT) {
    throw new RangeError(`stream: entries ${first} to ${first + count - 1} pass the last one, 2^32 - 1`);
  }
}

/**
 * The random numbers called `name` behind `seed`. A draw is a function of (seed, name, path, step, index) alone, so
 * the order of queries, restarts and the number of workers change nothing. path, step and index go up to 2^32 - 1;
 * anything else is a RangeError, as is a seed or a name that is no string. Normals have a 53-bit mantissa beside their layer and sign (256-layer ziggurat);
 * uniforms are odd multiples of 2^-53.
 */
export function stream(seed: string, name: string): RowStream {
  checkValue("stream: seed", seed, "string");
  checkValue("stream: name", name, "string");
  const [k0, k1] = keyOf(seed, name);
  const words = new Uint32Array(4);
  const normal = planNormal(k0, k1, words);
  let bulk = 0;
  // Null where there is none to be had.
  let kernel: DrawRows | null | undefined;

  /** Whether the kernel draws out[rows,width]: the same numbers, sooner. */
  const byKernel = (path: number, step: number, out: Float64Array, width: number, first: number): boolean => {
    if (kernel === null || out.length < BULK || first + width > LIMIT / 2) return false;
    if (!kernel) {
      bulk += out.length;
      if (bulk < WORTH_A_KERNEL) return false;
      const choice = kernelChoice();
      kernel = choice === "plain" ? null : planKernelNormals(choice, k0, k1, normal);
    }
    kernel?.(path, step, out, width, first);
    return kernel !== null;
  };

  /** `count` numbers from `offset` of out on: those from number `first` on. */
  const plain = (
    path: number,
    step: number,
    out: Float64Array,
    offset: number,
    count: number,
    first: number,
  ): void => {
    for (let c = 0; c < count; c++) {
      const index = first + c;
      philox(index >>> 1, step, path, NORMAL, k0, k1, words);
      const low = words[2];
      const high = words[3];
      if ((index & 1) === 0) {
        out[offset + c] = normal(words[0], words[1], path, step, index);
        if (++c === count) break;
      }
      out[offset + c] = normal(low, high, path, step, first + c);
    }
  };

  return {
    normals(path, step, out, first = 0) {
      const count = out.length;
      checkAddress(path, step, first, count);
      if (!byKernel(path, step, out, count, first)) plain(path, step, out, 0, count, first);
    },
    rows(path, step, out, width) {
      const rows = out.length / width;
      checkAddress(path, step, 0, width);
      checkWord("step", step + rows - 1);
      if (byKernel(path, step, out, width, 0)) return;
      for (let r = 0; r < rows; r++) plain(path, step + r, out, r * width, width, 0);
    },
    uniforms(path, step, out, first = 0) {
      const count = out.length;
      checkAddress(path, step, first, count);
      for (let c = 0; c < count; c++) {
        const index = first + c;
        philox(index >>> 1, step, path, UNIFORM, k0, k1, words);
        if ((index & 1) === 0) {
          out[c] = openUniform(words[0], words[1]);
          if (++c === count) break;
        }
        out[c] = openUniform(words[2], words[3]);
      }
    },
  };
}
