import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { interleave, ratio } from "../timing/measure.js";
import type { Case } from "./case.js";

const cli = fileURLToPath(new URL("../../src/cli.js", import.meta.url));

const CONFIG = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 4 },
  initial: { kind: "uniform", tokens: 16 },
  solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 64 },
  ensemble: { paths: 5000, seed: "ensemble" },
  observe: ["mean-overlap"],
};

/** A whole ensemble by the command line, start included: one worker against one a core. */
export const ensembleCases: readonly Case[] = [
  {
    key: "ensemble",
    async measure({ timing }) {
      const workers = availableParallelism();
      const printed = new Set<string>();
      const run = (count: number): number => {
        const begin = performance.now();
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [cli, "run", "-", "--json", "--workers", `${count}`],
          { input: JSON.stringify(CONFIG), encoding: "utf8" },
        );
        const seconds = (performance.now() - begin) / 1000;
        if (status !== 0) throw new Error(`ensemble: ${stderr.trim()}`);
        printed.add(stdout);
        if (printed.size > 1) throw new Error("ensemble: workers change the result");
        return seconds;
      };
      const side = (count: number) => ({ run: (repeats: number) => Promise.resolve(repeats * run(count)) });
      const rounds = Math.min(7, timing.rounds);
      const { one, all } = await interleave(
        { one: side(1), all: side(workers) },
        { rounds, turn: 0, warm: 0 },
      );
      return { workers, speedup: ratio(one, all) };
    },
  },
];
