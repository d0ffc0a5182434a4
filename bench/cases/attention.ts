import { fileURLToPath } from "node:url";
import { interleave, ratio, spread } from "../timing/measure.js";
import { NATIVE, O2 } from "../timing/native.js";
import { startSide } from "../timing/side.js";
import { forAll, perPair } from "../timing/units.js";
import { agree, endAll, ours, present, program, type Case } from "./case.js";

const SIZES = [
  [1024, 3, 16],
  [32, 16, 16],
  [256, 64, 8],
  [128, 128, 8],
  [1024, 64, 4],
  [512, 768, 1],
] as const;

/** By harmonics; C moves so many of the tokens, by direct sums over all. */
const HARMONIC = [
  [1024, 3, 16, 1024],
  [65536, 3, 16, 256],
] as const;

const numpy = fileURLToPath(new URL("../../../bench/numpy/attention.py", import.meta.url));

/** One attention field, n tokens in dimension d under M key matrices, in nanoseconds a pair of tokens and matrix. */
export const attentionCases: readonly Case[] = [
  ...SIZES.map(([n, d, M]): Case => {
    const key = `attention/${n}x${d}x${M}`;
    const argv = [n, d, M].map(String);
    return {
      key,
      async measure({ natives, timing }) {
        const sides = present({
          ours: ours("attention", [...argv, "direct"]),
          c_native: program(natives.build("attention", NATIVE), [...argv, `${n}`]),
          c_o2: program(natives.build("attention", O2), [...argv, `${n}`]),
          numpy: natives.numpy === null ? null : startSide("python3", [numpy, ...argv]),
        });
        try {
          await agree(key, sides, 1e-10);
          const rounds = await interleave(sides, timing);
          const against = (name: string) => (rounds[name] ? ratio(rounds.ours, rounds[name]) : null);
          return {
            ns: perPair(spread(rounds.ours), n, M),
            c_native: against("c_native"),
            c_o2: against("c_o2"),
            numpy: against("numpy"),
          };
        } finally {
          endAll(sides);
        }
      },
    };
  }),
  ...HARMONIC.map(([n, d, M, rows]): Case => {
    const key = `attention/harmonic/${n}x${d}x${M}`;
    const argv = [n, d, M].map(String);
    return {
      key,
      async measure({ natives, timing }) {
        const sides = present({
          ours: ours("attention", [...argv, "harmonic", `${rows}`]),
          c: program(natives.build("attention", NATIVE), [...argv, `${rows}`]),
        });
        try {
          await agree(key, sides, 1e-10);
          const rounds = await interleave(sides, timing);
          return {
            ns: perPair(spread(rounds.ours), n, M),
            c_native: rounds.c ? forAll(ratio(rounds.ours, rounds.c), rows, n) : null,
          };
        } finally {
          endAll(sides);
        }
      },
    };
  }),
];
