import { brownian } from "../noise/brownian.js";
import { mrongowiusRoessler } from "../noise/areas/mrongowius-roessler.js";
import { silent } from "../noise/silent.js";
import { tableNoise } from "../noise/table.js";
import type { CommonNoise } from "../types.js";
import { ConfigError } from "../config/config-error.js";
import type { Config } from "../config/config.js";

/** The common noise of one path: drawn from the stream "common", or the user's own table. */
export function buildNoise(
  { noise, ensemble }: Config,
  shape: {
    readonly channels: number;
    readonly horizon: number;
    readonly steps: number;
    readonly area: boolean;
  },
  path: number,
): CommonNoise {
  const { channels, horizon, steps, area } = shape;
  switch (noise.kind) {
    case "brownian":
      if (channels === 0) return silent({ horizon, steps, path });
      return brownian({
        seed: ensemble.seed,
        path,
        channels,
        horizon,
        steps,
        ...(area && { area: mrongowiusRoessler }),
      });
    case "file":
      throw new ConfigError(
        `noise.path: the file "${noise.path}" was not read; want a table of increments here`,
      );
    case "table": {
      const width = noise.increments[0].length;
      if (width !== channels) {
        throw new ConfigError(
          `noise.increments[0]: has ${width} numbers, want ${channels}, one for each channel of the model`,
        );
      }
      if (area && !noise.areas) {
        throw new ConfigError(
          `solver.area: "auto" needs the Lévy area of every step; give noise.areas, or set solver.area to "none"`,
        );
      }
      const ratio = noise.increments.length / steps;
      if (!Number.isInteger(Math.log2(ratio)) || ratio < 1) {
        throw new ConfigError(
          `solver.steps: ${steps} does not fit the ${noise.increments.length} rows of noise.increments; want that number, or a half, a quarter, ... of it`,
        );
      }
      try {
        return tableNoise(noise.increments, horizon, noise.areas);
      } catch (error) {
        if (error instanceof RangeError) throw new ConfigError(`noise.${error.message}`);
        throw error;
      }
    }
  }
}
