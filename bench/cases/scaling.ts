import { fitLine } from "../../src/studies/regression.js";
import { interleave, spread } from "../measure.js";
import { endAll, ours, type Case } from "./case.js";

interface Ladder {
  readonly key: string;
  readonly side: "attention" | "density" | "sht";
  readonly values: readonly number[];
  readonly argv: (value: number) => readonly string[];
}

/** How the time of one field, step or transform grows with one size, the others fixed. K = M d^2 is taken as M, the number of key matrices. */
const LADDERS: readonly Ladder[] = [
  {
    key: "scaling/attention direct, n",
    side: "attention",
    values: [128, 256, 512, 1024, 2048],
    argv: (n) => [`${n}`, "16", "4", "direct"],
  },
  {
    key: "scaling/attention direct, d",
    side: "attention",
    values: [16, 32, 64, 128, 256],
    argv: (d) => ["512", `${d}`, "2", "direct"],
  },
  {
    key: "scaling/attention direct, K",
    side: "attention",
    values: [2, 4, 8, 16, 32],
    argv: (M) => ["256", "16", `${M}`, "direct"],
  },
  {
    key: "scaling/attention harmonic, n",
    side: "attention",
    values: [2048, 4096, 8192, 16384, 32768],
    argv: (n) => [`${n}`, "3", "4", "harmonic"],
  },
  {
    key: "scaling/density step, lmax",
    side: "density",
    values: [11, 15, 23, 31, 47],
    argv: (lmax) => [`${lmax}`],
  },
  {
    key: "scaling/synthesis, lmax",
    side: "sht",
    values: [31, 47, 63, 95, 127, 191],
    argv: (lmax) => [`${lmax}`, "synthesis", "dealiased"],
  },
];

/** Fitted exponents: time ~ size^exponent over the ladder, with the half-width of its 95% interval. */
export const scalingCases: readonly Case[] = LADDERS.map(({ key, side, values, argv }) => ({
  key,
  async measure({ timing }) {
    const sides = Object.fromEntries(values.map((value) => [`${value}`, ours(side, argv(value))]));
    try {
      const rounds = await interleave(sides, { ...timing, rounds: Math.min(7, timing.rounds) });
      const { slope, interval } = fitLine(
        values.map((value) => Math.log(value)),
        values.map((value) => Math.log(spread(rounds[`${value}`]).median)),
      );
      return { exponent: { median: slope, low: interval[0], high: interval[1] } };
    } finally {
      endAll(sides);
    }
  },
}));
