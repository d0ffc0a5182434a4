import { mrongowiusRoesslerArea } from "../noise/areas/mrongowius-roessler.js";
import { brownian } from "../noise/brownian.js";
import { silent } from "../noise/silent.js";
import { tableNoise } from "../noise/table.js";
import type { CommonNoise, Evolution } from "../types.js";
import { drawsArea, needsArea, type AreaChoice } from "../../solvers/area.js";
import { isPowerOfTwo } from "../numerics/powers-of-two.js";
import type { Config, SolverConfig } from "./config.js";
import { checkAll, refuse, refusing } from "./contract/config-error.js";
import { checkRows } from "./contract/keys.js";
import { quoted } from "./contract/path-name.js";

export interface NoiseShape {
  readonly channels: number;
  readonly horizon: number;
  readonly steps: number;
  /** Whether the noise carries Lévy areas. */
  readonly area: boolean;
}

/** What a solver's key `area` asks for; solvers without one take no areas. */
export const areaChoice = (solver: SolverConfig): AreaChoice => ("area" in solver ? solver.area : "none");

/**
 * Whether an evolution is given Lévy areas under a configuration: where it wants them, and they can be drawn or stand in
 * the table. Throws a ConfigError where "full" insists in vain.
 */
export function givesArea(
  { noise, solver }: Pick<Config, "noise" | "solver">,
  evolution: Evolution,
  { channels, steps }: Pick<NoiseShape, "channels" | "steps">,
): boolean {
  const choice = areaChoice(solver);
  const wanted = choice !== "none" && needsArea(evolution);
  if (noise.kind === "brownian") {
    return refusing("solver.area: ", () => drawsArea(choice, wanted, channels, steps));
  }
  const areas = noise.kind === "table" && noise.areas !== undefined;
  if (wanted && choice === "full" && !areas) {
    refuse(
      "solver.area",
      '"full" needs the Lévy area of every step; give noise.areas, or set solver.area to "auto" or "none"',
    );
  }
  return wanted && areas;
}

/** How the areas of a run came about, in a word. */
export const areaName = ({ noise }: Pick<Config, "noise">, area: boolean): string =>
  area ? (noise.kind === "brownian" ? mrongowiusRoesslerArea.name : "given") : "none";

/** The common noise of one path: drawn from the stream "common", or the user's own table. */
export function buildNoise(
  { noise, ensemble }: Pick<Config, "noise" | "ensemble">,
  { channels, horizon, steps, area }: NoiseShape,
  path: number,
): CommonNoise {
  switch (noise.kind) {
    case "brownian":
      if (channels === 0) return silent({ horizon, steps, path });
      return refusing("noise: ", () =>
        brownian({
          seed: ensemble.seed,
          path,
          channels,
          horizon,
          steps,
          area: area ? mrongowiusRoesslerArea : null,
        }),
      );
    case "file":
      return refuse(
        "noise.path",
        `the file ${quoted(noise.path)} was not read; want a table of increments here`,
      );
    case "table":
      return checkTable(noise, { channels, horizon, steps });
  }
}

type Table = Extract<Config["noise"], { kind: "table" }>;

/** The path of a table. Throws a ConfigError with everything about its shape that does not fit. */
export function checkTable(
  { increments, areas }: Table,
  { channels: K, horizon, steps }: Omit<NoiseShape, "area">,
): CommonNoise {
  const rows = increments.length;
  const ratio = rows / steps;
  checkAll([
    () => {
      if (!isPowerOfTwo(ratio)) {
        refuse(
          "solver.steps",
          `${steps} does not fit the ${rows} rows of noise.increments; want that number, or a half, a quarter, ... of it`,
        );
      }
    },
    () => checkRows("noise.increments", increments, K, ", one for each channel of the model"),
    () => {
      if (areas && areas.length !== rows) {
        refuse("noise.areas", `has ${areas.length} rows, want ${rows} as noise.increments has`);
      }
    },
    () => areas && checkRows("noise.areas", areas, K * K, ` for ${K} channels`),
  ]);
  return refusing("noise.", () => tableNoise(increments, horizon, areas));
}
