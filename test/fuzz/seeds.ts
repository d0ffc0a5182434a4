import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";

/** Small configurations with every model, initial law and solver, which a fuzz sets out from. */
export const BASE = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 2 },
  initial: { kind: "vmf", tokens: 4, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  solver: { kind: "particles", scheme: "milstein", horizon: 1, steps: 8, area: "auto", kappa: 0.1 },
  noise: { kind: "brownian" },
  ensemble: { paths: 3, seed: "fuzz" },
  observe: ["overlap", "moment:1,0", "clusters:0.5"],
  agree: { tokens: [4, 8, 16], repetitions: 2, transformer: { tokens: 2, heads: 1, layers: 2, paths: 2 } },
  study: { levels: [4, 8, 16], paths: 10, reference: "finest", distance: "auto" },
};

const table = {
  model: { name: "rotation", dimension: 2 },
  initial: {
    kind: "points",
    points: [
      [1, 0],
      [0, 1],
    ],
    weights: [0.5, 0.5],
  },
  solver: { kind: "particles", horizon: 1, steps: 2 },
  noise: { kind: "table", increments: [[0.1], [0.2]], areas: [[0], [0]] },
};

const square = [
  [1, 0, 0],
  [0, 0, 0],
  [0, 0.5, 0],
];

const homogenized = (heads: object, more: object = {}): object => ({
  ...BASE,
  model: {
    name: "homogenized",
    dimension: 3,
    beta: 1,
    atoms: 2,
    heads,
    clock: { eta: 0.1, heads: 2 },
    ...more,
  },
  solver: { kind: "particles", scheme: "log-ode", horizon: 0.2, steps: 4 },
});

export const SEEDS: readonly object[] = [
  BASE,
  table,
  ...MODELS.map(({ example }) => ({ ...BASE, model: example })),
  ...INITIALS.map(({ example }) => ({ ...BASE, initial: example })),
  ...SOLVERS.map(({ example }) => ({ ...BASE, solver: example })),
  homogenized({ law: "given", list: [{ V: square, A: square, weight: 1 }] }, { corrector: true }),
  homogenized({ law: "rademacher", sigmaV: 0.5, sigmaA: 0.5, meanV: square }, { layerStep: "tangent" }),
  homogenized({ law: "uniform", sigmaV: 0.5, sigmaA: 0.5 }, { clock: "diffusive" }),
  {
    ...homogenized({ law: "gaussian", sigmaA: 0.5 }),
    solver: { kind: "transformer", eta: 0.1, heads: 2, layers: 4 },
  },
];
