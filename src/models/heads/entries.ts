import type { Stream } from "../../types.js";

/** A centred law with variance one for the entries of random matrices, as a function of one standard draw. */
export interface EntryLaw {
  readonly name: string;
  /** Whether `of` takes a standard normal or a uniform on (0, 1). */
  readonly source: "normal" | "uniform";
  /** The entry; over the source it must have mean zero and variance one. */
  of(draw: number): number;
}

export type Entries = "gaussian" | "rademacher" | "uniform" | EntryLaw;

export function entryLaw(entries: Entries): EntryLaw {
  switch (entries) {
    case "gaussian":
      return { name: "gaussian", source: "normal", of: (z) => z };
    case "rademacher":
      return { name: "rademacher", source: "uniform", of: (u) => (u < 0.5 ? -1 : 1) };
    case "uniform":
      return { name: "uniform", source: "uniform", of: (u) => Math.sqrt(12) * (u - 0.5) };
    default:
      return entries;
  }
}

/** out = independent entries of the law at (path, step), numbered from `first`. Throws if the law is not finite. */
export function drawEntries(
  law: EntryLaw,
  source: Stream,
  path: number,
  step: number,
  first: number,
  out: Float64Array,
): void {
  if (law.source === "normal") source.normals(path, step, out, first);
  else source.uniforms(path, step, out, first);
  for (let e = 0; e < out.length; e++) {
    const value = law.of(out[e]);
    if (!Number.isFinite(value)) {
      throw new RangeError(`entries "${law.name}": of(${out[e]}) is ${value}, want a finite number`);
    }
    out[e] = value;
  }
}
