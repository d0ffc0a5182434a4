import { fittingLength } from "../numerics/fft.js";
import { gaussLegendre } from "../numerics/gauss-legendre.js";
import { turn } from "../numerics/turn.js";
import type { SphereKernel } from "./kernels/sphere-arrays.js";
import { planSphereKernel } from "./kernels/sphere-kernel.js";

/** Scalar transforms of any degree up to `degree`, of up to `fields` fields at once, on a Gauss-Legendre grid. */
export interface SphereGrid extends SphereKernel {
  readonly latitudes: number;
  readonly longitudes: number;
  /** [count,3], latitude by latitude from the north, longitudes from 0. */
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Two pairs of latitudes go together. */
const TOGETHER = 4;

/** `latitudes` is rounded up to a multiple of 4, `longitudes` to 2^k or 3 * 2^k, at least 4. */
export function planSphereGrid(
  degree: number,
  latitudesWanted: number,
  longitudesWanted: number,
  fields: number,
): SphereGrid {
  const latitudes = Math.ceil(latitudesWanted / TOGETHER) * TOGETHER;
  const longitudes = fittingLength(Math.max(4, longitudesWanted));
  const gauss = gaussLegendre(latitudes);
  return {
    latitudes,
    longitudes,
    ...placeNodes(latitudes, longitudes, gauss.nodes, gauss.weights),
    ...planSphereKernel({ degree, gauss, longitudes, fields }),
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
