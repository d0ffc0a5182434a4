import { vectorOf, type NumbersLike } from "../numerics/rows.js";
import { planHarmonics } from "../spectral/harmonics.js";
import type { LatLonRaster } from "./lat-lon.js";

/** A density by its harmonics, in the order of the transforms. What `fokkerPlanck` evolves is one as it is. */
export interface HarmonicDensity {
  readonly transform: { readonly dimension: 2 | 3; readonly lmax: number };
  /** [size] */
  readonly coefficients: NumbersLike;
}

export const isHarmonic = (given: object): given is HarmonicDensity =>
  "transform" in given && "coefficients" in given;

/**
 * A density on the circle as a function of the angle. Throws a RangeError for one on the sphere, and for coefficients
 * that do not belong to the degree.
 */
export function densityOfAngle(density: HarmonicDensity): (angle: number) => number {
  const { dimension, lmax } = density.transform;
  if (dimension !== 2) throw new RangeError("density: lives on the sphere; draw it with sphereMap");
  const { size, values } = planHarmonics(2, lmax);
  const coefficients = vectorOf("density.coefficients", density.coefficients, size);
  const at = new Float64Array(size);
  return (angle) => {
    values(Float64Array.of(Math.cos(angle), Math.sin(angle)), 0, at);
    return at.reduce((sum, Y, q) => sum + coefficients[q] * Y, 0);
  };
}

/** Rows of a raster at least: one and a half degrees each. */
const LEAST_ROWS = 120;

/**
 * A density on the sphere on a grid of latitudes and longitudes: `rows` of them and twice as many columns, ten points to
 * the shortest wavelength unless given. Latitude by latitude its Legendre sums are taken once for all longitudes. Throws
 * a RangeError for a density on the circle, and for coefficients that do not belong to the degree.
 */
export function latLonDensity(density: HarmonicDensity, rows?: number): LatLonRaster {
  const { dimension, lmax } = density.transform;
  if (dimension !== 3) throw new RangeError("density: lives on the circle; draw it with circleMap");
  const height = rows ?? Math.max(LEAST_ROWS, 5 * lmax);
  const columns = 2 * height;
  const { size, values } = planHarmonics(3, lmax);
  const coefficients = vectorOf("density.coefficients", density.coefficients, size);
  const turns = Array.from({ length: columns }, (_, c) => waves(((c + 0.5) * 2 * Math.PI) / columns, lmax));
  const meridian = new Float64Array(size);
  const amplitudes = new Float64Array(2 * lmax + 1);
  const drawn = new Float64Array(height * columns);
  for (let r = 0; r < height; r++) {
    const colatitude = ((r + 0.5) * Math.PI) / height;
    values(Float64Array.of(Math.sin(colatitude), 0, Math.cos(colatitude)), 0, meridian);
    amplitudes.fill(0);
    for (let l = 0; l <= lmax; l++) {
      // On the meridian of longitude zero the cosine of order m is what the sine of that order is a quarter turn on.
      for (let m = -l; m <= l; m++)
        amplitudes[lmax + m] += coefficients[l * l + l + m] * meridian[l * l + l + Math.abs(m)];
    }
    turns.forEach((turn, c) => {
      let sum = 0;
      for (let k = 0; k < turn.length; k++) sum += amplitudes[k] * turn[k];
      drawn[r * columns + c] = sum;
    });
  }
  return { rows: height, columns, values: drawn };
}

/** sin(|m| longitude) for m = -lmax..-1, then cos(m longitude) for m = 0..lmax. */
const waves = (longitude: number, lmax: number): Float64Array =>
  Float64Array.from({ length: 2 * lmax + 1 }, (_, k) =>
    k < lmax ? Math.sin((lmax - k) * longitude) : Math.cos((k - lmax) * longitude),
  );
