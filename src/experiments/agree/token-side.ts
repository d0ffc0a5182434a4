import { stream } from "../../noise/stream.js";
import type { Block } from "../../studies/blocks.js";
import { planHarmonics } from "../../spectral/harmonics.js";
import type { Evolution } from "../../types.js";
import { milstein } from "../../../solvers/schemes/milstein.js";
import { particles } from "../../../solvers/particles.js";
import { simulate, type Trajectory } from "../../../solvers/simulate.js";
import { buildInitialLaw } from "../../config/build-initial.js";
import { buildModel } from "../../config/build-model.js";
import { buildNoise, givesArea } from "../../config/build-noise.js";
import { gridOf } from "../../config/build-evolution.js";
import type { Config } from "../../config/config.js";
import type { Stop } from "../stop.js";
import { agreeSettings, DEGREES, isSnapshot, lawObservables } from "./settings.js";
import { stopOf, type SideOptions } from "./side.js";

/** Error of the softmax sums of random tokens: four digits below the sampling error n^{-1/2} of the largest cloud. */
const TOKEN_TOLERANCE = 1e-7;

/** Tokens drawn on top of the maps. */
const SHOWN = 512;

/** Random tokens under the same noise. */
export interface TokenSide {
  readonly levels: readonly number[];
  readonly repetitions: number;
  /** [level][repetition][moment] at the horizon: all repetitions of every level, or those until it ended early. */
  readonly moments: readonly (readonly Float64Array[])[];
  readonly times: readonly number[];
  /** Observables of the largest cloud, first repetition. */
  readonly observables: Readonly<Record<string, readonly number[]>>;
  /** [snapshot] points of a cloud of `SHOWN` tokens. */
  readonly shown: readonly Float64Array[];
  readonly stopped?: Stop;
}

/**
 * What was found of the clouds of a token side, in this order: the one that is shown, and every repetition of every level,
 * the smallest first.
 */
export interface TokenBlock extends Block {
  /** Snapshots of the shown cloud; empty in a block that does not begin with it. */
  readonly shown: readonly Float64Array[];
  /** Moments at the horizon of the other clouds. */
  readonly moments: readonly Float64Array[];
  /** Of the largest cloud, first repetition, as far as it came. */
  readonly largest: Pick<TokenSide, "times" | "observables"> | null;
  readonly stopped?: Stop;
}

/** Two neighbouring blocks of a token side. */
export const joinTokenBlocks = (left: TokenBlock, right: TokenBlock): TokenBlock => ({
  ...right,
  from: left.from,
  shown: left.shown,
  moments: [...left.moments, ...right.moments],
  largest: left.largest ?? right.largest,
});

/** Number of clouds. */
export function cloudsOf(config: Config): number {
  const { tokens, repetitions } = agreeSettings(config);
  return 1 + tokens.length * repetitions;
}

/** Clouds of independent tokens of every size, moved by Milstein's scheme under the same noise. */
export const tokenSide = (config: Config, options: SideOptions = {}): TokenSide =>
  tokensOf(config, planTokens(config)(0, cloudsOf(config), options));

/** The token side from the one block of all its clouds, or of those before it ended. */
export function tokensOf(config: Config, { shown, moments, largest, stopped }: TokenBlock): TokenSide {
  const { tokens: levels, repetitions } = agreeSettings(config);
  return {
    levels,
    repetitions,
    moments: levels.map((_, i) => moments.slice(i * repetitions, (i + 1) * repetitions)),
    times: largest?.times ?? [],
    observables: largest?.observables ?? {},
    shown,
    ...(stopped && { stopped }),
  };
}

/** The clouds, planned once for any number of blocks of them. */
export function planTokens(config: Config): (from: number, to: number, options?: SideOptions) => TokenBlock {
  const { tokens: levels, repetitions, tokenSteps: steps } = agreeSettings(config);
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed, TOKEN_TOLERANCE);
  const law = buildInitialLaw(config.initial, model);
  const { horizon, steps: own, finest = own } = gridOf(config);
  const { channels } = model;
  const source = stream(seed, "initial");
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const observe = lawObservables(config);

  let repetition = 0;
  const cloudOf = (n: number): Evolution =>
    particles({ model, scheme: milstein, initial: () => law.sample(n, source, repetition) });
  let latest: { readonly n: number; readonly evolution: Evolution } | undefined;
  const cloud = (n: number): Evolution => {
    if (latest?.n !== n) latest = { n, evolution: cloudOf(n) };
    return latest.evolution;
  };

  const area = givesArea(config, cloudOf(levels[0]), { channels, steps: finest });
  const noise = buildNoise(config, { channels, horizon, steps: finest, area }, 0);
  const total = levels.reduce((s, n) => s + n, 0) * repetitions + SHOWN;
  const of = 1 + levels.length * repetitions;

  return (from, to, { onProgress, stopping } = {}) => {
    const shown: Float64Array[] = [];
    const moments: Float64Array[] = [];
    let largest: TokenBlock["largest"] = null;
    let moved = 0;
    for (let at = from; at < to; at++) {
      const level = Math.floor((at - 1) / repetitions);
      const n = at === 0 ? SHOWN : levels[level];
      repetition = at === 0 ? 0 : (at - 1) % repetitions;
      const evolution = cloud(n);
      const keep = (step: number): void => {
        if (at === 0 && isSnapshot(step, steps)) shown.push(evolution.law.points.slice());
      };
      if (at === 0) evolution.reset(0);
      keep(0);
      const observed = at > 0 && level === levels.length - 1 && repetition === 0;
      const trajectory: Trajectory = simulate({
        evolution,
        noise,
        steps,
        area,
        stopping,
        observe: observed ? observe : {},
        onStep: keep,
      });
      if (observed) largest = { times: trajectory.times, observables: trajectory.values };
      if (trajectory.stopped) {
        const stopped = stopOf(trajectory.stopped, { done: at, of, unit: "clouds of tokens" });
        return { from, to: at, ended: true, shown, moments, largest, stopped };
      }
      if (at > 0) {
        const out = new Float64Array(harmonics.size);
        harmonics.moments(evolution.law, out);
        moments.push(out);
      }
      onProgress?.((moved += n), total);
    }
    return { from, to, shown, moments, largest };
  };
}
