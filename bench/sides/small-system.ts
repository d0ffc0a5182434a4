import {
  affine,
  brownian,
  defineModel,
  eulerMaruyama,
  milstein,
  particles,
  simulate,
  tableNoise,
  type CommonNoise,
  type Evolution,
} from "commonnoise";
import { serve } from "./serve.js";

/**
 * dX = -X dt + sum_k (e_k x X) dW^k in R^3 from (0,0,1) to time 1: N, steps, and who does it. "loop" and "batch" are what one
 * would write by hand around the callbacks of "pointwise" and "ensemble", with the same noise.
 */
const [n, steps] = process.argv.slice(2, 4).map(Number);
const kind = process.argv[4];
const points = Float64Array.from({ length: 3 * n }, (_, i) => (i % 3 === 2 ? 1 : 0));
const law = { count: n, dimension: 3, points, weights: new Float64Array(n).fill(1 / n) };
const noiseOf = (path: number): CommonNoise =>
  brownian({
    seed: "small",
    path,
    channels: 3,
    horizon: 1,
    steps,
    ...(kind !== "milstein" && { area: null }),
  });

type Pointwise = (x: Float64Array, out: Float64Array) => void;
const inward: Pointwise = (x, out) => {
  out[0] = -x[0];
  out[1] = -x[1];
  out[2] = -x[2];
};
const first: Pointwise = (x, out) => {
  out[0] = 0;
  out[1] = -x[2];
  out[2] = x[1];
};
const second: Pointwise = (x, out) => {
  out[0] = x[2];
  out[1] = 0;
  out[2] = -x[0];
};
const third: Pointwise = (x, out) => {
  out[0] = -x[1];
  out[1] = x[0];
  out[2] = 0;
};

/** The same at all points at once. */
const inwardAll: Pointwise = (x, out) => {
  for (let i = 0; i < 3 * n; i++) out[i] = -x[i];
};
const firstAll: Pointwise = (x, out) => {
  for (let o = 0; o < 3 * n; o += 3) {
    out[o] = 0;
    out[o + 1] = -x[o + 2];
    out[o + 2] = x[o + 1];
  }
};
const secondAll: Pointwise = (x, out) => {
  for (let o = 0; o < 3 * n; o += 3) {
    out[o] = x[o + 2];
    out[o + 1] = 0;
    out[o + 2] = -x[o];
  }
};
const thirdAll: Pointwise = (x, out) => {
  for (let o = 0; o < 3 * n; o += 3) {
    out[o] = -x[o + 1];
    out[o + 1] = x[o];
    out[o + 2] = 0;
  }
};

/** Solves a path and gives the points it ends with. */
type Solve = (noise: CommonNoise) => Float64Array;

const byLibrary =
  (evolution: Evolution): Solve =>
  (noise) => {
    const { stopped } = simulate({ evolution, noise, steps: noise.steps, every: noise.steps });
    if (stopped) throw new Error(stopped.cause);
    return evolution.law.points;
  };

const byLoop: Solve = (noise) => {
  const X = points.slice();
  const dt = noise.horizon / noise.steps;
  const dW = new Float64Array(3);
  const [x, b, g, h, k] = Array.from({ length: 5 }, () => new Float64Array(3));
  for (let step = 0; step < noise.steps; step++) {
    noise.increment(noise.steps, step, dW);
    for (let o = 0; o < 3 * n; o += 3) {
      x[0] = X[o];
      x[1] = X[o + 1];
      x[2] = X[o + 2];
      inward(x, b);
      first(x, g);
      second(x, h);
      third(x, k);
      for (let a = 0; a < 3; a++) X[o + a] += dt * b[a] + dW[0] * g[a] + dW[1] * h[a] + dW[2] * k[a];
    }
  }
  return X;
};

const byBatch: Solve = (noise) => {
  const X = points.slice();
  const dt = noise.horizon / noise.steps;
  const dW = new Float64Array(3);
  const [b, g, h, k] = Array.from({ length: 4 }, () => new Float64Array(3 * n));
  for (let step = 0; step < noise.steps; step++) {
    noise.increment(noise.steps, step, dW);
    inwardAll(X, b);
    firstAll(X, g);
    secondAll(X, h);
    thirdAll(X, k);
    for (let i = 0; i < 3 * n; i++) X[i] += dt * b[i] + dW[0] * g[i] + dW[1] * h[i] + dW[2] * k[i];
  }
  return X;
};

const common = { name: "small", manifold: "euclidean", dimension: 3 } as const;
const affineModel = () =>
  affine({
    name: "small",
    dimension: 3,
    drift: {
      matrix: [
        [-1, 0, 0],
        [0, -1, 0],
        [0, 0, -1],
      ],
    },
    noise: [
      {
        matrix: [
          [0, 0, 0],
          [0, 0, -1],
          [0, 1, 0],
        ],
      },
      {
        matrix: [
          [0, 0, 1],
          [0, 0, 0],
          [-1, 0, 0],
        ],
      },
      {
        matrix: [
          [0, -1, 0],
          [1, 0, 0],
          [0, 0, 0],
        ],
      },
    ],
  });

const SOLVERS: Readonly<Record<string, () => Solve>> = {
  loop: () => byLoop,
  batch: () => byBatch,
  pointwise() {
    const model = defineModel({ ...common, drift: inward, noise: [first, second, third] });
    return byLibrary(particles({ model, scheme: eulerMaruyama, initial: law }));
  },
  ensemble() {
    const noise = [firstAll, secondAll, thirdAll].map((ensemble) => ({ ensemble }));
    const model = defineModel({ ...common, drift: { ensemble: inwardAll }, noise });
    return byLibrary(particles({ model, scheme: eulerMaruyama, initial: law }));
  },
  affine: () => byLibrary(particles({ model: affineModel(), scheme: eulerMaruyama, initial: law })),
  milstein: () => byLibrary(particles({ model: affineModel(), scheme: milstein, initial: law })),
};

const solve = SOLVERS[kind]();
let path = 0;

serve({
  run: () => void solve(noiseOf(path++)),
  check() {
    const rows = Array.from({ length: 64 }, (_, step) => [1, 2, 3].map((k) => 0.1 * Math.sin(k + 3 * step)));
    return solve(tableNoise(rows, 1)).slice(-3);
  },
});
