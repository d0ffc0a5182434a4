import { z } from "zod";
import type { TensorTransform } from "../../../spectral/tensor-transform.js";
import { planTransform } from "../../../spectral/plan-transform.js";
import { characteristics } from "../../../../solvers/characteristics.js";
import { continued } from "../../../../solvers/density/continued.js";
import { fokkerPlanck } from "../../../../solvers/density/fokker-planck.js";
import { eulerMaruyama } from "../../../../solvers/schemes/euler-maruyama.js";
import { logOdeWith } from "../../../../solvers/schemes/log-ode.js";
import { refuse } from "../../contract/config-error.js";
import { area, count, grid, kappa, lmax, named, positive } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { densityOf } from "./density-of.js";

const schema = z.strictObject({
  kind: z.literal("density"),
  /** Highest degree of the harmonics; "auto" raises it during the run where the density asks for it. */
  lmax: z.union([lmax, z.literal("auto")]),
  /** Where "auto" ends; 511 on the circle and 85 on the sphere unless given. */
  lmaxLimit: lmax.optional(),
  /** "flow" is the log-ODE of the density, and "milstein" another name of it. */
  scheme: named(["euler-maruyama", "flow"], { milstein: "flow", "log-ode": "flow" }).default("flow"),
  ...grid,
  area,
  substeps: count.default(1),
  kappa,
  /** Tails of the spectrum (root share of the top degrees) at which "auto" raises the degree, the result is marked, the run ends. */
  resolution: z
    .strictObject({
      raise: positive.optional(),
      warn: positive.optional(),
      stop: positive.optional(),
      undershoot: positive.optional(),
    })
    .optional(),
  /** What to do there: end, with everything kept, or go on by characteristics under the same noise. */
  onUnresolved: z.enum(["stop", "characteristics"]).default("stop"),
  /** Exponential filter exp(-strength (l / lmax)^order t); off unless given. */
  filter: z.strictObject({ strength: z.number().nonnegative(), order: positive.default(16) }).optional(),
});

/** Degree with which "auto" starts: the smallest grids. */
const FIRST_DEGREE = 10;

/** The harmonics of a density: of fixed degree, or rising to the limit. */
function harmonicsOf(
  dimension: number,
  { lmax: degree, lmaxLimit }: z.output<typeof schema>,
): { transform: TensorTransform; finer?: (transform: TensorTransform) => TensorTransform | null } {
  if (degree !== "auto") return { transform: planTransform(dimension, degree) };
  const limit = lmaxLimit ?? (dimension === 2 ? 511 : 85);
  return {
    transform: planTransform(dimension, Math.min(FIRST_DEGREE, limit)),
    finer: (transform) => {
      // 10, 21, 42, 85, …: the degrees whose products just fit a power of two of longitudes.
      const next = Math.min(limit, 2 * transform.lmax + (transform.lmax % 2 === 0 ? 1 : 0));
      return next > transform.lmax ? planTransform(dimension, next) : null;
    },
  };
}

/** The equation for the law, in spherical harmonics. */
export const density = solverEntry({
  kind: "density",
  schema,
  example: { kind: "density", lmax: 7, horizon: 0.25, steps: 4 },
  starts: "density",
  followsPath: true,
  check({ lmax: degree, lmaxLimit, onUnresolved, kappa: intensity }) {
    if (lmaxLimit !== undefined && degree !== "auto") {
      refuse("solver.lmaxLimit", `has no meaning beside lmax ${degree}; want lmax "auto"`);
    }
    if (onUnresolved === "characteristics" && intensity > 0) {
      refuse(
        "solver.onUnresolved",
        `"characteristics" cannot carry the diffusion of kappa ${intensity}; want "stop"`,
      );
    }
  },
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  build(config, { model, law }) {
    const { scheme, substeps, kappa: intensity, filter, resolution, onUnresolved } = config;
    const initial = densityOf(law);
    const solved = fokkerPlanck({
      model,
      ...harmonicsOf(model.dimension, config),
      density: initial,
      scheme,
      kappa: intensity,
      substeps,
      filter,
      guard: resolution,
    });
    if (onUnresolved === "stop") return { evolution: solved, density: () => solved };
    const points = scheme === "euler-maruyama" ? eulerMaruyama : logOdeWith({ substeps });
    const evolution = continued(solved, (transform) =>
      characteristics({ model, scheme: points, transform, density: initial }),
    );
    return { evolution, density: () => evolution.density };
  },
});
