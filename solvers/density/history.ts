import type { Diagnostics } from "../../src/types.js";
import type { Resolution } from "./resolution.js";

/** What is written down of a density along a path: mass, minimum and tail at every time, its degrees, where it was lost. */
export interface History {
  /** Another path begins. */
  restart(path: number): void;
  /** The degree is `lmax` from here on. */
  degree(lmax: number, time: number): void;
  record(resolution: Resolution, path: number, time: number): void;
  /** The path is not resolved from this time on, if it was until then. */
  mark(path: number, time: number): void;
  series(): {
    readonly mass: readonly number[];
    readonly minimum: readonly number[];
    readonly tail: readonly number[];
  };
  degrees(): { readonly lmaxHistory: readonly number[]; readonly lmaxSince: readonly number[] };
  /** Whether all paths were resolved, and since when not. */
  verdict(): Diagnostics;
}

/** `warn` is the tail of the spectrum past which a path is marked. */
export function history(warn: number): History {
  let [mass, minimum, tail]: number[][] = [[], [], []];
  let [lmax, since]: number[][] = [[], []];
  /** Paths that were not resolved, with the first time, and those of them whose tail grew too long. */
  const marked = new Map<number, number>();
  const tailed = new Set<number>();
  const mark = (path: number, time: number): void => {
    if (!marked.has(path)) marked.set(path, time);
  };
  return {
    restart(path) {
      [mass, minimum, tail, lmax, since] = [[], [], [], [], []];
      marked.delete(path);
      tailed.delete(path);
    },
    degree(degree, time) {
      lmax.push(degree);
      since.push(time);
    },
    record(resolution, path, time) {
      mass.push(resolution.mass);
      minimum.push(resolution.minimum);
      tail.push(resolution.tail);
      if (!(resolution.tail <= warn)) {
        mark(path, time);
        tailed.add(path);
      }
    },
    mark,
    series: () => ({ mass, minimum, tail }),
    degrees: () => ({ lmaxHistory: lmax, lmaxSince: since }),
    verdict(): Diagnostics {
      if (marked.size === 0) return { resolved: true };
      const unresolvedAt = Math.min(...marked.values());
      const tailedAt = Math.min(...[...tailed].map((path) => marked.get(path)!));
      return {
        resolved: false,
        unresolvedAt,
        unresolvedPaths: marked.size,
        ...(tailed.size > 0 && {
          tailedAt,
          note: `the tail of the spectrum passed ${warn} at t = ${tailedAt}: from there the density is less accurate than that`,
        }),
      };
    },
  };
}
