import { interleave, ratio, scaled, spread } from "../measure.js";
import { agree, endAll, ours, present, program, type Case } from "./case.js";

const SIZES = [
  { n: 1, steps: 2 ** 14 },
  { n: 4096, steps: 64 },
] as const;

/**
 * Small systems: N particles in R^3 under one Brownian motion, dX = -X dt + sum_k (e_k x X) dW^k, normals drawn in the loop.
 * A user's pointwise model against the loop that one would write by hand around the same callbacks; whole-ensemble fields
 * against the same batch by hand; the affine model, by Euler–Maruyama and by Milstein with areas, against Euler's loop in C.
 */
export const b0Cases: readonly Case[] = SIZES.map(({ n, steps }) => {
  const key = `b0/${n}`;
  const argv = [`${n}`, `${steps}`];
  return {
    key,
    async measure({ natives, timing }) {
      const side = (kind: string) => ours("small-system", [...argv, kind]);
      const sides = present({
        pointwise: side("pointwise"),
        loop: side("loop"),
        ensemble: side("ensemble"),
        batch: side("batch"),
        affine: side("affine"),
        milstein: side("milstein"),
        c: program(natives.build("euler", ["-O3", "-march=native"]), argv),
      });
      try {
        // Milstein has other numbers, on purpose.
        const euler = Object.entries(sides).filter(([name]) => name !== "milstein");
        await agree(key, Object.fromEntries(euler), 1e-12);
        const rounds = await interleave(sides, timing);
        const ns = scaled(spread(rounds.pointwise), 1e9 / (n * steps));
        return {
          ns,
          millions: { median: 1e3 / ns.median, low: 1e3 / ns.high, high: 1e3 / ns.low },
          loop: ratio(rounds.pointwise, rounds.loop),
          ensemble_loop: ratio(rounds.ensemble, rounds.batch),
          affine_c: rounds.c ? ratio(rounds.affine, rounds.c) : null,
          affine_milstein_c: rounds.c ? ratio(rounds.milstein, rounds.c) : null,
          affine_ns: scaled(spread(rounds.affine), 1e9 / (n * steps)),
        };
      } finally {
        endAll(sides);
      }
    },
  };
});
