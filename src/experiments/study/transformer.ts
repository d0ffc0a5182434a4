import { silent } from "../../noise/silent.js";
import { planWeak, type WeakReference } from "../../studies/weak.js";
import type { Evolution, Measure, Observable } from "../../types.js";
import { buildInitialLaw, buildTokens } from "../../config/build-initial.js";
import { buildHeads, clockOf, type Heads } from "../../config/build-model.js";
import { buildNoise } from "../../config/build-noise.js";
import { gridOf } from "../../config/build-evolution.js";
import { buildObservables } from "../../config/build-observables.js";
import { ConfigError } from "../../config/contract/config-error.js";
import type { Config, StudyConfig } from "../../config/config.js";
import type { ModelClock } from "../../config/contract/model-entry.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { logOde } from "../../../solvers/schemes/log-ode.js";
import { particles } from "../../../solvers/particles.js";
import { reached } from "../../../solvers/reached.js";
import { simulate } from "../../../solvers/simulate.js";
import { transformer } from "../../../solvers/transformer.js";
import { square } from "../../numerics/square.js";
import { alone } from "./alone.js";
import { exactMean } from "./exact.js";
import { made, reporting, type PlanStudy } from "./report.js";
import { finestOf, studySettings } from "./settings.js";
import { weakReport } from "./weak.js";

/** Steps of the equation for every layer of the deepest transformer: its own bias is of first order as well. */
const REFINEMENT = 16;

/**
 * Random transformers against their homogenized equation in law: levels are numbers of layers L at a fixed time T, and the
 * quantity is the bias of an observable's mean at the end with its Monte Carlo standard error (arXiv:2604.01978, theorem 1).
 * On the diffusive clock T = eta^2 L / H, so the residual step of a level is eta = sqrt(T H / L), and the bias is to fall
 * like eta^2 / H = T / L. On that of the layers T = eta L, every level has the equation of its own eta = T / L, and the bias
 * is to fall like eta, and like eta^2 with the corrector. The reference is the equation with fresh atoms on much finer
 * steps, independent paths and the same initial tokens, or exact where that is known (one token; two at beta = 0).
 */
export const planTransformerStudy: PlanStudy = (config, stopping) => {
  const study = studySettings(config);
  const chains = transformersOf(config, study.levels, stopping);
  const { horizon } = gridOf(config);
  const observe = buildObservables(config, chains.tokens(0));
  const names = Object.keys(observe);
  const readAll = ({ law: now }: Evolution): number[] => names.map((name) => observe[name](now));
  const onLayers = clockOf(config.model) !== "diffusive";
  const equation = onLayers ? equationsOf(config, chains, stopping) : null;
  const paths = planWeak({
    solve: (layers, path) => {
      const found = readAll(chains.run(layers, path));
      if (!equation) return found;
      const wanted = readAll(equation.run(layers, path));
      return found.map((v, i) => v - wanted[i]);
    },
    observables: names,
    levels: study.levels,
    paths: study.paths,
    // Where every level has an equation of its own, what is studied is the difference.
    reference: equation
      ? { kind: "independent", name: equation.name, solve: () => names.map(() => 0) }
      : equationOf(config, chains, observe, stopping),
    scheme: `transformer with ${chains.headsPerLayer} head${chains.headsPerLayer === 1 ? "" : "s"} a layer`,
  });
  const numbers = 3 * square(config.model.dimension) * chains.headsPerLayer;
  return {
    paths: reporting(paths, (results) => ({
      study: "transformer",
      horizon,
      ...weakReport(results, (layers) => ({ work: layers * numbers, eta: chains.etaOf(layers) }), [
        onLayers
          ? `levels are layers L at time ${Number(horizon.toPrecision(6))}: eta = T / L, and the slope in it is the fit's`
          : `levels are layers L at diffusive time ${Number(horizon.toPrecision(6))}: eta^2 / H = T / L, and the slope in it is the fit's`,
      ]),
    })),
    alone: alone(chains.run),
  };
};

/** The same on one thread. */
export const transformerStudy = made(planTransformerStudy);

interface Chains {
  readonly drawn: Heads;
  readonly headsPerLayer: number;
  readonly tokens: (path: number) => Measure;
  readonly etaOf: (layers: number) => number;
  /** The transformer of so many layers at the end of a path. */
  run(layers: number, path: number): Evolution;
}

/** One transformer for every depth, all with the time of the configuration's own. */
function transformersOf(config: Config, depths: readonly number[], stopping?: () => boolean): Chains {
  const { solver, ensemble, initial, model } = config;
  const drawn = buildHeads(model, ensemble.seed);
  if (solver.kind !== "transformer" || !drawn) {
    throw new ConfigError(
      `solver.kind: "${solver.kind}" is no transformer; want "transformer", whose levels are layers`,
    );
  }
  const { horizon } = gridOf(config);
  const H = solver.heads;
  const law = buildInitialLaw(initial, { dimension: model.dimension, manifold: "sphere" });
  const tokens = buildTokens(initial, law, ensemble.seed);
  const diffusive = clockOf(model) === "diffusive";
  const etaOf = (layers: number): number =>
    diffusive ? Math.sqrt((horizon * H) / layers) : horizon / layers;
  const chains = new Map<number, Evolution>(
    depths.map((layers) => [
      layers,
      transformer({ ...drawn.chain, headsPerLayer: H, eta: etaOf(layers), initial: tokens }),
    ]),
  );
  return {
    drawn,
    headsPerLayer: H,
    tokens,
    etaOf,
    run(layers, path) {
      const evolution = chains.get(layers)!;
      const noise = silent({ horizon, steps: layers, path });
      reached(simulate({ evolution, noise, steps: layers, every: layers, stopping }));
      return evolution;
    },
  };
}

/** The equation that transformers are held against: exact, or with its noise redrawn on fine steps, in law. */
function equationOf(
  config: Config,
  { tokens, drawn }: Chains,
  observe: Readonly<Record<string, Observable>>,
  stopping?: () => boolean,
): WeakReference {
  const study = judgedSettings(config);
  const { horizon } = gridOf(config);
  const names = Object.keys(observe);
  if (study.reference === "exact") {
    const means = names.map((name) => exactMean(config, horizon, name, observe[name]));
    return {
      kind: "independent",
      name: "exact",
      solve: (path) => {
        const start = tokens(path);
        return means.map((mean) => mean(start));
      },
    };
  }
  const steps = study.referenceSteps ?? REFINEMENT * finestOf(study);
  const { seed, separate } = equationSeed(config);
  const model = drawn.equation(seed);
  const evolution = particles({ model, scheme: eulerMaruyama, initial: tokens });
  const shape = { channels: model.channels, horizon, steps, area: false };
  return {
    kind: "independent",
    name: `euler-maruyama${model.redrawn ? " with fresh atoms" : ""} on ${steps} steps, independent paths`,
    solve: (path) => {
      const noise = buildNoise(separate, shape, path);
      reached(simulate({ evolution, noise, steps, every: steps, stopping }));
      return names.map((name) => observe[name](evolution.law));
    },
  };
}

/** The settings, of a reference that can judge a transformer. */
function judgedSettings(config: Config): StudyConfig {
  const study = studySettings(config);
  if (study.reference !== "exact" && study.reference !== "independent") {
    throw new ConfigError(
      `study.reference: "${study.reference}" cannot judge a transformer; want "independent" or "exact"`,
    );
  }
  return study;
}

/** The equation's paths are independent of the transformers'. */
function equationSeed(config: Config): { readonly seed: string; readonly separate: Config } {
  const seed = `${config.ensemble.seed}/equation`;
  return { seed, separate: { ...config, ensemble: { ...config.ensemble, seed } } };
}

/**
 * The equation of every depth's own layers, at the end of a path, by the log-ODE: its error of order h eta / H at steps
 * h = eta / 16 is below the eta^2 that the corrector leaves, and without noise it is that of RK4.
 */
function equationsOf(
  config: Config,
  { tokens, drawn, etaOf }: Chains,
  stopping?: () => boolean,
): { readonly name: string; run(layers: number, path: number): Evolution } {
  const { referenceSteps, reference, levels } = judgedSettings(config);
  if (reference === "exact") {
    throw new ConfigError(
      'study.reference: no "exact" mean is known for layers on their own clock; want "independent"',
    );
  }
  const { horizon } = gridOf(config);
  const { seed, separate } = equationSeed(config);
  const { heads } = clockOf(config.model) as Exclude<ModelClock, "diffusive">;
  const equations = new Map(
    levels.map((layers) => {
      const model = drawn.equation(seed, { eta: etaOf(layers), heads });
      const shape = {
        channels: model.channels,
        horizon,
        steps: referenceSteps ?? REFINEMENT * layers,
        area: false,
      };
      return [layers, { evolution: particles({ model, scheme: logOde, initial: tokens }), shape }] as const;
    }),
  );
  return {
    name: `log-ode of each level's own equation on ${referenceSteps ?? `${REFINEMENT} L`} steps, independent paths`,
    run(layers, path) {
      const { evolution, shape } = equations.get(layers)!;
      const { steps } = shape;
      const noise = buildNoise(separate, shape, path);
      reached(simulate({ evolution, noise, steps, every: steps, stopping }), "the equation");
      return evolution;
    },
  };
}
