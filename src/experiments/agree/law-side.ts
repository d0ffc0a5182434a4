import { brownian } from "../../noise/brownian.js";
import { silent } from "../../noise/silent.js";
import { stream } from "../../noise/stream.js";
import type { Block } from "../../studies/blocks.js";
import { joinMoments, runningMoments, totalOf, type Moments } from "../../studies/moments.js";
import { standardErrors } from "../../studies/statistics.js";
import type { Evolution } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { logOde } from "../../../solvers/schemes/log-ode.js";
import { particles } from "../../../solvers/particles.js";
import { simulate, type Trajectory } from "../../../solvers/simulate.js";
import { transformer } from "../../../solvers/transformer.js";
import { gridOf } from "../../config/build-evolution.js";
import { buildInitialLaw } from "../../config/build-initial.js";
import { buildHeads, clockOf } from "../../config/build-model.js";
import type { Config } from "../../config/config.js";
import type { Stop } from "../stop.js";
import { layersOf } from "../../config/layers-of.js";
import { agreeSettings, lawObservables } from "./settings.js";
import { stopOf, type SideOptions } from "./side.js";

/** Transformers and the stochastic equation in law: means with standard errors at the same clock times. */
export interface LawSide {
  readonly tokens: number;
  /** Of each ensemble when it is whole. */
  readonly paths: number;
  /** Paths that are in the means. */
  readonly done: { readonly transformer: number; readonly equation: number };
  readonly eta: number;
  /** H, heads a layer. */
  readonly heads: number;
  readonly times: readonly number[];
  readonly transformer: Readonly<Record<string, Means>>;
  readonly equation: Readonly<Record<string, Means>>;
  readonly stopped?: Stop;
}

type Means = { readonly mean: readonly number[]; readonly stderr: readonly (number | null)[] };

/** What was found of the 2 * paths paths of a law side: those of the transformers first, then those of the equation. */
export interface LawBlock extends Block {
  readonly times: readonly number[];
  /** Of the observables' numbers [observables * times], paths of each ensemble numbered from 0. */
  readonly transformer: Moments;
  readonly equation: Moments;
  readonly stopped?: Stop;
}

/** Two neighbouring blocks of a law side. */
export const joinLawBlocks = (left: LawBlock, right: LawBlock): LawBlock => ({
  ...right,
  from: left.from,
  times: left.times.length > 0 ? left.times : right.times,
  transformer: joinMoments(left.transformer, right.transformer),
  equation: joinMoments(left.equation, right.equation),
});

/** Number of paths of both ensembles together; 0 where there is no law side. */
export function lawPaths(config: Config): number {
  const { transformer } = agreeSettings(config);
  return transformer && buildHeads(config.model, config.ensemble.seed) ? 2 * transformer.paths : 0;
}

/**
 * An ensemble of random transformers against an ensemble of the stochastic equation with fresh atoms, at the same times
 * of the model's clock. On the clock of the layers these are the model's own: their eta, and their number of heads where it
 * has one; the settings then count for tokens and paths. Null when it was left out, or the model has no heads to draw.
 */
export function lawSide(config: Config, options: SideOptions = {}): LawSide | null {
  const paths = lawPaths(config);
  return paths === 0 ? null : lawOf(config, planLaw(config)(0, paths, options));
}

/** The law side of a configuration that has one, from the one block of all its paths, or of those before it ended. */
export function lawOf(config: Config, block: LawBlock): LawSide {
  const { tokens, paths, eta, heads } = settingsOf(config);
  const { times, to, transformer, equation, stopped } = block;
  const names = Object.keys(lawObservables(config));
  const meansOf = (moments: Moments): Record<string, Means> => {
    const total = totalOf(moments);
    const errors = standardErrors(moments);
    const part = (of: Float64Array | undefined | null, at: number): number[] =>
      of ? [...of.subarray(at * times.length, (at + 1) * times.length)] : [];
    return Object.fromEntries(
      names.map((name, at) => [
        name,
        {
          mean: part(total?.mean, at),
          stderr: part(errors, at).map((e) => (total!.count >= 2 ? e : null)),
        },
      ]),
    );
  };
  return {
    tokens,
    paths,
    done: { transformer: Math.min(to, paths), equation: Math.max(0, to - paths) },
    eta,
    heads,
    times,
    transformer: meansOf(transformer),
    equation: meansOf(equation),
    ...(stopped && { stopped }),
  };
}

/** What both ensembles have in common. */
function settingsOf(config: Config) {
  const { tokens, paths, heads, layers } = agreeSettings(config).transformer!;
  const clock = clockOf(config.model);
  return { tokens, paths, clock, ...layersOf(clock, { heads, layers }, gridOf(config).horizon) };
}

/** Both ensembles, planned once for any number of blocks of their paths. */
export function planLaw(config: Config): (from: number, to: number, options?: SideOptions) => LawBlock {
  const { seed } = config.ensemble;
  const { horizon } = gridOf(config);
  const { tokens: n, paths, clock, eta, heads: H, layers: L } = settingsOf(config);
  const drawn = buildHeads(config.model, `${seed}/transformer`)!;
  const law = buildInitialLaw(config.initial, { dimension: config.model.dimension, manifold: "sphere" });
  const observe = lawObservables(config);
  const every = Math.max(1, Math.floor(L / 16));
  const tokensOf = (label: string) => {
    const source = stream(`${seed}/${label}`, "initial");
    return (path: number) => law.sample(n, source, path);
  };
  const chain = transformer({ ...drawn.chain, headsPerLayer: H, eta, initial: tokensOf("transformer") });
  const model = drawn.equation(`${seed}/equation`);
  const equation = particles({
    model,
    // A layer is an Euler step of its drift, up to second order: the equation of layers wants a better one.
    scheme: clock === "diffusive" ? eulerMaruyama : logOde,
    initial: tokensOf("equation"),
  });
  const follow = (
    label: string,
    path: number,
    evolution: Evolution,
    channels: number,
    stopping?: () => boolean,
  ): Trajectory => {
    const noise =
      channels > 0
        ? brownian({ seed: `${seed}/${label}`, path, channels, horizon, steps: L, area: null })
        : silent({ horizon, steps: L, path });
    return simulate({ evolution, noise, steps: L, observe, every, stopping });
  };
  return (from, to, { onProgress, stopping } = {}) => {
    const of = 2 * paths;
    const chains = runningMoments(Math.min(from, paths));
    const equations = runningMoments(Math.max(0, from - paths));
    let times: readonly number[] = [];
    const found = (end: number): LawBlock => ({
      from,
      to: end,
      times,
      transformer: chains.moments(),
      equation: equations.moments(),
    });
    for (let at = from; at < to; at++) {
      const first = at < paths;
      const [label, path] = first ? ["transformer", at] : ["equation", at - paths];
      const trajectory = first
        ? follow(label, path, chain, 1, stopping)
        : follow(label, path, equation, model.channels, stopping);
      if (trajectory.stopped) {
        const { cause, ...rest } = trajectory.stopped;
        const told = { ...rest, cause: rest.interrupted ? cause : `${cause} (${label})` };
        return { ...found(at), ended: true, stopped: stopOf(told, { done: at, of, unit: "paths", path }) };
      }
      times = trajectory.times;
      (first ? chains : equations).add(Object.values<readonly number[]>(trajectory.values).flat());
      onProgress?.(at + 1 - from, of);
    }
    return found(to);
  };
}
