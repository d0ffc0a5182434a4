import type { Diagnostics } from "../types.js";
import type { Svg } from "../plots/svg.js";
import { csv } from "./csv.js";
import { type Json, stableJson } from "./json.js";
import type { Environment, Manifest } from "./manifest.js";
import { encodeNpz, type NpyArray } from "./npz.js";
import { rasterize } from "./raster.js";
import { isFileName } from "./reservation.js";

/** An observable over time. */
export type ObservableSeries = {
  readonly time: readonly number[] | Float64Array;
  readonly mean: readonly number[] | Float64Array;
  /** Null where a single path leaves nothing to estimate it from: an empty cell in the table. */
  readonly stderr: readonly (number | null)[] | Float64Array;
};

/** The result of a run: what `run.json` holds and what --json prints, byte for byte. */
export type RunJson = {
  readonly observables: Readonly<Record<string, ObservableSeries>>;
  readonly diagnostics: Diagnostics;
  readonly manifest: Manifest;
  /** Further results: final points, coefficients, levels, fits. */
  readonly [key: string]:
    Json | Diagnostics | Manifest | Readonly<Record<string, ObservableSeries>> | undefined;
};

/** Any other result: a study, a table. Written as a run is, without observables over time. */
export type PlainResult = {
  readonly manifest: Manifest;
  readonly [key: string]: Json | Manifest | undefined;
};

export interface RunRecord<Result extends PlainResult | RunJson = RunJson> {
  readonly result: Result;
  readonly environment: Environment;
  /** Arrays for `state.npz`. */
  readonly state?: Readonly<Record<string, NpyArray>>;
  /** Pictures by file name without ending; each becomes an .svg and a .png. One that cannot be drawn becomes a remark. */
  readonly plots?: Readonly<Record<string, () => Svg>>;
  /** Other text files by full name: `report.html`, tables. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Copies of files that went into it, by full name. */
  readonly copies?: Readonly<Record<string, Uint8Array>>;
}

/** The text of `run.json`, ending in a newline. */
export function runJson(result: RunJson | PlainResult): string {
  return stableJson(result as Json) + "\n";
}

/** All observables as columns: time, then mean and standard error of each. They must share their times. */
export function observablesCsv(observables: RunJson["observables"]): string {
  const entries = Object.entries(observables);
  if (entries.length === 0) return "time\n";
  const time = entries[0][1].time;
  const columns: Record<string, ArrayLike<number | null>> = { time };
  for (const [name, series] of entries) {
    if (series.time.length !== time.length || Array.from(series.time).some((t, i) => t !== time[i]))
      throw new RangeError(`observables.${name}.time: differs from that of ${entries[0][0]}`);
    columns[name] = series.mean;
    columns[`${name} stderr`] = series.stderr;
  }
  return csv(columns);
}

/** The files of a result, in the order in which they are to appear. */
export interface ResultFiles {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What the reader must know of them, such as a missing renderer. */
  readonly remarks: readonly string[];
}

/**
 * Everything that a result leaves behind: manifest.json (with the list of files), state.npz, pictures, texts, and at last
 * run.json, so that a directory without it is an unfinished one. Throws a RangeError for a number that is not finite and for
 * a name that is no plain file name.
 */
export async function resultFiles({
  result,
  environment,
  state,
  plots = {},
  texts = {},
  copies = {},
}: RunRecord<RunJson | PlainResult>): Promise<ResultFiles> {
  const contents = new Map<string, string | Uint8Array>();
  if (state) contents.set("state.npz", encodeNpz(state));
  const remarks = new Set<string>();
  for (const [name, draw] of Object.entries(plots)) {
    try {
      const svg = draw();
      contents.set(`${name}.svg`, svg);
      const raster = await rasterize(svg);
      if ("png" in raster) contents.set(`${name}.png`, raster.png);
      else remarks.add(raster.skipped);
    } catch (error) {
      // A picture is not worth the numbers.
      remarks.add(`${name}.svg was not drawn: ${(error as Error).message}.`);
    }
  }
  for (const [name, content] of Object.entries({ ...texts, ...copies })) contents.set(name, content);
  contents.set("run.json", runJson(result));
  const names = ["manifest.json", ...contents.keys()];
  for (const name of names) {
    if (!isFileName(name)) throw new RangeError(`"${name}" is not a plain file name`);
  }
  const manifest = stableJson({ ...result.manifest, environment, files: names }) + "\n";
  return { files: new Map([["manifest.json", manifest], ...contents]), remarks: [...remarks] };
}
