import { positivePart } from "../../observables/positive-part.js";
import { projections } from "../../observables/projections.js";
import { wasserstein } from "../../observables/wasserstein.js";
import { copyMeasure } from "../../sphere/measure.js";
import { studyPropagationOfChaos } from "../../studies/propagation-of-chaos.js";
import type { Evolution, Measure } from "../../types.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
import { buildScheme, buildTransform } from "../build-evolution.js";
import { buildTokens } from "../build-initial.js";
import { ConfigError } from "../../config/config-error.js";
import type { Config } from "../../config/config.js";
import { keptNoise, pathProblem } from "./method.js";
import { slicedAgainst } from "./sliced.js";
import { curveOf, type Study, type StudyOptions } from "./report.js";
import { finestOf, studySettings } from "./settings.js";

/** Nodes of the limit law for every token of the largest cloud: its own distance from the limit is below theirs. */
const NODES_PER_TOKEN = 8;

/** Pairs of places up to which exact transport takes some hundredths of a second. */
const EXACT_PAIRS = 2 ** 12;

/** Directions of the sliced distance, for each dimension; fixed and evenly spread. */
const DIRECTIONS = 8;

/**
 * Propagation of chaos: E sup_t W_2^2 between n tokens and the limit law under the same common noise, against n. Tokens
 * start independently or from low-discrepancy points (`initial.placement`); the limit is carried by characteristics on
 * quadrature nodes with the same scheme and steps, so nothing but the number of tokens differs. The supremum is over the
 * times that `solver.every` observes. One distance serves all levels: exact (chordal) W_2 where the largest cloud and the
 * nodes are few enough, else sliced W_2 over evenly spread directions, which has the rates of its one-dimensional
 * projections. A ConfigError says what makes no such study.
 */
export function chaosStudy(config: Config, { onProgress }: StudyOptions = {}): Study {
  const study = studySettings(config);
  const problem = pathProblem(config);
  const { model, law, solver } = problem;
  const { initial, ensemble } = config;
  if (solver.kind === "density" || !("placement" in initial)) {
    throw new ConfigError(
      solver.kind === "density"
        ? 'solver.kind: "density" moves no tokens; want "particles"'
        : `initial.kind: "${initial.kind}" has no limit of many tokens; want "uniform" or "vmf"`,
    );
  }
  if (study.reference !== "independent") {
    throw new ConfigError(
      `study.reference: "${study.reference}" is no limit law; leave it out: characteristics on quadrature nodes are it`,
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

  const { steps, every, horizon, area } = solver;
  const scheme = buildScheme(solver.scheme, solver.substeps);
  const lmax = solver.kind === "characteristics" ? solver.lmax : degreeFor(model.dimension, finestOf(study));
  const limit = characteristics({
    model,
    scheme,
    transform: buildTransform(model.dimension, lmax),
    density: (x, offset) => law.density!(x, offset),
  });
  const withArea = area === "auto" && scheme.needsArea !== "never";
  const noise = keptNoise(problem, steps, withArea);
  const clouds = new Map<number, Evolution>(
    study.levels.map((n) => {
      const initialTokens = buildTokens({ ...initial, tokens: n }, law, ensemble.seed);
      return [n, particles({ model, scheme, initial: initialTokens })];
    }),
  );

  const exact =
    study.distance === "exact" ||
    (study.distance === "auto" && finestOf(study) * limit.law.count <= EXACT_PAIRS);
  const directions = projections(model.dimension, DIRECTIONS * model.dimension);
  const sliced = slicedAgainst(directions, model.dimension);
  /** The limit law of one time, made ready for the distance of any cloud from it. */
  const fixed = (limit: Measure): ((cloud: Measure) => number) => {
    if (exact) {
      const kept = copyMeasure(limit);
      return (cloud) => wasserstein(cloud, kept) ** 2;
    }
    const sorted = sliced.sort(limit);
    return (cloud) => sliced.square(cloud, sorted);
  };

  /** The law of an evolution at the observed times of a path. */
  const follow = (evolution: Evolution, path: number, see: (at: number, law: Measure) => void): void => {
    evolution.reset(path);
    see(0, evolution.law);
    let at = 0;
    const { stopped } = simulate({
      evolution,
      noise: noise(path),
      steps,
      area: withArea,
      every: steps,
      onStep(step) {
        if (step % every === 0 || step === steps) see(++at, evolution.law);
      },
    });
    if (stopped) throw new RangeError(`path ${path} ended at t = ${stopped.time}: ${stopped.cause}`);
  };

  let followed = -1;
  const from: ((cloud: Measure) => number)[] = [];
  const supremum = (n: number, path: number): number => {
    if (followed !== path) {
      follow(limit, path, (at, now) => (from[at] = fixed(positivePart(now).law)));
      followed = path;
    }
    let largest = 0;
    follow(clouds.get(n)!, path, (at, now) => (largest = Math.max(largest, from[at](now))));
    return largest;
  };

  const result = studyPropagationOfChaos({
    distance: supremum,
    levels: study.levels,
    paths: study.paths,
    seed: ensemble.seed,
    onProgress,
  });
  const random = initial.placement === "random";
  const work = (n: number): number => steps * model.channels + (random ? n * model.dimension : 0);
  const name = exact ? "W₂²" : "sliced W₂²";
  return {
    report: {
      study: "propagation-of-chaos",
      scheme: `${solver.scheme}${withArea ? " with Lévy area" : ""} on ${steps} steps, ${random ? "independent" : "low-discrepancy"} starts`,
      reference: `characteristics on ${limit.law.count} quadrature nodes, same noise and scheme`,
      paths: result.paths,
      horizon,
      quantity: `E sup ${name}`,
      ...curveOf(
        study.levels.map((tokens) => ({ tokens })),
        result,
        (i) => work(study.levels[i]),
      ),
      notes: [
        exact
          ? "exact chordal W2 for all levels"
          : `sliced W2 over ${DIRECTIONS * model.dimension} even directions for all levels: its rates are those of projections`,
      ],
    },
    alone: (n, path) => follow(clouds.get(n)!, path, () => undefined),
  };
}

/** A degree whose nodes (about 3 lmax on the circle, 4.5 lmax^2 on the sphere) are enough for n tokens, never below 15. */
function degreeFor(dimension: number, n: number): number {
  const nodes = NODES_PER_TOKEN * n;
  return Math.min(511, Math.max(15, Math.floor(dimension === 2 ? nodes / 3 : Math.sqrt(nodes / 4.5))));
}
