import { planFourier, powerOfTwo } from "../numerics/fft.js";
import { gaussLegendre } from "../numerics/gauss-legendre.js";
import { BLOCK, legendreTable } from "./kernels/legendre.js";
import { sumDegrees, sumLatitudes } from "./kernels/latitude-sums.js";
import { ringsToSpectrum, spectrumToRings } from "./ring-spectrum.js";
import { turn } from "../numerics/turn.js";

/**
 * Scalar transforms of any degree up to `degree` on a Gauss-Legendre grid. Values may be one component of a field:
 * the value at node i stands at values[i * stride + component].
 */
export interface SphereGrid {
  readonly latitudes: number;
  readonly longitudes: number;
  /** [count,3], latitude by latitude from the north, longitudes from 0. */
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  synthesis(
    degree: number,
    coefficients: Float64Array,
    out: Float64Array,
    stride: number,
    component: number,
  ): void;
  analysis(degree: number, values: Float64Array, stride: number, component: number, out: Float64Array): void;
}

/** `latitudes` is rounded up to whole blocks on either side of the equator, `longitudes` to a power of two. */
export function planSphereGrid(
  degree: number,
  latitudesWanted: number,
  longitudesWanted: number,
): SphereGrid {
  const latitudes = Math.ceil(latitudesWanted / (2 * BLOCK)) * 2 * BLOCK;
  const longitudes = powerOfTwo(longitudesWanted);
  const pairs = latitudes / 2;
  const gauss = gaussLegendre(latitudes);
  const table = legendreTable(degree, gauss.nodes.slice(0, pairs), gauss.tails.slice(0, pairs));
  const fourier = planFourier(longitudes);
  const { nodes, weights } = placeNodes(latitudes, longitudes, gauss.nodes, gauss.weights);
  const packed = new Float64Array((degree + 1) * (degree + 2));
  const rings = new Float64Array((degree + 1) * pairs * 4);
  const from = new Float64Array(2 * longitudes);
  const to = new Float64Array(2 * longitudes);

  return {
    latitudes,
    longitudes,
    nodes,
    weights,

    synthesis(top, coefficients, out, stride, component) {
      pack(top, coefficients, packed);
      sumDegrees(table, top, packed, rings);
      for (let j = 0; j < pairs; j++) {
        ringsToSpectrum(rings, top, pairs, j, longitudes, from);
        fourier.transform(to, from);
        let north = j * longitudes * stride + component;
        let south = (latitudes - 1 - j) * longitudes * stride + component;
        for (let k = 0; k < 2 * longitudes; k += 2) {
          out[south] = to[k];
          out[north] = to[k + 1];
          north += stride;
          south += stride;
        }
      }
    },

    analysis(top, values, stride, component, out) {
      for (let j = 0; j < pairs; j++) {
        const weight = weights[j * longitudes];
        let north = j * longitudes * stride + component;
        let south = (latitudes - 1 - j) * longitudes * stride + component;
        for (let k = 0; k < 2 * longitudes; k += 2) {
          from[k] = weight * values[north];
          from[k + 1] = weight * values[south];
          north += stride;
          south += stride;
        }
        fourier.transform(to, from);
        spectrumToRings(to, top, pairs, j, longitudes, rings);
      }
      sumLatitudes(table, top, rings, packed);
      unpack(top, packed, out);
    },
  };
}

function placeNodes(latitudes: number, longitudes: number, z: Float64Array, gaussWeights: Float64Array) {
  const nodes = new Float64Array(latitudes * longitudes * 3);
  const weights = new Float64Array(latitudes * longitudes);
  for (let k = 0; k < longitudes; k++) {
    const [cosine, sine] = turn(k, longitudes);
    for (let j = 0; j < latitudes; j++) {
      const i = j * longitudes + k;
      const radius = Math.sqrt((1 - z[j]) * (1 + z[j]));
      nodes[3 * i] = radius * cosine;
      nodes[3 * i + 1] = radius * sine;
      nodes[3 * i + 2] = z[j];
      weights[i] = (gaussWeights[j] * 2 * Math.PI) / longitudes;
    }
  }
  return { nodes, weights };
}

/** Coefficients at l*l + l + m, to (cosine, sine) pairs order by order. */
function pack(degree: number, coefficients: Float64Array, packed: Float64Array): void {
  let at = 0;
  for (let m = 0; m <= degree; m++) {
    for (let l = m; l <= degree; l++) {
      const centre = l * l + l;
      packed[at] = coefficients[centre + m];
      packed[at + 1] = m === 0 ? 0 : coefficients[centre - m];
      at += 2;
    }
  }
}

function unpack(degree: number, packed: Float64Array, out: Float64Array): void {
  let at = 0;
  for (let m = 0; m <= degree; m++) {
    for (let l = m; l <= degree; l++) {
      const centre = l * l + l;
      if (m > 0) out[centre - m] = packed[at + 1];
      out[centre + m] = packed[at];
      at += 2;
    }
  }
}
