import { areaBytes, MOST_BYTES, MOST_CHANNELS } from "../noise/areas/limits.js";
import { mrongowiusRoesslerArea } from "../noise/areas/mrongowius-roessler.js";
import { gridOf } from "./build-evolution.js";
import { areaChoice } from "./build-noise.js";
import type { Config, ModelConfig, SolverConfig } from "./config.js";
import { NUMBER, type Size } from "./contract/size.js";
import { modelEntryOf, solverEntryOf } from "./entries.js";

/** A size of the whole task. */
export interface Part extends Size {
  /** The key that drives its operations, where it is another one than that of its bytes. */
  readonly pace?: string;
}

/** The same, driven by other keys. */
export const renamed = (part: Part, names: ReadonlyMap<string, string>): Part => ({
  ...part,
  key: names.get(part.key) ?? part.key,
  pace: names.get(part.pace ?? part.key) ?? part.pace ?? part.key,
});

/** Paths that an evolution follows. */
export interface March {
  readonly model: ModelConfig;
  readonly solver: SolverConfig;
  /** n, where tokens move. */
  readonly tokens: number;
  /** Steps in all that a path takes, */
  readonly steps: number;
  /** those of the grid on which its noise is drawn, */
  readonly finest: number;
  /** and the key of that grid, where all its draws are kept. */
  readonly kept?: string;
  readonly paths: number;
}

/** Key of a solver's number of steps. */
export const stepsKey = (solver: SolverConfig): string =>
  "layers" in solver ? "solver.layers" : "solver.steps";

/** What it takes to follow them, kept noise among it. */
export function march({ noise }: Pick<Config, "noise">, path: March): Part[] {
  const { model, solver, tokens, steps, paths } = path;
  const { dimension: d } = model;
  const entry = modelEntryOf(model);
  const K = entry.channels?.(model) ?? d;
  const moved = solverEntryOf(solver).moved?.(solver, tokens, d) ?? {
    count: tokens,
    derivatives: true,
    usesArea: false,
    evaluations: 1,
    sizes: [],
  };
  const { count, derivatives, evaluations } = moved;
  const { starts } = solverEntryOf(solver);
  const area = moved.usesArea && drawsArea(model, solver, noise, K);
  const plain: Size = {
    key: "model.dimension",
    what: "the fields",
    bytes: NUMBER * count * d,
    operations: count * d * K,
  };
  const fields = evaluations === 0 ? [] : (entry.size?.(model, { count, derivatives, area }) ?? [plain]);
  const head = moved.heads === undefined ? null : (entry.headSize?.(model, count) ?? null);
  const times = (use: Size, often: number): Part => {
    const many = steps > paths ? stepsKey(solver) : "ensemble.paths";
    const pace = Math.max(steps, paths) > use.operations ? many : use.key;
    return { ...use, pace, operations: use.operations * often * steps * paths };
  };
  // A density has as many points as its degree asks for.
  const points = starts === "density" ? "solver.lmax" : "initial.tokens";
  return [
    ...[
      ...fields.map((use) => times(use, evaluations)),
      ...(head ? [times({ ...head, bytes: moved.heads! * head.bytes }, moved.heads!)] : []),
      ...moved.sizes.map((use) => times(use, 1)),
    ].map((size) => renamed(size, new Map([["initial.tokens", points]]))),
    ...(solverEntryOf(solver).followsPath ? noiseSizes(path, K, area, fields[0]?.key ?? "model") : []),
    ...(noise.kind === "table" ? [given(noise.increments)] : []),
    ...(moved.keepsNoise ? [replayed(steps, K, area)] : []),
  ];
}

/** The noise of all steps so far, for what goes over them again. */
const replayed = (steps: number, K: number, area: boolean): Size => ({
  key: "solver.onUnresolved",
  what: "the noise of the steps taken so far",
  bytes: steps * (NUMBER * (K + (area ? K * K : 0)) + 200),
  operations: 0,
});

/** A table is held as lists, and twice as numbers in a row. */
const given = (rows: readonly (readonly number[])[]): Size => ({
  key: "noise.increments",
  what: "the rows of the noise",
  bytes: rows.length * (4 * NUMBER * rows[0].length + 100),
  operations: 0,
});

/** Whether a run is likely given areas: fields of two channels or more are taken not to commute. */
function drawsArea(model: ModelConfig, solver: SolverConfig, noise: Config["noise"], K: number): boolean {
  const choice = areaChoice(solver);
  if (choice === "none" || K < 2 || noise.kind !== "brownian") return false;
  const redrawn = (modelEntryOf(model).inLawOnly?.(model) ?? null) !== null;
  return !redrawn && (choice === "full" || K <= MOST_CHANNELS);
}

/** How often a number of steps can be halved: a path keeps a row for each of its coarser grids. */
const halvings = (steps: number): number => (steps % 2 === 0 ? 1 + halvings(steps / 2) : 0);

function noiseSizes(
  { model, solver, finest, kept, paths }: March,
  K: number,
  area: boolean,
  channelsKey: string,
): Part[] {
  const { horizon } = gridOf({ model, solver });
  const draws: Size = {
    key: kept ?? channelsKey,
    what: "the increments of a path",
    bytes: NUMBER * K * (halvings(finest) + 4 + (kept ? finest : 0)),
    operations: 30 * K * finest * paths,
  };
  if (!area) return [draws];
  const square = K * K;
  // Those of `termsNeeded`, which refuses more than it can draw.
  const terms = Math.ceil(Math.sqrt((mrongowiusRoesslerArea.constant(K) * finest) / horizon));
  const all = NUMBER * square * finest;
  const keeps = kept !== undefined && all <= MOST_BYTES;
  return [
    draws,
    {
      key: keeps ? kept : "solver.area",
      what: "the Lévy areas of a path",
      bytes: areaBytes(K, finest) + NUMBER * (2 * K * terms + square) + (keeps ? all : 0),
      operations: square * (terms + 30) * finest * paths,
    },
  ];
}
