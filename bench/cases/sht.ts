import { interleave, ratio } from "../measure.js";
import { agree, endAll, ours, present, program, type Case } from "./case.js";

/**
 * The spherical-harmonic transform of one real field against libsharp's, which has lmax + 1 rings; ours on as many, and on the
 * grid that carries products without aliasing, half as fine again both ways.
 */
export const shtCases: readonly Case[] = [31, 63, 127, 255].map((L) => ({
  key: `sht/${L}`,
  async measure({ natives, timing }) {
    const sharp = natives.build("sharp", ["-O3", "-march=native"]);
    const line: Record<string, ReturnType<typeof ratio> | null> = {};
    for (const kind of ["synthesis", "analysis"]) {
      const sides = present({
        plain: ours("sht", [`${L}`, kind, "tight"]),
        dealiased: ours("sht", [`${L}`, kind, "dealiased"]),
        sharp: program(sharp, [`${L}`, kind]),
      });
      const { sharp: theirs, plain } = sides;
      try {
        if (theirs) await agree(`sht/${L}`, { plain, theirs }, 1e-12);
        const rounds = await interleave(sides, timing);
        line[kind] = theirs ? ratio(rounds.plain, rounds.sharp) : null;
        line[`dealiased_${kind}`] = theirs ? ratio(rounds.dealiased, rounds.sharp) : null;
        line[`${kind}_us`] = scaledMicroseconds(rounds.plain);
      } finally {
        endAll(sides);
      }
    }
    return line;
  },
}));

const scaledMicroseconds = (seconds: readonly number[]) =>
  ratio(
    seconds,
    seconds.map(() => 1e-6),
  );
