import { positivePart } from "../../observables/positive-part.js";
import { planTransform } from "../../spectral/plan-transform.js";
import { studyPropagationOfChaos } from "../../studies/propagation-of-chaos.js";
import type { InitialLaw } from "../../laws/law.js";
import type { CommonNoise, Evolution, Measure, Model, Scheme } from "../../types.js";
import { buildTokens } from "../../config/build-initial.js";
import { givesArea } from "../../config/build-noise.js";
import { buildScheme } from "../../config/catalog/solvers/scheme.js";
import type { Config, InitialConfig, StudyConfig } from "../../config/config.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { nodesForTokens } from "../../config/nodes-for-tokens.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { particles } from "../../../solvers/particles.js";
import { reached } from "../../../solvers/reached.js";
import { simulate } from "../../../solvers/simulate.js";
import { alone } from "./alone.js";
import { beside } from "./beside.js";
import { lawDistance } from "./distance.js";
import { fineLevels, leftOut, type FineLevels } from "./fine-levels.js";
import { keptNoise, pathProblem, type PathSolver } from "./method.js";
import { curveOf, type Study, type StudyOptions } from "./report.js";
import { finestOf, studySettings } from "./settings.js";

/** Nodes of the limit law are doubled where they are not fine enough, up to these. */
const MOST_NODES = 2 ** 15;

/**
 * Propagation of chaos: E sup_t W_2^2 between n tokens and the limit law under the same common noise, against n. Tokens
 * start independently or from low-discrepancy points (`initial.placement`); the limit is carried by characteristics on
 * quadrature nodes with the same scheme and steps, so nothing but the number of tokens differs. Its nodes are held against
 * four times as many at the start, and a level that they are not fine enough for is left out, with a note. The supremum is
 * over the times that `solver.every` observes. One distance serves all levels: exact (chordal) W_2 where the largest cloud
 * and the nodes are few enough, else sliced W_2. A ConfigError says what makes no such study.
 */
export function chaosStudy(config: Config, { onProgress, stopping }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { model, law, solver } = problem;
  const { ensemble } = config;
  if (solver.kind === "density") {
    throw new ConfigError('solver.kind: "density" moves no tokens; want "particles"');
  }
  const initial = tokensOfMany(config, study, solver);
  const { steps, every, horizon } = solver;
  const scheme = buildScheme(solver.scheme, solver.substeps);
  const tokensOf = (n: number): ((path: number) => Measure) =>
    buildTokens({ ...initial, tokens: n }, law, ensemble.seed);
  const firstNodes =
    solver.kind === "characteristics"
      ? carriedNodes(model, scheme, law, solver.lmax)
      : law.quadrature!(nodesForTokens(finestOf(study)));
  const distance = lawDistance(study.distance, model.dimension, finestOf(study), firstNodes.count);
  const { nodes, fine } = fineLimit(
    law,
    firstNodes,
    solver.kind === "characteristics" ? firstNodes.count : MOST_NODES,
    (limit, finer) => fineLevels(limit, finer, study.levels, (n) => tokensOf(n)(0), distance),
    study.levels.length,
  );
  const { levels } = fine;
  const missing = leftOut(study.levels, fine, nodes.count);
  if (levels.length < 2) {
    const key = solver.kind === "characteristics" ? "solver.lmax" : "study.levels";
    throw new ConfigError(`${key}: fewer than two levels are left, ${missing}`);
  }
  const limit = particles({ model, scheme, initial: nodes });
  const area = givesArea(config, limit, { channels: model.channels, steps });
  const noise = keptNoise(problem, steps, area);
  const clouds = new Map<number, Evolution>(
    levels.map((n) => [n, particles({ model, scheme, initial: tokensOf(n) })]),
  );
  const follow = follower({ noise, steps, every, area, stopping });
  const result = studyPropagationOfChaos({
    distance: supremum(limit, clouds, follow, distance.from),
    levels,
    paths: study.paths,
    seed: ensemble.seed,
    onProgress,
    stopping,
  });
  const random = initial.placement === "random";
  const work = (n: number): number => steps * model.channels + (random ? n * model.dimension : 0);
  return {
    report: {
      study: "propagation-of-chaos",
      scheme: `${solver.scheme}${area ? " with Lévy area" : ""} on ${steps} steps, ${random ? "independent" : "low-discrepancy"} starts`,
      reference: `characteristics on ${limit.law.count} quadrature nodes, same noise and scheme`,
      paths: result.paths,
      horizon,
      quantity: `E sup ${distance.name}`,
      ...curveOf(
        levels.map((tokens) => ({ tokens })),
        result,
        (i) => work(levels[i]),
      ),
      ...(result.stopped && { stopped: result.stopped }),
      notes: [distance.note, ...(missing === null ? [] : [missing]), ...result.notes],
    },
    alone: alone((n, path) => follow(clouds.get(n)!, path, () => undefined)),
  };
}

/** An initial law from which any number of tokens is drawn. Throws a ConfigError where there is no limit of many. */
function tokensOfMany(
  { initial, model }: Config,
  { levels: [fewest], reference }: StudyConfig,
  solver: PathSolver,
): Extract<InitialConfig, { placement: string }> {
  if (!("placement" in initial)) {
    throw new ConfigError(
      `initial.kind: "${initial.kind}" has no limit of many tokens; want "uniform" or "vmf"`,
    );
  }
  if (initial.kind === "vmf" && initial.placement === "quasi" && fewest < initial.components.length) {
    throw new ConfigError(
      `study.levels[0]: ${fewest} cannot serve ${initial.components.length} components; want one token for each`,
    );
  }
  if (reference !== "independent") {
    throw new ConfigError(
      `study.reference: "${reference}" is no limit law; leave it out: characteristics on quadrature nodes are it`,
    );
  }
  if (model.dimension > 3) {
    throw new ConfigError(`model.dimension: ${model.dimension} has no quadrature nodes; want 2 or 3`);
  }
  if ("kappa" in solver && solver.kappa > 0) {
    throw new ConfigError(
      `solver.kappa: ${solver.kappa} leaves the limit law without characteristics; want 0`,
    );
  }
  return initial;
}

/** Follows an evolution along a path and shows its law at the start and at every observed time. */
type Follow = (
  evolution: Evolution,
  path: number,
  see: (law: Measure) => void,
  /** Said of it where it stops. */
  name?: string,
) => void;

function follower(run: {
  readonly noise: (path: number) => CommonNoise;
  readonly steps: number;
  readonly every: number;
  readonly area: boolean;
  readonly stopping?: () => boolean;
}): Follow {
  const { noise, steps, every, area, stopping } = run;
  return (evolution, path, see, name) => {
    evolution.reset(path);
    see(evolution.law);
    const onStep = (step: number): void => {
      if (step % every === 0 || step === steps) see(evolution.law);
    };
    reached(simulate({ evolution, noise: noise(path), steps, area, every: steps, stopping, onStep }), name);
  };
}

/**
 * sup over the observed times of the distance of n tokens from the limit. Clouds of all sizes are followed beside the limit,
 * once a path.
 */
function supremum(
  limit: Evolution,
  clouds: ReadonlyMap<number, Evolution>,
  follow: Follow,
  distanceFrom: (law: Measure) => (cloud: Measure) => number,
): (n: number, path: number) => number {
  const sizes = [...clouds.keys()];
  const others = [...clouds.values()];
  const largest = new Float64Array(sizes.length);
  const all = beside(limit, others, (place) => (largest[place] = NaN));
  let followed = -1;
  return (n, path) => {
    if (followed !== path) {
      largest.fill(0);
      const see = (now: Measure): void => {
        const from = distanceFrom(positivePart(now).law);
        others.forEach(({ law }, i) => (largest[i] = Math.max(largest[i], from(law))));
      };
      follow(all, path, see, "the reference");
      followed = path;
    }
    const found = largest[sizes.indexOf(n)];
    // Alone it says where, and why, it could not go on.
    if (!Number.isFinite(found)) follow(clouds.get(n)!, path, () => undefined);
    return found;
  };
}

/** The law on the nodes of a degree, scaled to mass one, or on its own where those do not carry it. */
const carriedNodes = (model: Model, scheme: Scheme, density: InitialLaw, lmax: number): Measure => {
  const transform = planTransform(model.dimension, lmax);
  return positivePart(characteristics({ model, scheme, transform, density }).law).law;
};

/** Nodes of the law, doubled until they are fine enough for all levels or would be more than `most`. */
function fineLimit(
  law: InitialLaw,
  first: Measure,
  most: number,
  judge: (limit: Measure, finer: Measure) => FineLevels,
  wanted: number,
): { nodes: Measure; fine: FineLevels } {
  for (let nodes = first; ;) {
    const fine = judge(nodes, law.quadrature!(4 * nodes.count));
    if (fine.levels.length === wanted || 2 * nodes.count > most) return { nodes, fine };
    nodes = law.quadrature!(2 * nodes.count);
  }
}
