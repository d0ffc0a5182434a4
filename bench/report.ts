import { availableParallelism, cpus } from "node:os";
import { kernelChoice, type KernelChoice } from "../src/kernels/choice.js";
import type { Line } from "./cases/case.js";
import type { Natives } from "./native.js";

/** What was measured, where, and against what. */
export interface Facts {
  readonly processor: string;
  readonly cores: number;
  readonly engine: string;
  readonly kernels: KernelChoice;
  readonly date: string;
  /** Versions of what was measured against; null where it was not there. */
  readonly against: { readonly gcc: string | null; readonly numpy: string | null };
}

export type Lines = Readonly<Record<string, Line>>;

/** The one object that `--json` prints: facts, a line of medians by case, and their quartiles beside. */
export type Report = Facts &
  Readonly<Record<string, unknown>> & {
    readonly quartiles: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  };

export const factsOf = ({ gcc, numpy }: Natives, now: Date): Facts => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  engine: `node ${process.versions.node}, v8 ${process.versions.v8}`,
  kernels: kernelChoice(),
  date: now.toISOString(),
  against: { gcc, numpy },
});

export function reportOf(facts: Facts, lines: Lines): Report {
  const medians = mapValues(lines, (line) => mapValues(line, (v) => (isSpread(v) ? digits(v.median) : v)));
  const quartiles = mapValues(lines, (line) =>
    Object.fromEntries(
      Object.entries(line).flatMap(([name, v]) =>
        isSpread(v) ? [[name, [digits(v.low), digits(v.high)] as const]] : [],
      ),
    ),
  );
  return { ...facts, ...medians, quartiles };
}

const isSpread = (v: Line[string]) => typeof v === "object" && v !== null;

/** What a stopwatch knows. */
const digits = (v: number): number => Number(v.toPrecision(4));

const mapValues = <T, U>(of: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value)]));
