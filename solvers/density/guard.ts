import type { Resolution } from "./resolution.js";
import { Stopped } from "../simulate.js";

/**
 * When a density counts as resolved, by the tail of its spectrum (see `Resolution`). Low moments, on which the field of
 * the model depends, are better than the tail by orders of magnitude; the values of the density are as good as the tail.
 */
export interface GuardLevels {
  /** With a degree that may rise, a step that ends with a longer tail is taken again at the next degree. */
  readonly raise: number;
  /** A longer tail is marked: `resolved: false` in the diagnostics, with the time. The run goes on. */
  readonly warn: number;
  /** A longer tail, or a mass further from one, ends the run: the density means nothing there. */
  readonly stop: number;
  /** Largest -min / max that the run survives. */
  readonly undershoot: number;
}

/**
 * Measured without a guard on the clustering runs of test/solvers/density-resolution.test.ts, lmax 10 to 42, against their
 * characteristics: at a tail of 1e-2 the moments l <= 4 are still right to 1e-4 or better, while the density itself is as
 * wrong as its tail; past 1e-1 the spectrum no longer falls, the moments lose their second digit some time after, and no
 * further sign follows, for the tail then wanders between 0.01 and 0.6.
 */
export const GUARD_LEVELS: GuardLevels = { raise: 1e-6, warn: 1e-2, stop: 0.1, undershoot: 0.15 };

/** No guard at all: for those who measure what happens without. */
export const UNGUARDED: GuardLevels = {
  raise: Infinity,
  warn: Infinity,
  stop: Infinity,
  undershoot: Infinity,
};

/** The density has left its harmonics. The state before the step is kept. */
export class Unresolved extends Stopped {}

/** What is wrong beyond repair, as a clause; null while the density means something. NaN never passes. */
export function beyond(levels: GuardLevels, { tail, undershoot, mass }: Resolution): string | null {
  if (!(tail <= levels.stop)) {
    return `its highest degrees carry ${percent(tail)} of it (at most ${percent(levels.stop)})`;
  }
  if (!(undershoot <= levels.undershoot)) {
    return `it dips to -${percent(undershoot)} of its maximum (at most ${percent(levels.undershoot)})`;
  }
  if (!(Math.abs(mass - 1) <= levels.stop)) return `its mass is ${mass.toPrecision(4)} instead of 1`;
  return null;
}

/** The sentence a run ends with: what happened, and the ways on. */
export const unresolved = (clause: string, lmax: number): Unresolved =>
  new Unresolved(
    `the density has left degree ${lmax}: ${clause}; take a larger lmax (or lmax "auto" with a larger lmaxLimit), smooth ` +
      `it with kappa, or go on by characteristics, which need no degree: solver.onUnresolved "characteristics"`,
  );

/** The sentence of a run that cannot start; `degree` says which one it would take. */
export const unresolvedStart = (clause: string, lmax: number, degree: string): Unresolved =>
  new Unresolved(
    `the initial density is not resolved by degree ${lmax}: ${clause}; it takes ${degree}, or characteristics, which ` +
      `need no degree: solver.onUnresolved "characteristics"`,
  );

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`;
