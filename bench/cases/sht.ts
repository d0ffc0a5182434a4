import { interleave, ratio, scaled, spread } from "../timing/measure.js";
import { agree, endAll, ours, present, program, type Case, type Line } from "./case.js";

/**
 * The spherical-harmonic transform of one real field against libsharp's, which has lmax + 1 rings; ours on as many, and on the
 * grid that carries products without aliasing, half as fine again both ways.
 */
export const shtCases: readonly Case[] = [31, 63, 127, 255, 511].map((L) => ({
  key: `sht/${L}`,
  async measure({ natives, timing }) {
    const sharp = natives.build("sharp", ["-O3", "-march=native"]);
    const found: Record<string, Line[string]> = {};
    for (const kind of ["synthesis", "analysis"]) {
      const sides = present({
        tight: ours("sht", [`${L}`, kind, "tight"]),
        dealiased: ours("sht", [`${L}`, kind, "dealiased"]),
        sharp: program(sharp, [`${L}`, kind]),
      });
      try {
        // Values stand on other nodes of the finer grid; coefficients, after a synthesis there, are the same.
        const { dealiased, ...onRings } = sides;
        await agree(`sht/${L}`, kind === "analysis" ? { ...onRings, dealiased } : onRings, 1e-12);
        const rounds = await interleave(sides, timing);
        found[kind] = rounds.sharp ? ratio(rounds.tight, rounds.sharp) : null;
        found[`dealiased_${kind}`] = rounds.sharp ? ratio(rounds.dealiased, rounds.sharp) : null;
        found[`${kind}_us`] = scaled(spread(rounds.tight), 1e6);
      } finally {
        endAll(sides);
      }
    }
    return found;
  },
}));
