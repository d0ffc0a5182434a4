import type { Observable } from "../types.js";
import { clusterCount } from "./cluster-count.js";
import { coordinateMean } from "./coordinate-mean.js";
import { harmonicMoment } from "./harmonic-moment.js";
import { meanOverlap } from "./mean-overlap.js";
import { orderParameter } from "./order-parameter.js";
import { overlap } from "./overlap.js";
import { secondMoment } from "./second-moment.js";
import { zonalMoment } from "./zonal-moment.js";

const WANTED =
  'want "overlap" (tokens 0 and 1), "overlap:i,j", "mean-overlap", "order-parameter", "clusters", "clusters:threshold", ' +
  '"coordinate:a", "second-moment", ' +
  '"moment:l,m" (d = 2 or 3) or "zonal:l" (about the last axis)';

/**
 * The observable a configuration names, for laws in R^dimension. A RangeError for an unknown name lists the right ones;
 * wrong numbers (a moment of order above its degree) get the observable's own sentence.
 */
export function parseObservable(name: string, dimension: number): Observable {
  const [kind, rest] = name.split(/:(.*)/s);
  const numbers = rest === undefined ? [] : rest.split(",").map((s) => (/\d/.test(s) ? Number(s) : NaN));
  const [first, second] = numbers;
  if (numbers.every(Number.isFinite)) {
    switch (`${kind} ${numbers.length}`) {
      case "overlap 0":
        return overlap(0, 1);
      case "overlap 2":
        return overlap(first, second);
      case "mean-overlap 0":
        return meanOverlap;
      case "order-parameter 0":
        return orderParameter;
      case "coordinate 1":
        return coordinateMean(first);
      case "second-moment 0":
        return secondMoment;
      case "clusters 0":
        return clusterCount();
      case "clusters 1":
        return clusterCount(first);
      case "moment 2":
        return harmonicMoment(dimension, first, second);
      case "zonal 1":
        return zonalMoment(first, lastAxis(dimension));
    }
  }
  throw new RangeError(`observable "${name}" is not known: ${WANTED}`);
}

function lastAxis(dimension: number): Float64Array {
  const axis = new Float64Array(dimension);
  axis[dimension - 1] = 1;
  return axis;
}
