import { fittingLength } from "../numerics/fft.js";
import { planSeries } from "../numerics/fourier-series.js";
import { turn } from "../numerics/turn.js";

/** Fourier series on equally spaced nodes from angle 0, in the order of the harmonics (see `planCircle`). */
export interface CircleGrid {
  readonly count: number;
  /** [count,2] */
  readonly nodes: Float64Array;
  /** [count] */
  readonly weights: Float64Array;
  analysis(values: Float64Array, out: Float64Array): void;
  synthesis(coefficients: Float64Array, out: Float64Array): void;
}

/** The harmonics are 1/sqrt(2 pi), then sine and cosine over sqrt(pi). */
const FIRST = 1 / Math.sqrt(2 * Math.PI);
const OTHER = 1 / Math.sqrt(Math.PI);

/** `countWanted` is rounded up to 2^k or 3 * 2^k, at least 2. */
export function planCircleGrid(lmax: number, countWanted: number): CircleGrid {
  const count = fittingLength(countWanted);
  const fourier = planSeries(count);
  const from = new Float64Array(2 * count);
  const to = new Float64Array(2 * count);
  const nodes = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) nodes.set(turn(i, count), 2 * i);
  const weight = (2 * Math.PI) / count;

  return {
    count,
    nodes,
    weights: new Float64Array(count).fill(weight),

    analysis(values, out) {
      for (let i = 0; i < count; i++) {
        from[2 * i] = values[i];
        from[2 * i + 1] = 0;
      }
      fourier.transform(to, from);
      out[0] = weight * FIRST * to[0];
      for (let l = 1; l <= lmax; l++) {
        out[2 * l - 1] = -weight * OTHER * to[2 * l + 1];
        out[2 * l] = weight * OTHER * to[2 * l];
      }
    },

    synthesis(coefficients, out) {
      // c cos + s sin = Re (c - i s) e^{i l t}: the real part of the conjugate transform of c + i s
      from.fill(0);
      from[0] = FIRST * coefficients[0];
      for (let l = 1; l <= lmax; l++) {
        from[2 * l] = OTHER * coefficients[2 * l];
        from[2 * l + 1] = OTHER * coefficients[2 * l - 1];
      }
      fourier.transform(to, from);
      for (let i = 0; i < count; i++) out[i] = to[2 * i];
    },
  };
}
