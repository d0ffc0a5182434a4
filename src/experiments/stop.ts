import type { Diagnostics } from "../types.js";

/** How far work came that ended early, in the unit it works in. */
export type Stop = {
  readonly cause: string;
  readonly done: number;
  readonly of: number;
  readonly unit: string;
  /** Set when the user asked for the end. */
  readonly interrupted?: true;
  /** The path that could not go on, at which number of steps or tokens, and when. */
  readonly path?: number;
  readonly level?: number;
  readonly time?: number;
};

const count = (n: number): string => n.toLocaleString("en-US");

/** "Stopped after 5,322 of 30,000 paths, in path 5322 at level 16 at t = 0.25: the state is no longer finite." */
export function stopSentence({ cause, done, of, unit, path, level, time, interrupted }: Stop): string {
  const far = `after ${count(done)} of ${count(of)} ${unit}`;
  if (interrupted) return `Interrupted ${far}; what was computed until then is kept.`;
  const where = [
    ...(path !== undefined && unit === "paths" ? [`in path ${path}`] : []),
    ...(level !== undefined ? [`at level ${level}`] : []),
    ...(time !== undefined ? [`at t = ${time}`] : []),
  ];
  return `Stopped ${far}${where.length > 0 ? `, ${where.join(" ")}` : ""}: ${cause}.`;
}

/** Diagnostics without what has no place in a file: numbers that are none, and series from the first one on. */
export function onlyFinite(diagnostics: Diagnostics): Diagnostics {
  const kept: Record<string, Diagnostics[string]> = {};
  for (const [key, value] of Object.entries(diagnostics)) {
    if (typeof value === "object") {
      const bad = value.findIndex((v) => !Number.isFinite(v));
      kept[key] = bad < 0 ? value : value.slice(0, bad);
    } else if (typeof value !== "number" || Number.isFinite(value)) kept[key] = value;
  }
  return kept;
}
