import { interleave, ratio, spread } from "../timing/measure.js";
import { millionsASecond, perStep } from "../timing/units.js";
import { agree, endAll, ours, present, program, type Case } from "./case.js";

const SIZES = [
  { n: 1, steps: 2 ** 14 },
  { n: 4096, steps: 64 },
] as const;

/** The sides that are ours or written in JavaScript. */
const KINDS = ["pointwise", "loop", "ensemble", "batch", "affine", "milstein"] as const;

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
      const c = natives.build("euler", ["-O3", "-march=native"]);
      // Of many particles, which have the same noise, one says as much.
      if (n === 1) {
        for (const kind of KINDS)
          await agreeInLaw(key, kind, ours("small-system", [...FEW, kind, "moments"]));
        if (c) await agreeInLaw(key, "c", program(c, [...FEW, "moments"])!);
      }
      const sides = present({
        ...Object.fromEntries(KINDS.map((kind) => [kind, ours("small-system", [...argv, kind])])),
        c: program(c, argv),
      });
      const one = ours("small-system", ["1", `${steps}`, "milstein"]);
      try {
        // Milstein has other numbers, on purpose: all its particles are one.
        const { milstein, ...euler } = sides;
        await agree(key, euler, 1e-12);
        await agree(key, { milstein, one }, 1e-12);
        const rounds = await interleave(sides, timing);
        const ns = perStep(spread(rounds.pointwise), n, steps);
        return {
          ns,
          millions: millionsASecond(ns),
          loop: ratio(rounds.pointwise, rounds.loop),
          ensemble_loop: ratio(rounds.ensemble, rounds.batch),
          affine_c: rounds.c ? ratio(rounds.affine, rounds.c) : null,
          affine_milstein_c: rounds.c ? ratio(rounds.milstein, rounds.c) : null,
          affine_ns: perStep(spread(rounds.affine), n, steps),
        };
      } finally {
        endAll({ ...sides, one });
      }
    },
  };
});

/** One particle, and the steps and paths over which its moments are taken. */
const STEPS = 64;
const PATHS = 4096;
const FEW = ["1", `${STEPS}`] as const;

/** Throws where the means of z and z^2 over the paths of a side are not those of its scheme: then its noise is another. */
async function agreeInLaw(key: string, kind: string, side: ReturnType<typeof ours>): Promise<void> {
  try {
    const [first, second, fourth] = await side.check();
    const exact = momentsOf(kind === "milstein");
    const deviations = [
      (first - exact.first) / Math.sqrt((exact.second - exact.first ** 2) / PATHS),
      (second - exact.second) / Math.sqrt((fourth - second ** 2) / PATHS),
    ];
    if (!deviations.every((deviation) => Math.abs(deviation) < 4.5)) {
      throw new Error(
        `${key}: the moments of ${kind} are ${deviations.map((v) => v.toFixed(1)).join(" and ")} standard errors from its scheme's`,
      );
    }
  } finally {
    side.end();
  }
}

/**
 * E z and E z^2 after all steps. With q = E z^2 and s = E|X|^2, a step of Euler's takes the second moments S to
 * (1-h)^2 S + h L(S), L(S) = tr(S) - S; Milstein's iterated integrals, of variance h^2/2, add h^2/2 L(L(S)).
 */
function momentsOf(area: boolean): { first: number; second: number } {
  const h = 1 / STEPS;
  const iterated = area ? h ** 2 / 2 : 0;
  let [q, s] = [1, 1];
  for (let step = 0; step < STEPS; step++) {
    const [once, twice] = [s - q, 2 * s - (s - q)];
    q = (1 - h) ** 2 * q + h * once + iterated * twice;
    s = (1 - h) ** 2 * s + h * 2 * s + iterated * 4 * s;
  }
  return { first: (1 - h) ** STEPS, second: q };
}
