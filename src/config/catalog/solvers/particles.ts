import { z } from "zod";
import { stream } from "../../../noise/stream.js";
import { particles as solver } from "../../../../solvers/particles.js";
import { area, count, grid, kappa } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { buildScheme, scheme } from "./scheme.js";

/** Tokens, moved by a scheme. */
export const particles = solverEntry({
  kind: "particles",
  schema: z.strictObject({
    kind: z.literal("particles"),
    scheme: scheme.default("euler-maruyama"),
    ...grid,
    area,
    /** Pseudo-time substeps of the log-ODE. */
    substeps: count.default(1),
    /** Intensity of the idiosyncratic noise. */
    kappa,
  }),
  example: { kind: "particles", scheme: "milstein", horizon: 0.5, steps: 8 },
  starts: "tokens",
  followsPath: true,
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  build(config, { model, tokens, seed, finest }) {
    const { horizon, kappa: intensity } = config;
    const made = buildScheme(config.scheme, config.substeps);
    const own = {
      kappa: intensity,
      stream: stream(seed, "idiosyncratic"),
      ...(finest !== undefined && { finest: horizon / finest }),
    };
    const evolution = solver({
      model,
      scheme: made,
      initial: tokens,
      ...(intensity > 0 && { idiosyncratic: own }),
    });
    return { evolution };
  },
});
