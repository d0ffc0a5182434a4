import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostics } from "../types.js";
import type { Svg } from "../plots/svg.js";
import { csv } from "./csv.js";
import { type Json, stableJson } from "./json.js";
import { type Environment, type Manifest, packageFacts } from "./manifest.js";
import { encodeNpz, type NpyArray } from "./npz.js";
import { rasterize } from "./raster.js";
import { fileError, writeAtomically } from "./write-atomically.js";

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
  /** Pictures by file name without ending; each becomes an .svg and a .png. */
  readonly plots?: Readonly<Record<string, Svg>>;
  /** Other text files by full name: `report.html`, tables. */
  readonly texts?: Readonly<Record<string, string>>;
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

/**
 * Writes a run into `directory`, making it if need be: manifest.json (with the list of files), observables.csv,
 * state.npz, pictures, texts, and at last run.json, so that a directory without it is an unfinished run. Files of an
 * earlier run there are removed first. Refuses a directory that holds anything but a run. Returns the names of the
 * files and remarks such as a missing renderer.
 */
export function writeRun(
  directory: string,
  record: RunRecord,
): Promise<{ files: string[]; remarks: string[] }> {
  const texts = { "observables.csv": observablesCsv(record.result.observables), ...record.texts };
  return writeResult(directory, { ...record, texts });
}

/** The same for any result: everything but observables.csv. */
export async function writeResult(
  directory: string,
  record: RunRecord<RunJson | PlainResult>,
): Promise<{ files: string[]; remarks: string[] }> {
  // Everything that can be refused is refused before the disk is touched.
  const contents = new Map<string, string | Uint8Array>();
  if (record.state) contents.set("state.npz", encodeNpz(record.state));
  const remarks = new Set<string>();
  for (const [name, svg] of Object.entries(record.plots ?? {})) {
    contents.set(`${name}.svg`, svg);
    const raster = await rasterize(svg);
    if ("png" in raster) contents.set(`${name}.png`, raster.png);
    else remarks.add(raster.skipped);
  }
  for (const [name, text] of Object.entries(record.texts ?? {})) contents.set(name, text);
  contents.set("run.json", runJson(record.result));
  const files = ["manifest.json", ...contents.keys()];
  for (const name of files) {
    if (!isFileName(name)) throw new RangeError(`"${name}" is not a plain file name`);
  }
  const manifest = stableJson({ ...record.result.manifest, environment: record.environment, files }) + "\n";

  await clearEarlierRun(directory);
  await writeAtomically(join(directory, "manifest.json"), manifest);
  for (const [name, content] of contents) await writeAtomically(join(directory, name), content);
  return { files, remarks: [...remarks] };
}

const isFileName = (name: unknown): name is string =>
  typeof name === "string" && /^[\w][\w .()+-]*$/.test(name);

/** Makes the directory, or empties it of an earlier run's own files. */
async function clearEarlierRun(directory: string): Promise<void> {
  let present: string[];
  try {
    await mkdir(directory, { recursive: true });
    present = await readdir(directory);
  } catch (error) {
    throw fileError(directory, error);
  }
  if (present.length === 0) return;
  const earlier = await filesOfRun(directory);
  if (!earlier) {
    const name = packageFacts().name;
    throw new Error(`${directory} is not empty and is not a ${name} run directory: choose another one.`);
  }
  // The manifest goes last, so that an interrupted clearing is still recognised as a run.
  for (const name of earlier) if (name !== "manifest.json") await rm(join(directory, name), { force: true });
}

/** The files that a manifest of this package in `directory` lists; null when there is no such manifest. */
async function filesOfRun(directory: string): Promise<string[] | null> {
  try {
    const found: unknown = JSON.parse(await readFile(join(directory, "manifest.json"), "utf8"));
    const { package: from, files } = found as { package?: { name?: unknown }; files?: unknown };
    if (from?.name !== packageFacts().name || !Array.isArray(files)) return null;
    return files.filter(isFileName);
  } catch {
    return null;
  }
}
