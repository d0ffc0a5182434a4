import { z } from "zod";
import { planTransform } from "../../../spectral/plan-transform.js";
import { characteristics as solver } from "../../../../solvers/characteristics.js";
import { area, count, grid, lmax } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { densityOf } from "./density-of.js";
import { buildScheme, scheme } from "./scheme.js";

/** The law by particles on quadrature nodes. */
export const characteristics = solverEntry({
  kind: "characteristics",
  schema: z.strictObject({
    kind: z.literal("characteristics"),
    lmax,
    scheme: scheme.default("log-ode"),
    ...grid,
    area,
    substeps: count.default(1),
  }),
  example: { kind: "characteristics", lmax: 7, horizon: 0.25, steps: 4 },
  starts: "density",
  followsPath: true,
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  build(config, { model, law }) {
    const made = buildScheme(config.scheme, config.substeps);
    const transform = planTransform(model.dimension, config.lmax);
    return { evolution: solver({ model, scheme: made, transform, density: densityOf(law) }) };
  },
});
