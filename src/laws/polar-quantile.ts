import { asin } from "../numerics/arcsine.js";
import { bisect } from "../numerics/bisect.js";
import { exp } from "../numerics/exp.js";
import { expm1 } from "../numerics/expm1.js";
import { hypot } from "../numerics/hypot.js";
import { log } from "../numerics/log.js";
import { log1p } from "../numerics/log1p.js";
import { sin } from "../numerics/sine-cosine.js";
import { square } from "../numerics/square.js";
import { checkKappa } from "./von-mises-fisher.js";

const CELLS = 4096;

/** Beyond this many e-foldings below its maximum a density is nothing in double precision. */
const NEGLIGIBLE = 45;

/**
 * The quantile function of the angle theta in [0, pi] between a von Mises-Fisher point of R^d and its mean, whose density
 * is proportional to exp(kappa (cos theta - 1)) sin^{d-2} theta. Closed form for d = 3.
 */
export function polarQuantile(d: number, kappa: number): (u: number) => number {
  checkKappa(kappa);
  if (d !== 3) return tabulated(d, kappa);
  const defect = ulrich(kappa);
  return (u) => 2 * asin(Math.sqrt(defect(u) / 2));
}

/**
 * The quantile function of s = 1 - cos theta for d = 3, whose distribution function is
 * (1 - e^{-kappa s}) / (1 - e^{-2 kappa}) on [0, 2] (Ulrich, Applied Statistics 33, 1984).
 */
export function ulrich(kappa: number): (u: number) => number {
  checkKappa(kappa);
  const all = -expm1(-2 * kappa);
  return (u) => (kappa < 1e-12 ? 2 * u : Math.min(2, -log1p(-u * all) / kappa));
}

/**
 * Any d: the mass of equal cells over the angles that carry any, by Boole's rule, then within the cell found a Newton
 * iteration on the same rule (relative error about (cell width / density width)^7, below 1e-12).
 */
export function tabulated(d: number, kappa: number): (u: number) => number {
  const logDensity = (theta: number): number =>
    -2 * kappa * square(sin(theta / 2)) + (d > 2 ? (d - 2) * log(sin(theta)) : 0);
  const mode = modeOf(d, kappa);
  const peak = logDensity(mode);
  const matters = (theta: number): boolean => !(logDensity(theta) - peak < -NEGLIGIBLE);
  const edge = (far: number): number => (matters(far) ? far : bisect(matters, mode, far)[1]);
  const start = edge(0);
  /* Doubled until nothing is left: halving the whole half-turn would not find a width of 1e-150. */
  let far = Math.min(Math.PI, Math.max(mode, 1 / Math.sqrt(kappa)));
  while (far < Math.PI && matters(far)) far = Math.min(Math.PI, 2 * far);
  const width = (edge(far) - start) / CELLS;
  const density = (theta: number): number => exp(logDensity(theta) - peak);
  const boole = (a: number, b: number): number => {
    const h = (b - a) / 4;
    const [f0, f1, f2, f3, f4] = [0, 1, 2, 3, 4].map((k) => density(a + k * h));
    return ((2 * h) / 45) * (7 * f0 + 32 * f1 + 12 * f2 + 32 * f3 + 7 * f4);
  };
  const below = new Float64Array(CELLS + 1);
  for (let c = 0; c < CELLS; c++) below[c + 1] = below[c] + boole(start + c * width, start + (c + 1) * width);
  return (u) => {
    const mass = u * below[CELLS];
    let [low, high] = [0, CELLS];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (below[middle] <= mass) low = middle;
      else high = middle;
    }
    const a = start + low * width;
    let theta = a + (width * (mass - below[low])) / (below[high] - below[low]);
    for (let k = 0; k < 20; k++) {
      const next = theta - (below[low] + boole(a, theta) - mass) / density(theta);
      const step = Math.min(a + width, Math.max(a, next)) - theta;
      theta += step;
      if (!(Math.abs(step) > 1e-15 * theta)) break;
    }
    return theta;
  };
}

/**
 * The angle where kappa sin^2 theta = (d - 2) cos theta, from 1 - cos theta = a (1 + a / (h + 2 kappa)) / (a + h) with
 * a = d - 2 and h = |(a, 2 kappa)|, which keeps its digits when kappa is large.
 */
function modeOf(d: number, kappa: number): number {
  const a = d - 2;
  if (a === 0) return 0;
  const h = hypot(a, 2 * kappa);
  return 2 * asin(Math.sqrt((a * (1 + a / (h + 2 * kappa))) / (a + h) / 2));
}
