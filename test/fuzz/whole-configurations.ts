import type { Task } from "../../src/config/task-sizes.js";

/** A small configuration of the whole program, and a task that it is made for. */
export interface Whole {
  readonly task: Task;
  readonly config: object;
}

/** Files that configurations name, by their names. */
export const FILES: Readonly<Record<string, string>> = {
  "increments.csv": "0.1\n-0.2\n0.3\n0.05\n",
  "points.csv": "1,0\n0,1\n0.6,0.8\n",
  "heads.json": '{"V": [[[1, 0], [0, 0.5]], [[-1, 0], [0, 1]]], "A": [[[0, 1], [1, 0]], [[1, 0], [0, 1]]]}',
};

const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 };
const attention3 = { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5, sigmaV: 0.6, atoms: 2 };
const drawnHeads = (law: string) => ({
  law,
  sigmaA: 0.7,
  meanV: [
    [1, 0],
    [0, 1],
  ],
});
const perceptron = {
  width: 2,
  sigma: { W2: 0.5, W1: 0.5, b: 0.1 },
};
const givenHeads = {
  law: "given",
  list: [
    {
      V: [
        [1, 0],
        [0, 0],
      ],
      A: [
        [0, 1],
        [1, 0],
      ],
      weight: 0.5,
    },
    {
      V: [
        [0, -1],
        [1, 0],
      ],
      A: [
        [0, 0],
        [0, 0],
      ],
      weight: 0.5,
    },
  ],
};
const homogenized = (heads: object, more: object = {}) => ({
  name: "homogenized",
  dimension: 2,
  beta: 1,
  heads,
  clock: { eta: 0.05, heads: 4 },
  ...more,
});
const affine = {
  name: "affine",
  dimension: 2,
  drift: {
    matrix: [
      [-1, 0],
      [0, -1],
    ],
  },
  noise: [
    { offset: [1, 0] },
    {
      matrix: [
        [0, 0.5],
        [0, 0],
      ],
    },
  ],
};

const points = {
  kind: "points",
  points: [
    [1, 0],
    [0.6, 0.8],
  ],
};
const bump = { kind: "vmf", tokens: 6, components: [{ weight: 1, kappa: 2, mean: [1, 0] }] };
const bumps = {
  kind: "vmf",
  tokens: 6,
  placement: "quasi",
  components: [
    { weight: 0.6, kappa: 2, mean: [0, 0, 1] },
    { weight: 0.4, kappa: 4, mean: [0.6, 0, 0.8] },
  ],
};
const uniform = { kind: "uniform", tokens: 8 };
const simplex = { kind: "simplex", tokens: 3, overlap: 0.2 };

const particles = { kind: "particles", horizon: 0.5, steps: 8 };
const milstein = { ...particles, scheme: "milstein", area: "full", every: 2 };
const logOde = { ...particles, scheme: "log-ode", substeps: 2, kappa: 0.1 };
const density = { kind: "density", lmax: 7, horizon: 0.25, steps: 8 };
const characteristics = { kind: "characteristics", lmax: 7, horizon: 0.25, steps: 4 };
const transformer = { kind: "transformer", heads: 2, eta: 0.25, layers: 8 };
const layered = { kind: "transformer", heads: 4, eta: 0.05, layers: 8 };

const ensemble = { paths: 3, seed: "fuzz" };
const single = { seed: "fuzz" };
const study = { levels: [4, 8, 16], paths: 10 };

const runs: object[] = [
  { model: attention, initial: bump, solver: milstein, ensemble, observe: ["overlap", "clusters:0.5"] },
  { model: attention3, initial: bumps, solver: logOde, ensemble, observe: ["moment:2,1", "zonal:2"] },
  { model: attention3, initial: simplex, solver: { ...particles, finest: 32 }, ensemble },
  { model: { ...attention, atoms: "fresh" }, initial: uniform, solver: particles, ensemble },
  { model: { ...attention, dimension: 5, atoms: 2 }, initial: uniform, solver: particles, ensemble },
  {
    model: attention,
    initial: bump,
    solver: { ...density, lmax: "auto", lmaxLimit: 31, area: "none" },
    observe: ["order-parameter", "moment:1,1", "second-moment"],
  },
  {
    model: attention3,
    initial: bumps,
    solver: { ...density, scheme: "euler-maruyama", kappa: 0.2, resolution: { warn: 1e-3, stop: 0.1 } },
    ensemble: single,
  },
  { model: attention, initial: bump, solver: { ...density, onUnresolved: "characteristics" } },
  { model: attention3, initial: bumps, solver: { ...characteristics, lmax: 5 }, ensemble },
  { model: attention, initial: bump, solver: transformer, ensemble },
  ...["gaussian", "rademacher", "uniform"].map((law) => ({
    model: homogenized(drawnHeads(law), { atoms: 2, corrector: true }),
    initial: bump,
    solver: { ...particles, scheme: "heun" },
    ensemble,
  })),
  {
    model: homogenized({ ...drawnHeads("gaussian"), perceptron }, { atoms: "fresh", freshAtoms: 2 }),
    initial: bump,
    solver: particles,
    ensemble,
  },
  { model: homogenized(givenHeads, { corrector: true }), initial: points, solver: milstein, ensemble },
  {
    model: homogenized(givenHeads, { layerStep: "tangent", clock: { eta: 0.05, heads: null } }),
    initial: bump,
    solver: density,
  },
  { model: homogenized({ law: "given", file: "heads.json" }), initial: points, solver: layered, ensemble },
  {
    model: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 2 },
    initial: uniform,
    solver: { ...particles, kappa: 1 },
    ensemble,
  },
  {
    model: { name: "noisy-attention", dimension: 2, beta: 1, coupling: 2 },
    initial: bump,
    solver: { ...density, kappa: 1 },
  },
  {
    model: { name: "rotation", dimension: 2 },
    initial: { ...points, weights: [0.25, 0.75] },
    solver: { ...particles, steps: 2 },
    noise: { kind: "table", increments: [[0.1], [0.2], [0.3], [0.1]], areas: [[0], [0], [0], [0]] },
  },
  {
    model: { name: "rotation", dimension: 2 },
    initial: { kind: "points", file: "points.csv" },
    solver: { ...particles, steps: 4 },
    noise: { kind: "file", path: "increments.csv" },
  },
  {
    model: { name: "spherical-brownian", dimension: 4 },
    initial: uniform,
    solver: { ...particles, scheme: "milstein" },
    ensemble,
    observe: ["coordinate:0", "mean-overlap"],
  },
  { model: { name: "random-quadratic-form", dimension: 3 }, initial: bumps, solver: density },
  { model: affine, initial: points, solver: milstein, ensemble, observe: ["second-moment"] },
];

const strong: object[] = [
  { model: attention, initial: uniform, solver: milstein, ensemble: single, study },
  {
    model: { name: "rotation", dimension: 3 },
    initial: simplex,
    solver: { ...particles, scheme: "heun" },
    study: { ...study, reference: "exact" },
  },
  { model: affine, initial: points, solver: particles, study: { ...study, reference: "finest" } },
  { model: attention, initial: bump, solver: density, study: { ...study, paths: 4, degree: 2 } },
  {
    model: attention3,
    initial: bumps,
    solver: { ...characteristics, lmax: 5 },
    study: { levels: [2, 4], paths: 3 },
  },
  {
    model: homogenized(givenHeads),
    initial: points,
    solver: logOde,
    study: { ...study, reference: "milstein", referenceSteps: 64 },
  },
];
const weak: object[] = [
  {
    model: { name: "spherical-brownian", dimension: 3 },
    initial: { kind: "points", points: [[0, 0, 1]] },
    solver: particles,
    observe: ["zonal:1", "zonal:2"],
    study: { ...study, reference: "exact" },
  },
  {
    model: attention,
    initial: bump,
    solver: { ...particles, scheme: "milstein" },
    observe: ["overlap"],
    study,
  },
  { model: affine, initial: points, solver: particles, observe: ["coordinate:1"], study },
  {
    model: homogenized(drawnHeads("uniform"), { atoms: "fresh" }),
    initial: points,
    solver: particles,
    study,
  },
];
const chaos: object[] = [
  { model: attention, initial: bump, solver: { ...logOde, kappa: 0 }, study },
  { model: attention3, initial: bumps, solver: characteristics, study: { ...study, paths: 3 } },
  { model: attention, initial: uniform, solver: particles, study: { ...study, distance: "sliced" } },
];
const depths: object[] = [
  {
    model: { name: "gaussian-attention", dimension: 4, beta: 0, sigmaA: 0.4 },
    initial: { kind: "simplex", tokens: 2, overlap: 0 },
    solver: transformer,
    observe: ["overlap"],
    study: { ...study, reference: "exact" },
  },
  { model: attention, initial: bump, solver: transformer, study },
  {
    model: homogenized(givenHeads),
    initial: points,
    solver: layered,
    observe: ["coordinate:0"],
    study,
  },
];
const agreements: object[] = [
  {
    model: attention,
    initial: bump,
    solver: { ...density, area: "none" },
    observe: ["order-parameter", "moment:2,-2"],
    agree: { tokens: [4, 8, 16], repetitions: 2, transformer: { tokens: 2, heads: 1, layers: 4, paths: 4 } },
  },
  {
    model: attention3,
    initial: bumps,
    solver: density,
    agree: { tokens: [4, 8, 16], repetitions: 2, tokenSteps: 4, tolerance: 1e-3, transformer: null },
  },
  {
    model: homogenized(drawnHeads("gaussian"), { atoms: 2, clock: { eta: 0.0625, heads: 2 } }),
    initial: bump,
    solver: density,
    agree: { tokens: [4, 8, 16], repetitions: 2, transformer: { tokens: 2, heads: 2, layers: 4, paths: 4 } },
  },
];

/** Every model, initial law, solver, scheme, law of heads, kind of noise and study, by the task it is for. */
export const WHOLES: readonly Whole[] = (
  [
    ["run", runs],
    ["study strong", strong],
    ["study weak", weak],
    ["study propagation-of-chaos", chaos],
    ["study transformer", depths],
    ["agree", agreements],
  ] as const
).flatMap(([task, configs]) => configs.map((config) => ({ task, config })));
