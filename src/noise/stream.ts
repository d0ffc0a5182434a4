import seedrandom from "seedrandom";
import type { Stream } from "../types.js";
import { philox } from "./philox.js";
import { TAIL, ziggurat } from "./ziggurat.js";

/*
 * Counter words: (index, step, path, kind). One block of four words carries two 64-bit draws, so `index` is the
 * entry's number halved. A normal the ziggurat rejects draws on under kinds 1, 2, ... with its own full number as
 * `index`: no entry ever depends on its neighbours.
 */
const NORMAL = 0;
const UNIFORM = 0x80000000;

const LIMIT = 2 ** 32;

const { edge, height, scale, inside } = ziggurat();

/** The sign bit and the layer's eight bits lie below the 53 bits of the mantissa. */
const LAYER = 0xff;
const SIGN = 0x100;

/** Odd multiples of 2^-53, so in the open (0, 1) and symmetric about 1/2. */
function openUniform(low: number, high: number): number {
  return (high * 2 ** 20 + (low >>> 12) + 0.5) * 2 ** -52;
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
 * anything else is a RangeError. Normals have a 53-bit mantissa beside their layer and sign (256-layer ziggurat);
 * uniforms are odd multiples of 2^-53.
 */
export function stream(seed: string, name: string): Stream {
  const [k0, k1] = keyOf(seed, name);
  const words = new Uint32Array(4);

  /** Beyond TAIL: x = TAIL - log(u)/TAIL is kept with probability exp(-(x - TAIL)^2/2) (Marsaglia 1964). */
  function tail(path: number, step: number, index: number, kind: number): number {
    for (let k = kind; ; k++) {
      philox(index, step, path, k, k0, k1, words);
      const x = -Math.log(openUniform(words[0], words[1])) / TAIL;
      const y = -Math.log(openUniform(words[2], words[3]));
      if (2 * y > x * x) return TAIL + x;
    }
  }

  /** The draw of a candidate that fell outside its layer's core: the wedge above the core, or the tail. */
  function outside(low: number, high: number, path: number, step: number, index: number): number {
    for (let kind = NORMAL + 1; ; kind++) {
      const layer = low & LAYER;
      const mantissa = high * 2 ** 21 + (low >>> 11);
      const sign = low & SIGN ? -1 : 1;
      const x = mantissa * scale[layer];
      if (mantissa < inside[layer]) return sign * x;
      if (layer === 0) {
        if (x < TAIL) return sign * x;
        return sign * tail(path, step, index, kind);
      }
      philox(index, step, path, kind, k0, k1, words);
      const y = height[layer] + openUniform(words[2], words[3]) * (height[layer + 1] - height[layer]);
      if (x < edge[layer + 1] || y < Math.exp(-0.5 * x * x)) return sign * x;
      low = words[0];
      high = words[1];
    }
  }

  function normal(low: number, high: number, path: number, step: number, index: number): number {
    const layer = low & LAYER;
    const mantissa = high * 2 ** 21 + (low >>> 11);
    if (mantissa < inside[layer]) {
      const x = mantissa * scale[layer];
      return low & SIGN ? -x : x;
    }
    return outside(low, high, path, step, index);
  }

  return {
    normals(path, step, out, first = 0) {
      const count = out.length;
      checkAddress(path, step, first, count);
      for (let c = 0; c < count; c++) {
        const index = first + c;
        philox(index >>> 1, step, path, NORMAL, k0, k1, words);
        const low = words[2];
        const high = words[3];
        if ((index & 1) === 0) {
          out[c] = normal(words[0], words[1], path, step, index);
          if (++c === count) break;
        }
        out[c] = normal(low, high, path, step, first + c);
      }
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
