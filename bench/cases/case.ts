import { fileURLToPath } from "node:url";
import type { Spread, Timing } from "../measure.js";
import type { Natives } from "../native.js";
import { startSide, type Side } from "../side.js";

/** The numbers of one line: spreads over rounds where they were timed, null where there was nothing to measure against. */
export type Line = Readonly<Record<string, Spread | number | null>>;

export interface Case {
  /** `sht/31` */
  readonly key: string;
  measure(context: Context): Promise<Line>;
}

export interface Context {
  readonly natives: Natives;
  readonly timing: Timing;
}

/** A side of ours, by the name of its file in bench/sides. */
export const ours = (
  name: string,
  argv: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Side =>
  startSide(
    process.execPath,
    [fileURLToPath(new URL(`../sides/${name}.js`, import.meta.url)), ...argv],
    environment,
  );

/** A program's side; null where it could not be built. */
export const program = (path: string | null, argv: readonly string[]): Side | null =>
  path === null ? null : startSide(path, argv);

/** Sides that are there. */
export const present = (sides: Readonly<Record<string, Side | null>>): Record<string, Side> =>
  Object.fromEntries(Object.entries(sides).filter((entry): entry is [string, Side] => entry[1] !== null));

/** Throws where a side has other numbers than ours: the time of a wrong result is worth nothing. */
export async function agree(
  key: string,
  sides: Readonly<Record<string, Side>>,
  tolerance: number,
): Promise<void> {
  const [first, ...others] = Object.keys(sides);
  const wanted = await sides[first].check();
  for (const name of others) {
    const found = await sides[name].check();
    const size = Math.max(...wanted.map(Math.abs));
    const error = Math.max(...wanted.map((v, i) => Math.abs(v - found[i]))) / size;
    if (!(error <= tolerance && found.length === wanted.length)) {
      throw new Error(
        `${key}: ${first} and ${name} differ by ${error} of their size, want at most ${tolerance}`,
      );
    }
  }
}

export const endAll = (sides: Readonly<Record<string, Side>>): void => {
  for (const side of Object.values(sides)) side.end();
};
