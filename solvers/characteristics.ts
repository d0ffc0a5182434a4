import { checkOptions, type Shape } from "../src/numerics/options.js";
import { MODEL, SCHEME } from "../src/numerics/shapes.js";
import {
  carriedBy,
  CARRIES,
  degreeNeededFor,
  largestTried,
  momentError,
  notCarried,
  type Carried,
} from "../src/laws/carried.js";
import type { LawOrDensity } from "../src/laws/law.js";
import type { Evolution, HarmonicTransform, Model, Scheme } from "../src/types.js";
import { movedPoints } from "./particles.js";

export interface Characteristics {
  readonly model: Model;
  readonly scheme: Scheme;
  readonly transform: HarmonicTransform;
  /** The initial law, or its density with respect to the surface measure, of integral one. */
  readonly density: LawOrDensity;
}

/**
 * The law by its characteristics: one particle on each quadrature node, with weight rho_0 * (quadrature weight), moved
 * by a particle scheme. Given the common noise the mean-field limit is a deterministic pushforward of the initial
 * density, so this is spectrally accurate in the number of nodes, and independent of the density solver.
 *
 * The nodes are the transform's where they carry the initial law: mass and moments (l <= 4) right to 1e-6, held against
 * the law's own by other means. Where they do not, a law that has a quadrature of its own starts from that, with at least
 * as many nodes or so, and the diagnostics say it. Any other is refused with a RangeError that names the mass found and
 * the degree it would take. The error of the mass is kept as it is and reported.
 */
export function characteristics(options: Characteristics): Evolution {
  checkOptions("characteristics", options, {
    model: MODEL,
    scheme: SCHEME,
    transform: "object",
    density: DENSITY,
  });
  const { model, scheme, transform, density } = options;
  const { law, mass, error, adapted } = start(transform, density);
  const evolution = movedPoints({ model, scheme, initial: law }, "quadrature");
  return {
    ...evolution,
    diagnostics: () => ({
      ...evolution.diagnostics(),
      nodes: law.count,
      mass,
      momentError: error,
      ...(adapted && { quadrature: "adapted to the initial law" }),
    }),
  };
}

const DENSITY: Shape = {
  what: "a density, or an initial law that has one",
  members: { density: "function" },
  orFunction: true,
};

/** The initial law on the transform's nodes where they carry it, else on its own. */
function start(transform: HarmonicTransform, density: LawOrDensity): Carried & { adapted: boolean } {
  const usual = carriedBy(transform, density);
  if (usual.error <= CARRIES) return { ...usual, adapted: false };
  const law = typeof density === "function" ? undefined : density.quadrature?.(transform.count);
  if (!law) {
    const degree = degreeNeededFor(transform, (finer) => carriedBy(finer, density).error <= CARRIES);
    const want =
      degree === null
        ? `no degree up to ${largestTried(transform.dimension)} mends that; want a density of integral one that is ` +
          `wide enough, or an initial law with a quadrature of its own`
        : `want degree ${degree} or more`;
    throw new RangeError(
      `characteristics: the initial density is not carried by degree ${transform.lmax}: ${notCarried(usual)}; ${want}`,
    );
  }
  const fitted: Carried = {
    law,
    mass: law.weights.reduce((sum, w) => sum + w, 0),
    error: momentError(law, density),
  };
  if (fitted.error <= CARRIES) return { ...fitted, adapted: true };
  throw new RangeError(
    `characteristics: the initial law's own quadrature does not carry it: ${notCarried(fitted)}`,
  );
}
