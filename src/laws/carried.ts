import { planHarmonics } from "../spectral/harmonics.js";
import { planTransform } from "../spectral/plan-transform.js";
import type { TensorTransform } from "../spectral/tensor-transform.js";
import type { HarmonicTransform, Measure } from "../types.js";
import type { LawOrDensity } from "./law.js";
import { polarRule } from "./polar-rule.js";
import { quadratureLaw } from "./quadrature.js";
import { turnTo } from "./turn-to.js";

/** A law on nodes. */
export interface Carried {
  readonly law: Measure;
  /** The sum of the weights. */
  readonly mass: number;
  /** How far the mass is from one, or a harmonic moment of degree 1 to 4 from the law's own: the larger. */
  readonly error: number;
}

/** Nodes carry a law when the error is at most this. */
export const CARRIES = 1e-6;

/** Moments up to this degree are compared. */
const COMPARED = 4;

/** No axis of any grid: nodes turned there share no symmetry with those of a transform. */
const AXIS = { 2: Float64Array.of(0.28, 0.96), 3: Float64Array.of(0.48, 0.6, 0.64) };

/**
 * A law on a transform's nodes, with the weights density * quadrature weight. Its own moments are by formula where the law
 * knows them, else on four times as many nodes, of its own quadrature or about another axis: a narrow bump that one set of
 * nodes misses or hits is not seen alike by the other, and one that both miss leaves no mass. Throws a RangeError where the
 * law has no density, or a value of it is not finite.
 */
export function carriedBy({ nodes, weights }: HarmonicTransform, law: LawOrDensity): Carried {
  const density = densityFunction(law);
  const carried = quadratureLaw(nodes, weights, density);
  return { ...carried, error: momentError(carried.law, law) };
}

/** How far a measure is from a law: the error of its mass or of a moment up to degree 4, the larger. NaN where one is. */
export function momentError(measure: Measure, law: LawOrDensity): number {
  const own = ownMoments(law, measure);
  const found = momentsOf(measure);
  const mass = measure.weights.reduce((sum, w) => sum + w, 0);
  return found.reduce((most, v, q) => Math.max(most, Math.abs(v - own[q])), Math.abs(mass - 1));
}

/**
 * The first degree, doubling from that of `transform`, whose transform is accepted; null past 511 on the circle and 127 on
 * the sphere, where nodes grow too many.
 */
export function degreeNeededFor(
  { dimension, lmax }: HarmonicTransform,
  accepts: (finer: TensorTransform) => boolean,
): number | null {
  const limit = largestTried(dimension);
  for (let degree = lmax; degree < limit;) {
    degree = Math.min(limit, 2 * degree + 1);
    if (accepts(planTransform(dimension, degree))) return degree;
  }
  return null;
}

/** The largest degree that `degreeNeededFor` tries. */
export const largestTried = (dimension: 2 | 3): number => (dimension === 2 ? 511 : 127);

/** What is wrong with a law on nodes, as a clause with numbers. */
export function notCarried({ mass, error }: Pick<Carried, "mass" | "error">): string {
  return Math.abs(mass - 1) <= CARRIES
    ? `its moments up to degree ${COMPARED} are off by ${error.toPrecision(2)} on the nodes (at most ${CARRIES})`
    : `its mass on the nodes is ${Number(mass.toPrecision(6))} instead of 1`;
}

/** The density of a law. Throws a RangeError where it has none. */
export function densityFunction(law: LawOrDensity): (x: Float64Array, offset: number) => number {
  if (typeof law === "function") return law;
  if (!law.density)
    throw new RangeError(`density: the law "${law.name}" has none; want a law with a density`);
  return (x, offset) => law.density!(x, offset);
}

function momentsOf(measure: Measure): Float64Array {
  const harmonics = planHarmonics(measure.dimension, COMPARED);
  const out = new Float64Array(harmonics.size);
  harmonics.moments(measure, out);
  return out;
}

function ownMoments(law: LawOrDensity, { dimension, count }: Measure): Float64Array {
  if (typeof law !== "function") {
    if (law.moments) return law.moments(COMPARED);
    if (law.quadrature) return momentsOf(law.quadrature(4 * count));
  }
  if (dimension !== 2 && dimension !== 3)
    throw new RangeError(`moments: dimension ${dimension} has no harmonics here, want 2 or 3`);
  const { points, weights } = polarRule(dimension, 0, 4 * count);
  for (let o = 0; o < points.length; o += dimension) {
    turnTo(AXIS[dimension], points.subarray(o, o + dimension));
  }
  const area = 2 * (dimension - 1) * Math.PI;
  const finer = quadratureLaw(
    points,
    weights.map((w) => area * w),
    densityFunction(law),
  );
  return momentsOf(finer.law);
}
