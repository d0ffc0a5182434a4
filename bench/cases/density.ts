import { interleave, ratio, scaled, spread } from "../measure.js";
import { agree, endAll, ours, type Case } from "./case.js";

/** One step of a density under attention with two key matrices, by the flow; against the same with kernels off. */
export const densityCases: readonly Case[] = [15, 31].map((L) => {
  const key = `density/${L}`;
  return {
    key,
    async measure({ timing }) {
      const sides = {
        ours: ours("density", [`${L}`]),
        plain: ours("density", [`${L}`], { COMMONNOISE_KERNELS: "plain" }),
      };
      try {
        await agree(key, sides, 1e-10);
        const rounds = await interleave(sides, timing);
        return { ms: scaled(spread(rounds.ours), 1e3), speedup: ratio(rounds.plain, rounds.ours) };
      } finally {
        endAll(sides);
      }
    },
  };
});
