import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ratio } from "../measure.js";
import type { Case } from "./case.js";

const cli = fileURLToPath(new URL("../../src/cli.js", import.meta.url));

const CONFIG = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 4 },
  initial: { kind: "uniform", tokens: 16 },
  solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 64 },
  ensemble: { paths: 3000, seed: "ensemble" },
  observe: ["mean-overlap"],
};

/** A whole ensemble by the command line, start included: one worker against one a core. */
export const ensembleCases: readonly Case[] = [
  {
    key: "ensemble",
    async measure({ timing }) {
      const workers = availableParallelism();
      const run = (count: number): { seconds: number; text: string } => {
        const begin = performance.now();
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [cli, "run", "-", "--json", "--workers", `${count}`],
          { input: JSON.stringify(CONFIG), encoding: "utf8" },
        );
        if (status !== 0) throw new Error(`ensemble: ${stderr}`);
        return { seconds: (performance.now() - begin) / 1000, text: stdout };
      };
      const one: number[] = [];
      const all: number[] = [];
      for (let round = 0; round < Math.min(5, timing.rounds); round++) {
        const [alone, together] = [run(1), run(workers)];
        if (alone.text !== together.text) throw new Error("ensemble: workers change the result");
        one.push(alone.seconds);
        all.push(together.seconds);
      }
      return { workers, speedup: ratio(one, all) };
    },
  },
];
