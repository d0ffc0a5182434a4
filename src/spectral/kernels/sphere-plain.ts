import { planFourier } from "../../numerics/fft.js";
import { sumDegrees, sumLatitudes } from "./latitude-sums.js";
import { BLOCK } from "./legendre.js";
import { clearRings, ringsToSpectrum, spectrumToRings } from "./ring-spectrum.js";
import {
  fillSphereArrays,
  sphereSizes,
  type SphereArrays,
  type SphereKernel,
  type SphereShape,
} from "./sphere-arrays.js";

/** Legendre sums in latitude, Fourier transforms in longitude, one field and one pair of latitudes after the other. */
export function planPlainSphere(shape: SphereShape): SphereKernel {
  const { longitudes } = shape;
  const latitudes = shape.gauss.nodes.length;
  const arrays = Object.fromEntries(
    Object.entries(sphereSizes(shape)).map(([name, size]) => [name, new Float64Array(size)]),
  ) as unknown as SphereArrays;
  const { evenWeights, oddWeights } = arrays;
  const table = fillSphereArrays(shape, arrays);
  const { blocks } = table;
  const fourier = planFourier(longitudes);
  const sums = new Float64Array(4 * (shape.degree + 2));
  const rings = new Float64Array(16 * blocks * (shape.degree + 1));
  const from = new Float64Array(2 * longitudes);
  const to = new Float64Array(2 * longitudes);

  return {
    synthesis(degree, fields, coefficients, values) {
      const size = (degree + 1) * (degree + 1);
      for (let field = 0; field < fields; field++) {
        sumDegrees(table, degree, coefficients.subarray(field * size, (field + 1) * size), sums, rings);
        for (let j = 0; j < latitudes / 2; j++) {
          ringsToSpectrum(rings, degree, blocks, j, longitudes, from);
          fourier.transform(to, from);
          let north = j * longitudes * fields + field;
          let south = (latitudes - 1 - j) * longitudes * fields + field;
          for (let k = 0; k < 2 * longitudes; k += 2) {
            values[south] = to[k];
            values[north] = to[k + 1];
            north += fields;
            south += fields;
          }
        }
      }
    },

    analysis(degree, fields, values, coefficients) {
      const size = (degree + 1) * (degree + 1);
      for (let field = 0; field < fields; field++) {
        for (let j = 0; j < latitudes / 2; j++) {
          let north = j * longitudes * fields + field;
          let south = (latitudes - 1 - j) * longitudes * fields + field;
          for (let k = 0; k < 2 * longitudes; k += 2) {
            from[k] = values[north];
            from[k + 1] = values[south];
            north += fields;
            south += fields;
          }
          fourier.transform(to, from);
          spectrumToRings(to, degree, blocks, j, longitudes, evenWeights[j], oddWeights[j], rings);
        }
        for (let j = latitudes / 2; j < BLOCK * blocks; j++) clearRings(rings, degree, blocks, j);
        sumLatitudes(table, degree, rings, sums, coefficients.subarray(field * size, (field + 1) * size));
      }
    },
  };
}
