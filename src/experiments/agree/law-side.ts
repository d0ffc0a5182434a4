import { brownian } from "../../noise/brownian.js";
import { silent } from "../../noise/silent.js";
import { stream } from "../../noise/stream.js";
import { ensembleMean } from "../../studies/statistics.js";
import type { Evolution } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { logOde } from "../../../solvers/schemes/log-ode.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
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
  readonly transformer: Readonly<Record<string, Moments>>;
  readonly equation: Readonly<Record<string, Moments>>;
  readonly stopped?: Stop;
}

type Moments = { readonly mean: readonly number[]; readonly stderr: readonly (number | null)[] };

/**
 * An ensemble of random transformers against an ensemble of the stochastic equation with fresh atoms, at the same times
 * of the model's clock. On the clock of the layers these are the model's own: their eta, and their number of heads where it
 * has one; the settings then count for tokens and paths. Null when it was left out, or the model has no heads to draw.
 */
export function lawSide(config: Config, { onProgress, stopping }: SideOptions = {}): LawSide | null {
  const { transformer: settings } = agreeSettings(config);
  const { seed } = config.ensemble;
  const drawn = buildHeads(config.model, `${seed}/transformer`);
  if (!settings || !drawn) return null;
  const { tokens: n, paths } = settings;
  const { horizon } = gridOf(config);
  const clock = clockOf(config.model);
  const { eta, heads: H, layers: L } = layersOf(clock, settings, horizon);
  const law = buildInitialLaw(config.initial, { dimension: config.model.dimension, manifold: "sphere" });
  const observe = lawObservables(config);
  const every = Math.max(1, Math.floor(L / 16));

  let times: readonly number[] = [];
  let stopped: Stop | undefined;
  const ensembleOf = (label: string, evolution: Evolution, channels: number, offset: number) => {
    const means = ensembleMean();
    let done = 0;
    for (; !stopped && done < paths; done++) {
      const noise =
        channels > 0
          ? brownian({ seed: `${seed}/${label}`, path: done, channels, horizon, steps: L, area: null })
          : silent({ horizon, steps: L, path: done });
      const trajectory = simulate({ evolution, noise, steps: L, observe, every, stopping });
      if (trajectory.stopped) {
        const { cause, ...rest } = trajectory.stopped;
        const far = { done: offset + done, of: 2 * paths, unit: "paths", path: done };
        stopped = stopOf({ ...rest, cause: rest.interrupted ? cause : `${cause} (${label})` }, far);
        break;
      }
      times = trajectory.times;
      means.add(trajectory.values);
      onProgress?.(offset + done + 1, 2 * paths);
    }
    return {
      done,
      moments: Object.fromEntries(Object.keys(observe).map((name) => [name, means.result(name)])),
    };
  };

  const chainSource = stream(`${seed}/transformer`, "initial");
  const chain = ensembleOf(
    "transformer",
    transformer({
      ...drawn.chain,
      headsPerLayer: H,
      eta,
      initial: (path) => law.sample(n, chainSource, path),
    }),
    1,
    0,
  );
  const model = drawn.equation(`${seed}/equation`);
  const source = stream(`${seed}/equation`, "initial");
  const equation = ensembleOf(
    "equation",
    particles({
      model,
      // A layer is an Euler step of its drift, up to second order: the equation of layers wants a better one.
      scheme: clock === "diffusive" ? eulerMaruyama : logOde,
      initial: (path) => law.sample(n, source, path),
    }),
    model.channels,
    paths,
  );
  return {
    tokens: n,
    paths,
    done: { transformer: chain.done, equation: equation.done },
    eta,
    heads: H,
    times,
    transformer: chain.moments,
    equation: equation.moments,
    ...(stopped && { stopped }),
  };
}
