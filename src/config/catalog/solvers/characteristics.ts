import * as z from "zod";
import { planTransform } from "../../../spectral/plan-transform.js";
import { characteristics as solver } from "../../../../solvers/characteristics.js";
import { area, grid, lmax, substeps } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { densityOf } from "./density-of.js";
import { buildScheme, movedBy, scheme } from "./scheme.js";
import { transformSize } from "./transform-size.js";

/** The law by particles on quadrature nodes. */
export const characteristics = solverEntry({
  kind: "characteristics",
  schema: z.strictObject({
    kind: z.literal("characteristics"),
    lmax: lmax.describe("one particle on each node of the transform of this degree"),
    scheme: scheme.default("log-ode"),
    ...grid,
    area,
    substeps,
  }),
  example: { kind: "characteristics", lmax: 7, horizon: 0.25, steps: 4 },
  starts: "density",
  followsPath: true,
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  moved: ({ scheme: name, substeps: pieces, lmax: degree }, _tokens, dimension) => {
    const transform = transformSize(dimension, degree);
    const moved = movedBy(name, pieces, transform.count, dimension);
    return { ...moved, sizes: [...moved.sizes, { ...transform, operations: 0 }] };
  },
  build(config, { model, law }) {
    const made = buildScheme(config.scheme, config.substeps);
    const transform = planTransform(model.dimension, config.lmax);
    return { evolution: solver({ model, scheme: made, transform, density: densityOf(law) }) };
  },
});
