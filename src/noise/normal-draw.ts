import { exp } from "../numerics/exp.js";
import { log } from "../numerics/log.js";
import { openUniform } from "./open-uniform.js";
import { philox } from "./philox.js";
import { TAIL, ziggurat } from "./ziggurat.js";

/** Kind of the words a normal is first drawn from; those the ziggurat rejects draw on under kinds 1, 2, ... */
export const NORMAL = 0;

export const TABLES = ziggurat();

const { edge, height, scale, inside } = TABLES;

/** The sign bit and the layer's eight bits lie below the 53 bits of the mantissa. */
const LAYER = 0xff;
const SIGN = 0x100;

/** A standard normal from the 64 bits (low, high) of the entry at (path, step, index). */
export type NormalDraw = (low: number, high: number, path: number, step: number, index: number) => number;

/** Draws with the key (k0, k1) by the ziggurat; `words` is scratch and overwritten by rejected draws only. */
export function planNormal(k0: number, k1: number, words: Uint32Array): NormalDraw {
  /** Beyond TAIL: x = TAIL - log(u)/TAIL is kept with probability exp(-(x - TAIL)^2/2) (Marsaglia 1964). */
  function tail(path: number, step: number, index: number, kind: number): number {
    for (let k = kind; ; k++) {
      philox(index, step, path, k, k0, k1, words);
      const x = -log(openUniform(words[0], words[1])) / TAIL;
      const y = -log(openUniform(words[2], words[3]));
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
      if (x < edge[layer + 1] || y < exp(-0.5 * x * x)) return sign * x;
      low = words[0];
      high = words[1];
    }
  }

  return (low, high, path, step, index) => {
    const layer = low & LAYER;
    const mantissa = high * 2 ** 21 + (low >>> 11);
    if (mantissa < inside[layer]) {
      const x = mantissa * scale[layer];
      return low & SIGN ? -x : x;
    }
    return outside(low, high, path, step, index);
  };
}
