import { positivePart } from "../../observables/positive-part.js";
import { planTransform } from "../../spectral/plan-transform.js";
import { studyPropagationOfChaos } from "../../studies/propagation-of-chaos.js";
import type { CommonNoise, Evolution, Measure } from "../../types.js";
import { buildTokens } from "../../config/build-initial.js";
import { givesArea } from "../../config/build-noise.js";
import { buildScheme } from "../../config/catalog/solvers/scheme.js";
import type { Config, InitialConfig } from "../../config/config.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { particles } from "../../../solvers/particles.js";
import { simulate, Stopped } from "../../../solvers/simulate.js";
import { alone } from "./alone.js";
import { lawDistance } from "./distance.js";
import { keptNoise, pathProblem, type PathSolver } from "./method.js";
import { curveOf, type Study, type StudyOptions } from "./report.js";
import { finestOf, studySettings } from "./settings.js";

/** Nodes of the limit law for every token of the largest cloud: its own distance from the limit is below theirs. */
const NODES_PER_TOKEN = 8;

/**
 * Propagation of chaos: E sup_t W_2^2 between n tokens and the limit law under the same common noise, against n. Tokens
 * start independently or from low-discrepancy points (`initial.placement`); the limit is carried by characteristics on
 * quadrature nodes with the same scheme and steps, so nothing but the number of tokens differs. The supremum is over the
 * times that `solver.every` observes. One distance serves all levels: exact (chordal) W_2 where the largest cloud and the
 * nodes are few enough, else sliced W_2. A ConfigError says what makes no such study.
 */
export function chaosStudy(config: Config, { onProgress, stopping }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { model, law, solver } = problem;
  const { ensemble } = config;
  if (solver.kind === "density") {
    throw new ConfigError('solver.kind: "density" moves no tokens; want "particles"');
  }
  const initial = tokensOfMany(config, solver);
  const { steps, every, horizon } = solver;
  const scheme = buildScheme(solver.scheme, solver.substeps);
  const lmax = solver.kind === "characteristics" ? solver.lmax : degreeFor(model.dimension, finestOf(study));
  const limit = characteristics({
    model,
    scheme,
    transform: planTransform(model.dimension, lmax),
    density: (x, offset) => law.density!(x, offset),
  });
  const area = givesArea(config, limit, { channels: model.channels, steps });
  const noise = keptNoise(problem, steps, area);
  const clouds = new Map<number, Evolution>(
    study.levels.map((n) => {
      const initialTokens = buildTokens({ ...initial, tokens: n }, law, ensemble.seed);
      return [n, particles({ model, scheme, initial: initialTokens })];
    }),
  );
  const distance = lawDistance(study.distance, model.dimension, finestOf(study), limit.law.count);
  const follow = follower({ noise, steps, every, area, stopping });
  const result = studyPropagationOfChaos({
    distance: supremum(limit, clouds, follow, distance.from),
    levels: study.levels,
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
        study.levels.map((tokens) => ({ tokens })),
        result,
        (i) => work(study.levels[i]),
      ),
      ...(result.stopped && { stopped: result.stopped }),
      notes: [distance.note, ...result.notes],
    },
    alone: alone((n, path) => follow(clouds.get(n)!, path, () => undefined)),
  };
}

/** An initial law from which any number of tokens is drawn. Throws a ConfigError where there is no limit of many. */
function tokensOfMany(
  { initial, study, model }: Config,
  solver: PathSolver,
): Extract<InitialConfig, { placement: string }> {
  if (!("placement" in initial)) {
    throw new ConfigError(
      `initial.kind: "${initial.kind}" has no limit of many tokens; want "uniform" or "vmf"`,
    );
  }
  if (study?.reference !== "independent") {
    throw new ConfigError(
      `study.reference: "${study?.reference}" is no limit law; leave it out: characteristics on quadrature nodes are it`,
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

/** Follows an evolution along a path and shows its law at the start and at every observed time, numbered from zero. */
type Follow = (
  evolution: Evolution,
  path: number,
  see: (at: number, law: Measure) => void,
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
    see(0, evolution.law);
    let at = 0;
    const { stopped } = simulate({
      evolution,
      noise: noise(path),
      steps,
      area,
      every: steps,
      stopping,
      onStep(step) {
        if (step % every === 0 || step === steps) see(++at, evolution.law);
      },
    });
    if (!stopped) return;
    const { cause, interrupted } = stopped;
    throw new Stopped(name && !interrupted ? `${name}: ${cause}` : cause, stopped);
  };
}

/** sup over the observed times of the distance of n tokens from the limit, which is followed once a path. */
function supremum(
  limit: Evolution,
  clouds: ReadonlyMap<number, Evolution>,
  follow: Follow,
  distanceFrom: (law: Measure) => (cloud: Measure) => number,
): (n: number, path: number) => number {
  let followed = -1;
  const from: ((cloud: Measure) => number)[] = [];
  return (n, path) => {
    if (followed !== path) {
      const see = (at: number, now: Measure) => (from[at] = distanceFrom(positivePart(now).law));
      follow(limit, path, see, "the reference");
      followed = path;
    }
    let largest = 0;
    follow(clouds.get(n)!, path, (at, now) => (largest = Math.max(largest, from[at](now))));
    return largest;
  };
}

/** A degree whose nodes (about 3 lmax on the circle, 4.5 lmax^2 on the sphere) are enough for n tokens, never below 15. */
function degreeFor(dimension: number, n: number): number {
  const nodes = NODES_PER_TOKEN * n;
  return Math.min(511, Math.max(15, Math.floor(dimension === 2 ? nodes / 3 : Math.sqrt(nodes / 4.5))));
}
