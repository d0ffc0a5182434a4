import { asin } from "../numerics/arcsine.js";
import { exp } from "../numerics/exp.js";
import { gaussLegendre } from "../numerics/gauss-legendre.js";
import { cos, sin } from "../numerics/sine-cosine.js";
import { square } from "../numerics/square.js";
import { turn } from "../numerics/turn.js";

/** Beyond this many e-foldings below its maximum a density has no mass in double precision. */
const NEGLIGIBLE = 40;

/** Least numbers of nodes, with which integrals of smooth functions are good to about ten digits whatever kappa. */
const FEWEST = { circle: 48, latitudes: 24, longitudes: 24 };

/** Part of a turn by which each ring starts after the one before: the golden ratio's, so that no two rings line up. */
const GOLDEN_PART = (Math.sqrt(5) - 1) / 2;

/**
 * About n nodes [count,d] with weights >= 0 that sum to one, for the von Mises-Fisher law with mean e_1 on the circle or
 * the sphere: a product rule about the mean over the part that carries mass, so that it is as good for a narrow bump as
 * for a wide one. d = 2: equispaced angles, which is spectrally accurate since the density is periodic or has vanished at
 * both ends. d = 3: Gauss-Legendre in s = 1 - <mean, x>, where the surface measure is flat, times equispaced azimuths.
 * The weights come from the exponential alone, not from its normalising constant.
 */
export function polarRule(
  d: 2 | 3,
  kappa: number,
  n: number,
): { points: Float64Array; weights: Float64Array } {
  const reach = Math.min(2, NEGLIGIBLE / kappa);
  const rule = d === 2 ? arc(kappa, reach, Math.max(FEWEST.circle, n)) : cap(kappa, reach, n);
  const sum = rule.weights.reduce((s, w) => s + w, 0);
  return { ...rule, weights: rule.weights.map((w) => w / sum) };
}

/** Equispaced angles where 1 - cos(angle) <= reach. */
function arc(kappa: number, reach: number, n: number): { points: Float64Array; weights: Float64Array } {
  const points = new Float64Array(2 * n);
  const weights = new Float64Array(n);
  const end = 2 * asin(Math.sqrt(reach / 2));
  for (let j = 0; j < n; j++) {
    const angle = (end * (2 * j + 1 - n)) / n;
    points[2 * j] = cos(angle);
    points[2 * j + 1] = sin(angle);
    weights[j] = exp(-2 * kappa * square(sin(angle / 2)));
  }
  return { points, weights };
}

/** Rings at the Gauss-Legendre nodes of s on [0, reach]. */
function cap(kappa: number, reach: number, n: number): { points: Float64Array; weights: Float64Array } {
  const latitudes = Math.max(FEWEST.latitudes, Math.round(Math.sqrt(n / 2)));
  const longitudes = Math.max(FEWEST.longitudes, Math.round(n / latitudes));
  const gauss = gaussLegendre(latitudes);
  const points = new Float64Array(3 * latitudes * longitudes);
  const weights = new Float64Array(latitudes * longitudes);
  for (let j = 0; j < latitudes; j++) {
    const s = (reach * (1 - gauss.nodes[j])) / 2;
    const radius = Math.sqrt(s * (2 - s));
    const first = (j * GOLDEN_PART) % 1;
    for (let k = 0; k < longitudes; k++) {
      const i = j * longitudes + k;
      const [cosine, sine] = turn((k + first) % longitudes, longitudes);
      points[3 * i] = 1 - s;
      points[3 * i + 1] = radius * cosine;
      points[3 * i + 2] = radius * sine;
      weights[i] = gauss.weights[j] * exp(-kappa * s);
    }
  }
  return { points, weights };
}
