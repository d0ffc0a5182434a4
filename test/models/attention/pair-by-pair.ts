import type { Measure } from "../../../src/types.js";

/** What an oracle can be made to forget. */
export type Fault = "beta" | "the mean" | "half of the score" | "the weights";

/** Softmax barycentres and their derivatives as the formulas read, one pair after the other. */
export function pairByPair(law: Measure, A: Float64Array, beta: number, fault?: Fault) {
  const { count: n, dimension: d, points: y, weights } = law;
  const w = fault === "the weights" ? weights.map(() => 1 / n) : weights;
  const factor = fault === "beta" ? 1 : beta;
  const of = (v: Float64Array, o: number): Float64Array => v.subarray(o * d, (o + 1) * d);
  const dot = (u: Float64Array, v: Float64Array): number => u.reduce((s, x, a) => s + x * v[a], 0);
  const image = (v: Float64Array): Float64Array => v.map((_, a) => dot(of(A, a), v));
  const transposed = (v: Float64Array): Float64Array =>
    v.map((_, b) => v.reduce((s, x, a) => s + x * A[a * d + b], 0));
  const Ax = Array.from({ length: n }, (_, i) => image(of(y, i)));
  const p = Ax.map((u) => {
    const scores = Float64Array.from(w, (_, j) => beta * dot(u, of(y, j)));
    const most = scores.reduce((s, v, j) => (w[j] === 0 ? s : Math.max(s, v)), -Infinity);
    const powers = scores.map((s, j) => (w[j] === 0 ? 0 : w[j] * Math.exp(s - most)));
    const Z = powers.reduce((s, v) => s + v, 0);
    return powers.map((v) => v / Z);
  });
  const average = (i: number, f: (j: number) => Float64Array): Float64Array => {
    const sum = new Float64Array(d);
    for (let j = 0; j < n; j++) f(j).forEach((v, a) => (sum[a] += p[i][j] * v));
    return sum;
  };
  const m = p.map((_, i) => average(i, (j) => of(y, j)));
  const centred = (i: number, j: number): Float64Array =>
    of(y, j).map((v, a) => v - (fault === "the mean" ? 0 : m[i][a]));
  const tangent = (j: number, v: Float64Array): Float64Array => {
    const s = dot(of(y, j), v);
    return v.map((x, a) => x - s * y[j * d + a]);
  };
  const rows = (row: (i: number) => Float64Array): Float64Array =>
    Float64Array.from(p.flatMap((_, i) => [...row(i)]));

  const derivative = (delta: Float64Array): Float64Array =>
    rows((i) => {
      const moved = image(of(delta, i));
      return average(i, (j) => {
        const own = fault === "half of the score" ? 0 : dot(moved, of(y, j));
        const s = factor * (own + dot(Ax[i], of(delta, j)));
        return centred(i, j).map((v, a) => delta[j * d + a] + s * v);
      });
    });

  return {
    means: rows((i) => m[i]),
    /** The largest sum of the weights' sizes: one, unless some are negative. */
    condition: Math.max(...p.map((row) => row.reduce((s, v) => s + Math.abs(v), 0))),
    derivative,
    selfDerivative: () =>
      rows((i) => {
        const covariance = average(i, (j) => centred(i, j).map((v) => v * dot(centred(i, j), m[i])));
        const last = transposed(covariance);
        return average(i, (j) => {
          const s = factor * dot(centred(i, j), m[j]);
          const [own, turned] = [tangent(j, m[j]), tangent(j, Ax[i])];
          return own.map((v, a) => v + s * turned[a]);
        }).map((v, a) => v + (fault === "half of the score" ? 0 : factor * last[a]));
      }),
    tracedDerivative: (directions: readonly Float64Array[]): Float64Array => {
      const out = new Float64Array(n * d);
      directions.forEach((D, e) => {
        const moved = derivative(D);
        for (let i = 0; i < n; i++) out[i * d + Math.floor(e / d)] += moved[i * d + (e % d)];
      });
      return out;
    },
  };
}
