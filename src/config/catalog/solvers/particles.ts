import * as z from "zod";
import { stream } from "../../../noise/stream.js";
import { particles as solver } from "../../../../solvers/particles.js";
import { area, grid, kappa, substeps } from "../../contract/keys.js";
import { NUMBER } from "../../contract/size.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { buildScheme, movedBy, scheme } from "./scheme.js";

/** Tokens, moved by a scheme. */
export const particles = solverEntry({
  kind: "particles",
  schema: z.strictObject({
    kind: z.literal("particles"),
    scheme: scheme.default("euler-maruyama"),
    ...grid,
    area,
    substeps,
    kappa,
  }),
  example: { kind: "particles", scheme: "milstein", horizon: 0.5, steps: 8 },
  starts: "tokens",
  followsPath: true,
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  moved: ({ scheme: name, substeps: substeps_, kappa: own }, tokens, dimension) => {
    const moved = movedBy(name, substeps_, tokens, dimension);
    const noise = own > 0 ? tokens * dimension : 0;
    return {
      ...moved,
      sizes: [
        ...moved.sizes,
        {
          key: "initial.tokens",
          what: "the tokens' own noise",
          bytes: 3 * NUMBER * noise,
          operations: 20 * noise,
        },
      ],
    };
  },
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
