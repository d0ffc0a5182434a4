import { gridOf } from "./build-evolution.js";
import { clockOf } from "./build-model.js";
import { areaChoice } from "./build-noise.js";
import { transformSize } from "./catalog/solvers/transform-size.js";
import { agreeDefaults, type Config, type ModelConfig, type SolverConfig } from "./config.js";
import type { ModelClock } from "./contract/model-entry.js";
import { NUMBER, type Size } from "./contract/size.js";
import { initialEntryOf, modelEntryOf, solverEntryOf } from "./entries.js";
import { layersOf } from "./layers-of.js";
import { nodesForTokens } from "./nodes-for-tokens.js";
import { march, renamed, stepsKey, type March, type Part } from "./march-size.js";

/** What a configuration is used for. */
export type Task =
  "run" | "agree" | "study strong" | "study weak" | "study propagation-of-chaos" | "study transformer";

/** Everything that a task takes that grows with the configuration's numbers. */
export function sizesOf(config: Config, task: Task): Part[] {
  switch (task) {
    case "run":
      return [...march(config, runOf(config)), ...outcome(config)];
    case "agree":
      return agreement(config);
    case "study strong":
    case "study weak":
      return ladder(config, task === "study weak" ? 16 : 4);
    case "study propagation-of-chaos":
      return chaos(config);
    case "study transformer":
      return depths(config);
  }
}

const runOf = ({ model, solver, initial, ensemble }: Config): March => {
  const { steps, finest = steps } = gridOf({ model, solver });
  const tokens = initialEntryOf(initial).tokens(initial) ?? 1;
  return { model, solver, tokens, steps, finest, paths: ensemble.paths };
};

/** What a run reads off, and where it ends. */
function outcome({ model, solver, initial, ensemble, observe }: Config): Part[] {
  const { starts, moved } = solverEntryOf(solver);
  const { steps, every } = gridOf({ model, solver });
  const tokens = initialEntryOf(initial).tokens(initial) ?? 1;
  const count = moved?.(solver, tokens, model.dimension).count ?? tokens;
  const times = Math.ceil(steps / every) + 1;
  const each = observe.reduce((sum, name) => sum + readings(name, count, model.dimension), 0);
  return [
    {
      key: observe.length > times ? "observe" : stepsKey(solver),
      what: "the observables over time",
      bytes: SERIES * times * observe.length,
      operations: times * each * ensemble.paths,
    },
    {
      key: starts === "tokens" ? "initial.tokens" : "solver.lmax",
      what: "the points at the end",
      bytes: ensemble.paths === 1 ? count * (150 + 60 * model.dimension) : 0,
      operations: 0,
    },
  ];
}

/** Bytes of one value of a series: its path's own, mean and error, and copies of these up to the text of the result. */
const SERIES = 250;

/** Operations of an observable of n points. */
function readings(name: string, n: number, d: number): number {
  const [kind, numbers = ""] = name.split(":");
  const degree = Number(numbers.split(",")[0]);
  if (kind === "clusters") return n * n * d;
  if (kind === "moment") return 3 * n * (d === 2 ? degree + 1 : (degree + 1) ** 2);
  if (kind === "zonal") return n * (degree + d);
  return 2 * n * d;
}

/** Strong and weak studies: every level, and a reference on a grid that is `refinement` times finer unless it is said. */
function ladder(config: Config, refinement: number): Part[] {
  const { study, observe } = config;
  if (!study) return march(config, runOf(config));
  const { levels, paths, reference, referenceSteps } = study;
  const last = levels[levels.length - 1];
  const judged = reference !== "finest" && reference !== "exact";
  const steps = judged ? (referenceSteps ?? refinement * last) : last;
  const stepsOf = judged ? referenceKey(referenceSteps) : LEVELS;
  const { finest = steps } = gridOf(config);
  const kept = finest > steps ? "solver.finest" : stepsOf;
  const own = { ...runOf(config), paths, finest };
  const all = levels.reduce((sum, level) => sum + level, 0);
  const values = levels.length * paths * (refinement === 16 ? observe.length : 1);
  return [
    ...march(config, { ...own, steps: all, kept }).map(drivenBy(LEVELS)),
    ...(judged ? march(config, { ...own, steps }).map(drivenBy(stepsOf)) : []),
    {
      key: "study.paths",
      what: "the errors of all paths",
      bytes: 3 * NUMBER * values,
      operations: 2000 * values,
    },
  ];
}

const LEVELS = "study.levels";

/** The key of a reference's number of steps, which follows from the levels unless it is said. */
const referenceKey = (referenceSteps: number | undefined): string =>
  referenceSteps === undefined ? LEVELS : "study.referenceSteps";

/** The keys of a study's sizes stand elsewhere than a run's: that of its steps here. */
const drivenBy =
  (stepsOf: string) =>
  (size: Part): Part =>
    renamed(
      size,
      new Map([
        ["solver.steps", stepsOf],
        ["solver.layers", stepsOf],
        ["ensemble.paths", "study.paths"],
      ]),
    );

const CHAOS_KEYS: ReadonlyMap<string, string> = new Map([
  ["initial.tokens", LEVELS],
  ["ensemble.paths", "study.paths"],
]);

/** The limit law on nodes that suffice for the largest cloud, every cloud, and their distances at all observed times. */
function chaos(config: Config): Part[] {
  const { study, solver, model } = config;
  if (!study || !("scheme" in solver) || solver.kind === "density") return march(config, runOf(config));
  const { levels, paths } = study;
  const { scheme, substeps, horizon, steps, every, area } = solver;
  const most = levels[levels.length - 1];
  const nodes =
    solver.kind === "characteristics"
      ? transformSize(model.dimension, solver.lmax).count
      : nodesForTokens(most);
  const all = levels.reduce((sum, n) => sum + n, 0);
  const times = Math.ceil(steps / every) + 1;
  const directions = 8 * model.dimension;
  const exact = study.distance === "exact" || (study.distance === "auto" && nodes * most <= 2 ** 12);
  const own = { ...runOf(config), paths };
  const kept = own.finest > steps ? "solver.finest" : "solver.steps";
  const points = stepped({ kind: "particles", scheme, substeps, horizon, steps, area });
  return [
    ...march(config, { ...own, solver: points, tokens: nodes, kept }),
    ...levels.flatMap((tokens) => march(config, { ...own, solver: points, tokens })),
    {
      key: "study.levels",
      what: "the distances from the limit law",
      bytes: exact ? 3 * NUMBER * nodes * most : 2 * NUMBER * directions * nodes,
      operations: times * paths * (exact ? nodes * most * most : 20 * directions * (nodes + all)),
    },
  ].map((size) => renamed(size, CHAOS_KEYS));
}

/**
 * Transformers of every depth, and the equation with fresh atoms on sixteen steps a layer unless it is said: of the deepest,
 * or of every one where each has its own.
 */
function depths(config: Config): Part[] {
  const { study, model, solver } = config;
  if (!study) return march(config, runOf(config));
  const { levels, paths, reference, referenceSteps } = study;
  const own = { ...runOf(config), paths };
  const all = levels.reduce((sum, level) => sum + level, 0);
  const { horizon } = gridOf({ model, solver });
  const judged = clockOf(model) === "diffusive" ? levels.slice(-1) : levels;
  const equations = judged.flatMap((level) =>
    march(config, equation(own, model, horizon, referenceSteps ?? 16 * level)),
  );
  return [
    ...march(config, { ...own, steps: all }).map(drivenBy(LEVELS)),
    ...(reference === "exact" ? [] : equations.map(drivenBy(referenceKey(referenceSteps)))),
  ];
}

/** The equation of a transformer: by Euler's method, or where it is that of its layers by the log-ODE. */
function equation(own: March, model: ModelConfig, horizon: number, steps: number): March {
  const scheme = clockOf(model) === "diffusive" ? "euler-maruyama" : "log-ode";
  const solver = stepped({ kind: "particles", scheme, area: "none", horizon, steps: 1 });
  const redrawn = modelEntryOf(model).redrawn?.(model) as ModelConfig | undefined;
  return { ...own, model: redrawn ?? model, solver, steps, finest: steps };
}

/** A solver from the keys that matter, defaults filled in. */
const stepped = (keys: object): SolverConfig =>
  solverEntryOf(keys as SolverConfig).schema.parse(keys) as SolverConfig;

/** The keys of the sides of an agreement that have numbers of their own. */
const CLOUD_KEYS: ReadonlyMap<string, string> = new Map([
  ["initial.tokens", "agree.tokens"],
  ["ensemble.paths", "agree.repetitions"],
]);
const transformerKeys = (clock: ModelClock): ReadonlyMap<string, string> => {
  const layers = clock === "diffusive" ? "agree.transformer.layers" : "model.clock.eta";
  return new Map([
    ["initial.tokens", "agree.transformer.tokens"],
    ["solver.heads", "agree.transformer.heads"],
    ["solver.layers", layers],
    ["solver.steps", layers],
    ["ensemble.paths", "agree.transformer.paths"],
  ]);
};

/** Density, characteristics, random tokens and transformers. */
function agreement(config: Config): Part[] {
  const { model, solver } = config;
  const { tokens, repetitions, tokenSteps, transformer } = config.agree ?? agreeDefaults();
  const { horizon, steps } = gridOf({ model, solver });
  const own = { ...runOf(config), paths: 1 };
  const lmax = "lmax" in solver && solver.lmax !== "auto" ? solver.lmax : 15;
  const grid = { lmax, horizon, steps, area: areaChoice(solver) };
  const clouds = tokens.reduce((sum, n) => sum + n, 0);
  const sides = [
    march(config, { ...own, solver: stepped({ kind: "density", ...grid }) }),
    march(config, { ...own, solver: stepped({ kind: "characteristics", ...grid }) }),
    ...tokens.map((n) =>
      march(config, {
        ...own,
        solver: stepped({ kind: "particles", scheme: "milstein", horizon, steps, area: areaChoice(solver) }),
        tokens: n,
        steps: tokenSteps ?? steps,
        paths: repetitions,
      }).map((part) => renamed(part, CLOUD_KEYS)),
    ),
  ];
  if (transformer && modelEntryOf(model).drawsHeads?.(model)) {
    const clock = clockOf(model);
    const { heads, layers } = layersOf(clock, transformer, horizon);
    const deep = {
      ...own,
      tokens: transformer.tokens,
      paths: transformer.paths,
      steps: layers,
      finest: layers,
    };
    sides.push(
      [
        ...march(config, { ...deep, solver: stepped({ kind: "transformer", heads, eta: 1, layers: 1 }) }),
        ...march(config, equation(deep, model, horizon, layers)),
      ].map((part) => renamed(part, transformerKeys(clock))),
    );
  }
  const history: Size = {
    key: stepsKey(solver),
    what: "the moments over time",
    bytes: (steps + 1) * NUMBER * (25 + 4 * config.observe.length + 20),
    operations: 100 * clouds,
  };
  return [...sides.flat(), history];
}
