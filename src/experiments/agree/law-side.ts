import { brownian } from "../../noise/brownian.js";
import { stream } from "../../noise/stream.js";
import { ensembleMean } from "../../studies/statistics.js";
import type { Evolution } from "../../types.js";
import { eulerMaruyama } from "../../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
import { transformer } from "../../../solvers/transformer.js";
import { gridOf } from "../../config/build-evolution.js";
import { buildInitialLaw } from "../../config/build-initial.js";
import { buildHeads } from "../../config/build-model.js";
import type { Config } from "../../config/config.js";
import type { Stop } from "../stop.js";
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
  readonly times: readonly number[];
  readonly transformer: Readonly<Record<string, Moments>>;
  readonly equation: Readonly<Record<string, Moments>>;
  readonly stopped?: Stop;
}

type Moments = { readonly mean: readonly number[]; readonly stderr: readonly (number | null)[] };

/**
 * An ensemble of random transformers against an ensemble of the stochastic equation with fresh atoms, at the same times
 * of the diffusive clock eta^2 l / H. Null when it was left out, or the model has no heads to draw.
 */
export function lawSide(config: Config, { onProgress, stopping }: SideOptions = {}): LawSide | null {
  const { transformer: settings } = agreeSettings(config);
  const { seed } = config.ensemble;
  const drawn = buildHeads(config.model, `${seed}/transformer`);
  if (!settings || !drawn) return null;
  const { heads, beta } = drawn;
  const { tokens: n, heads: H, layers: L, paths } = settings;
  const { horizon } = gridOf(config);
  const eta = Math.sqrt((horizon * H) / L);
  const law = buildInitialLaw(config.initial, { dimension: config.model.dimension, manifold: "sphere" });
  const observe = lawObservables(config);
  const every = Math.max(1, Math.floor(L / 16));

  let times: readonly number[] = [];
  let stopped: Stop | undefined;
  const ensembleOf = (label: string, evolution: Evolution, channels: number, offset: number) => {
    const means = ensembleMean();
    let done = 0;
    for (; !stopped && done < paths; done++) {
      const noise = brownian({ seed: `${seed}/${label}`, path: done, channels, horizon, steps: L });
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
      heads,
      headsPerLayer: H,
      eta,
      beta,
      initial: (path) => law.sample(n, chainSource, path),
    }),
    1,
    0,
  );
  const model = drawn.equation(`${seed}/equation`);
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
    done: { transformer: chain.done, equation: equation.done },
    eta,
    times,
    transformer: chain.moments,
    equation: equation.moments,
    ...(stopped && { stopped }),
  };
}
