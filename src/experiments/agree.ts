import { brownian } from "../noise/brownian.js";
import { stream } from "../noise/stream.js";
import { gaussianHeads } from "../models/head-law.js";
import { parseObservable } from "../observables/parse-observable.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { studyAgreement, type AgreementResult } from "../studies/agreement.js";
import { ensembleMean } from "../studies/statistics.js";
import type { Evolution, Observable } from "../types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { eulerMaruyama } from "../../solvers/euler-maruyama.js";
import { fokkerPlanck } from "../../solvers/fokker-planck.js";
import { logOde } from "../../solvers/log-ode.js";
import { milstein } from "../../solvers/milstein.js";
import { particles } from "../../solvers/particles.js";
import { simulate } from "../../solvers/simulate.js";
import { transformer } from "../../solvers/transformer.js";
import { buildTransform } from "./build-evolution.js";
import { buildInitialLaw } from "./build-initial.js";
import { buildModel } from "./build-model.js";
import { buildNoise } from "./build-noise.js";
import { below, slopeNear, withinErrors, type Claim } from "./claims/claim.js";
import { ConfigError } from "./config-error.js";
import { agreeDefaults, type AgreeConfig, type Config } from "./config.js";
import { grid } from "./run.js";

/** Harmonic moments up to this degree are compared. */
const DEGREES = 4;

/** Times at which the law is kept for a picture, as fractions of the horizon. */
const SNAPSHOTS = [0, 1 / 3, 2 / 3, 1];

/** Error of the softmax sums of random tokens: four digits below the sampling error n^{-1/2} of the largest cloud. */
const TOKEN_TOLERANCE = 1e-7;

/** Tokens drawn on top of the maps. */
const SHOWN = 512;

/** The limit law: the density, and its characteristics under the same noise. */
export interface LimitSide {
  readonly times: readonly number[];
  readonly density: Readonly<Record<string, readonly number[]>>;
  readonly characteristics: Readonly<Record<string, readonly number[]>>;
  /** [times] largest difference of a harmonic moment. */
  readonly differences: readonly number[];
  /** Moments of the density at the horizon, in the order of the harmonics. */
  readonly moments: Float64Array;
  readonly snapshots: readonly {
    readonly time: number;
    readonly coefficients: Float64Array;
    readonly energy: number[];
  }[];
  readonly mass: readonly number[];
  readonly minimum: readonly number[];
  readonly tail: readonly number[];
  readonly stopped?: { readonly time: number; readonly cause: string };
}

/** Random tokens under the same noise. */
export interface TokenSide {
  readonly levels: readonly number[];
  /** [level][repetition][moment] at the horizon. */
  readonly moments: readonly (readonly Float64Array[])[];
  readonly times: readonly number[];
  /** Observables of the largest cloud, first repetition. */
  readonly observables: Readonly<Record<string, readonly number[]>>;
  /** [snapshot] points of a cloud of `SHOWN` tokens. */
  readonly shown: readonly Float64Array[];
}

/** Transformers and the stochastic equation in law: means with standard errors at the same clock times. */
export interface LawSide {
  readonly tokens: number;
  readonly paths: number;
  readonly eta: number;
  readonly times: readonly number[];
  readonly transformer: Readonly<Record<string, Moments>>;
  readonly equation: Readonly<Record<string, Moments>>;
}

type Moments = { readonly mean: readonly number[]; readonly stderr: readonly (number | null)[] };

export interface Agreement {
  readonly claims: readonly Claim[];
  readonly rates: readonly AgreementResult[];
}

/** What to compare. Throws a ConfigError for a configuration that has no density. */
export function agreeSettings(config: Config): AgreeConfig & { lmax: number } {
  const d = config.model.dimension;
  if (d > 3)
    throw new ConfigError(`model.dimension: ${d} is too high to hold against a density; want 2 or 3`);
  if (config.initial.kind !== "uniform" && config.initial.kind !== "vmf") {
    throw new ConfigError(
      `initial.kind: "${config.initial.kind}" has no density to agree with; want "uniform" or "vmf"`,
    );
  }
  const lmax = "lmax" in config.solver && config.solver.lmax !== "auto" ? config.solver.lmax : 15;
  const { steps } = grid(config);
  const coarser = config.agree?.tokenSteps ?? steps;
  if (coarser > steps || !Number.isInteger(Math.log2(steps / coarser))) {
    throw new ConfigError(
      `agree.tokenSteps: ${coarser} does not fit solver.steps, want ${steps} or a half, a quarter, ... of it`,
    );
  }
  return { lmax, ...(config.agree ?? agreeDefaults()) };
}

const observables = ({ observe, model }: Config): Record<string, Observable> =>
  Object.fromEntries(
    observe
      .filter((name) => !name.startsWith("overlap"))
      .map((name) => [name, parseObservable(name, model.dimension)]),
  );

/** Density and characteristics, both moved by the frozen-field flow. */
export function limitSide(config: Config, onStep?: (done: number, total: number) => void): LimitSide {
  const { lmax } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed);
  const law = buildInitialLaw(config.initial, model.dimension);
  const { horizon, steps } = grid(config);
  const transform = buildTransform(model.dimension, lmax);
  const density = (x: Float64Array, offset: number): number => law.density!(x, offset);
  const noise = buildNoise(config, { channels: model.channels, horizon, steps, area: false }, 0);
  const observe = observables(config);
  const { size } = planHarmonics(model.dimension, DEGREES);

  const solved = fokkerPlanck({ model, transform, density, scheme: "milstein" });
  const history: Float64Array[] = [];
  const snapshots: LimitSide["snapshots"][number][] = [];
  const keep = (step: number, time: number): void => {
    history.push(solved.coefficients.slice(0, size));
    if (SNAPSHOTS.some((s) => Math.round(s * steps) === step)) {
      const energy = new Array<number>(lmax + 1).fill(0);
      solved.coefficients.forEach((c, q) => (energy[transform.degrees[q]] += c * c));
      snapshots.push({ time, coefficients: solved.coefficients.slice(), energy });
    }
    onStep?.(step, 2 * steps);
  };
  solved.reset(0);
  keep(0, 0);
  const first = simulate({ evolution: solved, noise, steps, observe, onStep: keep });

  const carried = characteristics({ model, scheme: logOde(), transform, density });
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const moments = new Float64Array(size);
  const differences: number[] = [];
  const compare = (step: number): void => {
    harmonics.moments(carried.law, moments);
    differences.push(history[step].reduce((s, c, q) => Math.max(s, Math.abs(c - moments[q])), 0));
    onStep?.(steps + step, 2 * steps);
  };
  carried.reset(0);
  compare(0);
  const second = simulate({
    evolution: carried,
    noise,
    steps,
    observe,
    onStep: (step) => (step < history.length ? compare(step) : true),
  });

  const { mass, minimum, tail } = solved.diagnostics() as Record<"mass" | "minimum" | "tail", number[]>;
  return {
    times: first.times,
    density: first.values,
    characteristics: second.values,
    differences,
    moments: history[history.length - 1],
    snapshots,
    mass,
    minimum,
    tail,
    ...(first.stopped && { stopped: first.stopped }),
  };
}

/** Clouds of independent tokens of every size, moved by Milstein's scheme under the same noise. */
export function tokenSide(config: Config, onPath?: (done: number, total: number) => void): TokenSide {
  const { tokens: levels, repetitions, tokenSteps } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed, TOKEN_TOLERANCE);
  const law = buildInitialLaw(config.initial, model.dimension);
  const { horizon, steps: finest } = grid(config);
  const steps = tokenSteps ?? finest;
  const noise = buildNoise(config, { channels: model.channels, horizon, steps: finest, area: false }, 0);
  const source = stream(seed, "initial");
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const observe = observables(config);

  const cloud = (n: number): Evolution & { repetition(r: number): void } => {
    let repetition = 0;
    const evolution = particles({
      model,
      scheme: milstein,
      initial: () => law.sample(n, source, repetition),
    });
    return { ...evolution, repetition: (r) => (repetition = r) };
  };

  let done = 0;
  const total = levels.reduce((s, n) => s + n, 0) * repetitions;
  let largest: { times: readonly number[]; values: Readonly<Record<string, readonly number[]>> } = {
    times: [],
    values: {},
  };
  const moments = levels.map((n, i) => {
    const evolution = cloud(n);
    return Array.from({ length: repetitions }, (_, r) => {
      evolution.repetition(r);
      const keeps = r === 0 && i === levels.length - 1;
      const trajectory = simulate({ evolution, noise, steps, observe: keeps ? observe : {} });
      if (keeps) largest = trajectory;
      const out = new Float64Array(harmonics.size);
      harmonics.moments(evolution.law, out);
      onPath?.((done += n), total);
      return out;
    });
  });

  const shown: Float64Array[] = [];
  const evolution = cloud(SHOWN);
  const keep = (step: number): void => {
    if (SNAPSHOTS.some((s) => Math.round(s * steps) === step)) shown.push(evolution.law.points.slice());
  };
  evolution.reset(0);
  keep(0);
  simulate({ evolution, noise, steps, onStep: keep });
  return { levels, moments, times: largest.times, observables: largest.values, shown };
}

/**
 * An ensemble of random transformers against an ensemble of the stochastic equation with fresh atoms, at the same times
 * of the diffusive clock eta^2 l / H. Null when it was left out, or the model has no heads to draw.
 */
export function lawSide(config: Config, onPath?: (done: number, total: number) => void): LawSide | null {
  const { transformer: settings } = agreeSettings(config);
  const { model: m, ensemble } = config;
  if (!settings || m.name !== "gaussian-attention" || m.sigmaA === undefined) return null;
  const { tokens: n, heads: H, layers: L, paths } = settings;
  const { horizon } = grid(config);
  const { seed } = ensemble;
  const { dimension, beta, sigmaA, sigmaV = 1 / Math.sqrt(m.dimension) } = m;
  const eta = Math.sqrt((horizon * H) / L);
  const law = buildInitialLaw(config.initial, dimension);
  const observe = observables(config);
  const every = Math.max(1, Math.floor(L / 16));

  const ensembleOf = (label: string, evolution: Evolution, channels: number, offset: number) => {
    const means = ensembleMean();
    let times: readonly number[] = [];
    for (let path = 0; path < paths; path++) {
      const noise = brownian({ seed: `${seed}/${label}`, path, channels, horizon, steps: L });
      const trajectory = simulate({ evolution, noise, steps: L, observe, every });
      times = trajectory.times;
      means.add(trajectory.values);
      onPath?.(offset + path + 1, 2 * paths);
    }
    return {
      times,
      moments: Object.fromEntries(Object.keys(observe).map((name) => [name, means.result(name)])),
    };
  };

  const chainSource = stream(`${seed}/transformer`, "initial");
  const chain = ensembleOf(
    "transformer",
    transformer({
      heads: gaussianHeads({ dimension, sigmaV, sigmaA, seed: `${seed}/transformer` }),
      headsPerLayer: H,
      eta,
      beta,
      initial: (path) => law.sample(n, chainSource, path),
    }),
    1,
    0,
  );
  const model = buildModel({ ...m, atoms: "fresh" }, `${seed}/equation`);
  const source = stream(`${seed}/equation`, "initial");
  const equation = ensembleOf(
    "equation",
    particles({ model, scheme: eulerMaruyama, initial: (path) => law.sample(n, source, path) }),
    model.channels,
    paths,
  );
  return {
    tokens: n,
    paths,
    eta,
    times: chain.times,
    transformer: chain.moments,
    equation: equation.moments,
  };
}

/** The verdict: each claim with its value, interval and bound. */
export function agreement(
  config: Config,
  limit: LimitSide,
  tokens: TokenSide,
  law: LawSide | null,
): Agreement {
  const { tolerance, lmax } = agreeSettings(config);
  const largest = (values: readonly number[]): number => values.reduce((s, v) => Math.max(s, Math.abs(v)), 0);
  const rates = studyAgreement({
    observables: Array.from(limit.moments.keys(), String),
    levels: tokens.levels,
    paths: tokens.moments[0].length,
    difference: (n, r) => {
      const at = tokens.moments[tokens.levels.indexOf(n)][r];
      return limit.moments.map((c, q) => at[q] - c);
    },
  });
  const all = rates[rates.length - 1];
  const claims: Claim[] = [
    below(
      `density against characteristics: harmonic moments to degree ${DEGREES}`,
      largest(limit.differences),
      tolerance,
    ),
    below("mass of the density", largest(limit.mass.map((m) => m - limit.mass[0])), 1e-12),
    below(`spectral tail at lmax ${lmax}, so that the density is resolved`, largest(limit.tail), 1e-3),
    slopeNear("random tokens against the density: rate in n", all.fit, -0.5, 0.1),
  ];
  if (law) {
    for (const name of Object.keys(law.transformer)) {
      const [a, b] = [law.transformer[name], law.equation[name]];
      const last = a.mean.length - 1;
      const error = Math.hypot(a.stderr[last] ?? 0, b.stderr[last] ?? 0);
      claims.push(
        withinErrors(`transformer against the equation in law: ${name}`, a.mean[last] - b.mean[last], error),
      );
    }
  }
  return { claims, rates };
}
