import ndarray, { type NdArray } from "ndarray";
import ops from "ndarray-ops";
import { requireSameShape } from "./same-shape.js";

/** Running means over paths of arrays of one shape. */
export interface ArrayEnsemble {
  /** Paths added so far. */
  readonly count: number;
  /** One more path. Throws a RangeError when the shape is not the first one's, or a number is not finite. */
  add(array: NdArray): void;
  /** The mean, in the shape of what was added. Throws a RangeError before the first path. */
  mean(): NdArray<Float64Array>;
  /** Standard errors of the mean from the unbiased variance; infinite below two paths. */
  standardError(): NdArray<Float64Array>;
}

/**
 * Mean and standard error over an ensemble of whole arrays: points [n,d] or states [times,n,d] path by path, coefficients
 * [size], series [times,names]. Welford's updates (Technometrics 4, 1962): no cancellation, and no path is kept.
 */
export function arrayEnsemble(): ArrayEnsemble {
  let count = 0;
  let sums: { mean: NdArray<Float64Array>; squares: NdArray<Float64Array> } | undefined;
  const present = () => {
    if (!sums) throw new RangeError("arrayEnsemble: no path is in yet; call add first");
    return sums;
  };
  return {
    get count() {
      return count;
    },
    add(array) {
      sums ??= { mean: zeros(array.shape), squares: zeros(array.shape) };
      const { mean, squares } = sums;
      requireSameShape("arrayEnsemble", array, mean.shape);
      if (!Number.isFinite(ops.sum(array)))
        throw new RangeError(`arrayEnsemble: path ${count} has a number that is not finite`);
      count++;
      const before = zeros(mean.shape);
      const after = zeros(mean.shape);
      ops.sub(before, array, mean);
      ops.muls(after, before, 1 / count);
      ops.addeq(mean, after);
      ops.sub(after, array, mean);
      ops.muleq(after, before);
      ops.addeq(squares, after);
    },
    mean() {
      const out = zeros(present().mean.shape);
      ops.assign(out, present().mean);
      return out;
    },
    standardError() {
      const out = zeros(present().squares.shape);
      if (count < 2) ops.assigns(out, Infinity);
      else {
        ops.muls(out, present().squares, 1 / (count - 1) / count);
        ops.sqrteq(out);
      }
      return out;
    },
  };
}

const zeros = (shape: readonly number[]): NdArray<Float64Array> =>
  ndarray(new Float64Array(shape.reduce((product, size) => product * size, 1)), [...shape]);
