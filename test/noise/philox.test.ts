import { describe, expect, it } from "vitest";
import { philox } from "../../src/noise/philox.js";

/** Known-answer vectors of the Random123 distribution (kat_vectors, philox4x32 10). */
const KNOWN: readonly { counter: number[]; key: number[]; words: number[] }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

describe("philox", () => {
  it.each(KNOWN)("answers counter $counter as Random123 does", ({ counter, key, words }) => {
    const out = new Uint32Array(4);
    philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out);
    expect([...out]).toEqual(words);
  });

  it("flips half of the output when one bit of counter or key flips", () => {
    // 128 output bits, 192 single flips: the mean count is 64 with standard error sqrt(32 / 192) = 0.41.
    const base = [1, 2, 3, 4, 5, 6];
    const reference = new Uint32Array(4);
    const flipped = new Uint32Array(4);
    philox(1, 2, 3, 4, 5, 6, reference);
    let total = 0;
    for (let bit = 0; bit < 192; bit++) {
      const w = base.slice();
      w[bit >> 5] ^= 1 << (bit & 31);
      philox(w[0], w[1], w[2], w[3], w[4], w[5], flipped);
      for (let i = 0; i < 4; i++) {
        for (let x = reference[i] ^ flipped[i]; x !== 0; x &= x - 1) total++;
      }
    }
    expect(Math.abs(total / 192 - 64)).toBeLessThan(5 * Math.sqrt(32 / 192));
  });
});
