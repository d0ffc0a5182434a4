import type { Config } from "../config/config.js";
import { agreeSettings, ofTokens } from "../experiments/agree/settings.js";
import type { Sides } from "../experiments/agree/sides.js";
import type { Verdict } from "../experiments/agree/verdict.js";
import { onlyFinite, type Stop } from "../experiments/stop.js";
import { bounded } from "../experiments/study/report.js";
import type { Identity } from "../io/manifest.js";
import type { RunJson } from "../io/run-record.js";
import { claimJson, type ClaimJson } from "./claim-table.js";

type Values = Readonly<Record<string, readonly number[]>>;
type Bounds = readonly [low: number, high: number] | null;
type Means = Readonly<
  Record<string, { readonly mean: readonly number[]; readonly stderr: readonly (number | null)[] }>
>;

/** Distance of random tokens from the density in one moment, or in all. An interval without an end is null. */
export type RateJson = {
  readonly observable: string;
  readonly paths: number;
  readonly levels: readonly {
    readonly tokens: number;
    readonly error: number;
    readonly interval: Bounds;
    readonly localSlope?: number;
  }[];
  readonly fit: { readonly slope: number; readonly constant: number; readonly interval: Bounds } | null;
};

/** Random tokens, as far as they came. */
export type TokensJson = {
  readonly levels: readonly number[];
  readonly repetitions: number;
  /** [level][repetition][moment] at the horizon. */
  readonly moments: readonly (readonly (readonly number[])[])[];
  /** Observables of the largest cloud, first repetition. */
  readonly times: readonly number[];
  readonly observables: Values;
};

/** Transformers and the equation in law, as far as they came. */
export type LawJson = {
  readonly tokens: number;
  readonly paths: number;
  readonly done: { readonly transformer: number; readonly equation: number };
  readonly eta: number;
  readonly times: readonly number[];
  readonly transformer: Means;
  readonly equation: Means;
};

/** What run.json holds of an agreement and --json prints; `observables` are those of the density. */
export type AgreeJson = RunJson & {
  readonly claims: readonly ClaimJson[];
  /** Claims whose sides ended before they could be judged. */
  readonly notReached: readonly string[];
  /** Null while none fails but not all were judged. */
  readonly agrees: boolean | null;
  readonly rates: readonly RateJson[];
  readonly characteristics: { readonly observables: Values; readonly differences: readonly number[] } | null;
  readonly tokens: TokensJson | null;
  readonly law: LawJson | null;
  /** Set when a side ended early: how far the first such side came (of several that came nowhere: how many others are whole), and each by its name. */
  readonly stopped?: Stop & { readonly sides: Readonly<Record<string, Stop>> };
};

export function agreeJson(config: Config, sides: Sides, verdict: Verdict, manifest: Identity): AgreeJson {
  const { limit, tokens, law } = sides;
  const { claims, notReached } = verdict;
  const leftOut = config.observe.filter(ofTokens);
  const fails = claims.some((claim) => claim.verdict === "fails");
  return {
    observables: Object.fromEntries(
      Object.entries(limit?.density ?? {}).map(([name, mean]) => [
        name,
        { time: limit!.times, mean, stderr: mean.map(() => null) },
      ]),
    ),
    diagnostics: onlyFinite({
      lmax: agreeSettings(config).lmax,
      ...(limit && { mass: limit.mass, minimum: limit.minimum, tail: limit.tail, ...limit.order }),
      ...(leftOut.length > 0 && { leftOut: leftOut.join(", ") }),
    }),
    manifest: { ...manifest, scheme: "log-ode" },
    claims: claims.map(claimJson),
    notReached,
    agrees: fails ? false : notReached.length > 0 ? null : true,
    rates: verdict.rates.map(({ observable, paths, levels, fit }) => ({
      observable,
      paths,
      levels: levels.map((level) => ({ ...level, interval: bounded(level.interval) })),
      fit: fit && { ...fit, interval: bounded(fit.interval) },
    })),
    characteristics: limit && { observables: limit.characteristics, differences: limit.differences },
    tokens: tokens && {
      levels: tokens.levels,
      repetitions: tokens.repetitions,
      moments: tokens.moments.map((level) => level.map((moments) => [...moments])),
      times: tokens.times,
      observables: tokens.observables,
    },
    law: law && lawJson(law),
    ...stoppedOf(sides),
  };
}

const lawJson = ({ tokens, paths, done, eta, times, transformer, equation }: LawJson): LawJson => ({
  tokens,
  paths,
  done,
  eta,
  times,
  transformer: finiteErrors(transformer),
  equation: finiteErrors(equation),
});

/** A spread that is too large for a number leaves no standard error. */
const finiteErrors = (means: Means): Means =>
  Object.fromEntries(
    Object.entries(means).map(([name, { mean, stderr }]) => [
      name,
      { mean, stderr: stderr.map((e) => (e !== null && Number.isFinite(e) ? e : null)) },
    ]),
  );

function stoppedOf(sides: Sides): Pick<AgreeJson, "stopped"> {
  const names = ["limit", "tokens", "law"] as const;
  const stops = Object.fromEntries(
    names.flatMap((name) => (sides.stops[name] ? [[name, sides.stops[name]]] : [])),
  );
  const all = Object.values(stops);
  if (all.length === 0) return {};
  const whole = names.filter((name) => sides[name] && !stops[name]).length;
  const far = all.find(({ done }) => done > 0) ?? {
    ...all[0],
    done: whole,
    of: whole + all.length,
    unit: "sides",
  };
  return { stopped: { ...far, sides: stops } };
}
