import { gaussianHeads } from "../../models/heads/gaussian-heads.js";
import { silent } from "../../noise/silent.js";
import { studyWeak, type WeakReference } from "../../studies/weak.js";
import type { Evolution } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
import { transformer } from "../../../solvers/transformer.js";
import { buildInitialLaw, buildTokens } from "../build-initial.js";
import { buildModel } from "../build-model.js";
import { buildNoise } from "../build-noise.js";
import { buildObservables } from "../build-observables.js";
import { ConfigError } from "../../config/config-error.js";
import type { Config } from "../../config/config.js";
import { grid } from "../run.js";
import { exactMean } from "./exact.js";
import type { Study, StudyOptions } from "./report.js";
import { finestOf, studySettings } from "./settings.js";
import { weakReport } from "./weak.js";

/** Steps of the equation for every layer of the deepest transformer: its own bias is of first order as well. */
const REFINEMENT = 16;

/**
 * Random transformers against their homogenized equation in law: levels are numbers of layers L at a fixed diffusive time
 * T = eta^2 L / H, so the residual step of a level is eta = sqrt(T H / L), and the bias of an observable's mean at the end,
 * with its Monte Carlo standard error, is to fall like eta^2 / H = T / L (arXiv:2604.01978, theorem 1, b = 0). The
 * reference is the equation with fresh atoms on much finer steps, independent paths and the same initial tokens, or
 * exact where that is known (one token; two at beta = 0).
 */
export function transformerStudy(config: Config, { onProgress }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const { model: m, solver, ensemble, initial } = config;
  if (solver.kind !== "transformer" || m.name !== "gaussian-attention" || m.sigmaA === undefined) {
    throw new ConfigError(
      `solver.kind: "${solver.kind}" is no transformer; want "transformer", whose levels are layers`,
    );
  }
  if (study.reference !== "exact" && study.reference !== "independent") {
    throw new ConfigError(
      `study.reference: "${study.reference}" cannot judge a transformer; want "independent" or "exact"`,
    );
  }
  const { seed } = ensemble;
  const { dimension, beta, sigmaA, sigmaV = 1 / Math.sqrt(m.dimension) } = m;
  const { horizon } = grid(config);
  const H = solver.heads;
  const law = buildInitialLaw(initial, dimension);
  const tokens = buildTokens(initial, law, seed);
  const heads = gaussianHeads({ dimension, sigmaV, sigmaA, seed });
  const etaOf = (layers: number): number => Math.sqrt((horizon * H) / layers);

  const chains = new Map<number, Evolution>(
    study.levels.map((layers) => [
      layers,
      transformer({ heads, headsPerLayer: H, eta: etaOf(layers), beta, initial: tokens }),
    ]),
  );
  const run = (layers: number, path: number): Evolution => {
    const evolution = chains.get(layers)!;
    const { stopped } = simulate({
      evolution,
      noise: silent({ horizon, steps: layers, path }),
      steps: layers,
      every: layers,
    });
    if (stopped) throw new RangeError(`path ${path} with ${layers} layers: ${stopped.cause}`);
    return evolution;
  };

  const first = chains.get(study.levels[0])!;
  const observe = buildObservables(config, first.law);
  const names = Object.keys(observe);
  const readAll = ({ law: now }: Evolution): number[] => names.map((name) => observe[name](now));

  let reference: WeakReference;
  if (study.reference === "exact") {
    const means = names.map((name) => exactMean(config, horizon, name, observe[name]));
    reference = {
      kind: "independent",
      name: "exact",
      solve: (path) => {
        const start = tokens(path);
        return means.map((mean) => mean(start));
      },
    };
  } else {
    const steps = study.referenceSteps ?? REFINEMENT * finestOf(study);
    const separate: Config = { ...config, ensemble: { ...ensemble, seed: `${seed}/equation` } };
    const model = buildModel({ ...m, atoms: "fresh" }, separate.ensemble.seed);
    const evolution = particles({ model, scheme: eulerMaruyama, initial: tokens });
    reference = {
      kind: "independent",
      name: `euler-maruyama with fresh atoms on ${steps} steps, independent paths`,
      solve: (path) => {
        const noise = buildNoise(separate, { channels: model.channels, horizon, steps, area: false }, path);
        simulate({ evolution, noise, steps, every: steps });
        return readAll(evolution);
      },
    };
  }
  const results = studyWeak({
    solve: (layers, path) => readAll(run(layers, path)),
    observables: names,
    levels: study.levels,
    paths: study.paths,
    reference,
    scheme: `transformer with ${H} head${H === 1 ? "" : "s"} a layer`,
    onProgress,
  });
  const numbers = 3 * dimension * dimension * H;
  return {
    report: {
      study: "transformer",
      horizon,
      ...weakReport(results, (layers) => ({ work: layers * numbers, eta: etaOf(layers) }), [
        `levels are layers L at diffusive time ${Number(horizon.toPrecision(6))}: eta^2 / H = T / L, and the slope in it is the fit's`,
      ]),
    },
    alone: (layers, path) => void run(layers, path),
  };
}
