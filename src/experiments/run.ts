import { commutes } from "../models/commutes.js";
import { ensembleMean } from "../studies/statistics.js";
import type { Diagnostics } from "../types.js";
import { simulate } from "../../solvers/simulate.js";
import { buildEvolution } from "./build-evolution.js";
import { buildInitialLaw, buildTokens } from "./build-initial.js";
import { buildObservables } from "./build-observables.js";
import { buildModel, describeModel } from "./build-model.js";
import { buildNoise } from "./build-noise.js";
import type { Config } from "../config/config.js";
import { finalOf, type Final } from "./final-state.js";

/** One series: NaN-free numbers; `stderr` is null where a single path leaves nothing to estimate it from. */
export type Series = {
  readonly time: readonly number[];
  readonly mean: readonly number[];
  readonly stderr: readonly (number | null)[];
};

export interface RunResult {
  readonly observables: Readonly<Record<string, Series>>;
  readonly diagnostics: Diagnostics;
  /** With one path only. */
  readonly final?: Final;
  /** Set when a path ended early: everything until then is kept. */
  readonly stopped?: { readonly path: number; readonly time: number; readonly cause: string };
}

export interface RunOptions {
  /** Called after every path, or after every step when there is only one. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every path, or every step when there is only one: true ends the run there with what it has. */
  readonly stopping?: () => boolean;
}

const INTERRUPTED = "interrupted; everything computed until then is kept";

/** Runs a configuration: the ensemble's means with standard errors, and what a reader must know to trust them. */
export function run(config: Config, options: RunOptions = {}): RunResult {
  const { solver, ensemble } = config;
  const model = buildModel(config.model, ensemble.seed);
  const law = buildInitialLaw(config.initial, model.dimension, model.manifold);
  const tokens = buildTokens(config.initial, law, ensemble.seed);
  const { evolution, density, scheme } = buildEvolution(config, model, law, tokens);
  const { horizon, steps } = grid(config);

  evolution.reset(0);
  const observe = buildObservables(config, evolution.law);
  const commuting = scheme ? commutes(model, evolution.law) : true;
  const needsArea = scheme?.needsArea === "unless-commuting" && !commuting;
  const area = needsArea && "area" in solver && solver.area === "auto";

  const series = ensembleMean();
  let paths = 0;
  let interruptedAt: number | null = null;
  let times: readonly number[] = [];
  let stopped: RunResult["stopped"];
  for (let path = 0; path < ensemble.paths && !stopped; path++) {
    const trajectory = simulate({
      evolution,
      noise: buildNoise(config, { channels: model.channels, horizon, steps, area }, path),
      steps,
      area,
      observe,
      every: solver.every,
      onStep(step, time) {
        if (ensemble.paths > 1) return false;
        options.onProgress?.(step, steps);
        if (step === steps || !options.stopping?.()) return false;
        interruptedAt = time;
        return true;
      },
    });
    if (trajectory.stopped) stopped = { path, ...trajectory.stopped };
    if (!stopped || ensemble.paths === 1) {
      times = trajectory.times;
      series.add(trajectory.values);
      paths++;
    }
    if (ensemble.paths > 1) {
      options.onProgress?.(path + 1, ensemble.paths);
      if (path + 1 < ensemble.paths && options.stopping?.()) interruptedAt = horizon;
    }
    if (interruptedAt !== null) stopped ??= { path, time: interruptedAt, cause: INTERRUPTED };
  }

  const facts = evolution.diagnostics();
  const notes = [
    needsArea && !area && "the fields do not commute and no Lévy area is used: strong order 1/2, not 1",
    facts.note,
  ].filter((note) => typeof note === "string");
  const order = scheme && (needsArea && !area ? scheme.strongOrderWithoutArea : scheme.strongOrder);
  return {
    observables: Object.fromEntries(
      Object.keys(observe).map((name) => [name, { time: times, ...series.result(name) }]),
    ),
    diagnostics: {
      ...describeModel(config.model, model),
      solver: solver.kind,
      ...(scheme && {
        scheme: scheme.name,
        strongOrder: order,
        commuting,
        area: area ? "mrongowius-roessler" : "none",
      }),
      paths,
      steps,
      ...facts,
      ...(notes.length > 0 && { note: notes.join("; ") }),
    },
    ...(ensemble.paths === 1 && {
      final: finalOf(evolution, density?.() ?? null),
    }),
    ...(stopped && { stopped }),
  };
}

/** Horizon and steps; a transformer's time is the diffusive clock eta^2 l / H. */
export function grid({ solver }: Config): { horizon: number; steps: number } {
  if (solver.kind !== "transformer") return solver;
  return { horizon: (solver.eta * solver.eta * solver.layers) / solver.heads, steps: solver.layers };
}
