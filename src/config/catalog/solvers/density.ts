import * as z from "zod";
import type { TensorTransform } from "../../../spectral/tensor-transform.js";
import { planTransform } from "../../../spectral/plan-transform.js";
import { characteristics } from "../../../../solvers/characteristics.js";
import { continued } from "../../../../solvers/density/continued.js";
import { fokkerPlanck } from "../../../../solvers/density/fokker-planck.js";
import { eulerMaruyama } from "../../../../solvers/schemes/euler-maruyama.js";
import { logOdeWith } from "../../../../solvers/schemes/log-ode.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { area, grid, kappa, LARGEST, lmax, named, positive, substeps } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";
import { NUMBER } from "../../contract/size.js";
import { densityOf } from "./density-of.js";
import { transformSize } from "./transform-size.js";

const schema = z.strictObject({
  kind: z.literal("density"),
  lmax: z
    .union([lmax, z.literal("auto")])
    .describe(
      'highest degree of the harmonics; "auto" raises it during the run where the density asks for it',
    ),
  lmaxLimit: lmax
    .optional()
    .describe('where "auto" ends; 511 on the circle and 85 on the sphere unless given'),
  scheme: named(["euler-maruyama", "flow"], { milstein: "flow", "log-ode": "flow" })
    .default("flow")
    .describe('"flow" is the log-ODE of the density, and "milstein" another name of it'),
  ...grid,
  area,
  substeps,
  kappa,
  resolution: z
    .strictObject({
      raise: positive.optional().describe('tail at which lmax "auto" raises the degree'),
      warn: positive.optional().describe("tail at which the result is marked"),
      stop: positive.optional().describe("tail at which the run ends"),
      undershoot: positive
        .optional()
        .describe("depth below zero, relative to the maximum, at which the run ends"),
    })
    .optional()
    .describe("bounds on the tail of the spectrum, the root share of the top degrees"),
  onUnresolved: z
    .enum(["stop", "characteristics"])
    .default("stop")
    .describe(
      "what to do there: end, with everything kept, or go on by characteristics under the same noise",
    ),
  filter: z
    .strictObject({
      strength: z.number().nonnegative().max(LARGEST),
      order: positive.max(LARGEST).default(16),
    })
    .optional()
    .describe("exponential filter exp(-strength (l / lmax)^order t); off unless given"),
});

/** Degree with which "auto" starts: the smallest grids. */
const FIRST_DEGREE = 10;

/** Where "auto" ends unless it is said. */
const highestDegree = (dimension: number): number => (dimension === 2 ? 511 : 85);

/** The harmonics of a density: of fixed degree, or rising to the limit. */
function harmonicsOf(
  dimension: number,
  { lmax: degree, lmaxLimit }: z.output<typeof schema>,
): { transform: TensorTransform; finer?: (transform: TensorTransform) => TensorTransform | null } {
  if (degree !== "auto") return { transform: planTransform(dimension, degree) };
  const limit = lmaxLimit ?? highestDegree(dimension);
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
    checkAll([
      () => {
        if (lmaxLimit !== undefined && degree !== "auto") {
          refuse("solver.lmaxLimit", `has no meaning beside lmax ${degree}; want lmax "auto"`);
        }
      },
      () => {
        if (onUnresolved === "characteristics" && intensity > 0) {
          refuse(
            "solver.onUnresolved",
            `"characteristics" cannot carry the diffusion of kappa ${intensity}; want "stop"`,
          );
        }
      },
    ]);
  },
  grid: ({ horizon, steps, every, finest }) => ({ horizon, steps, every, finest }),
  moved({ lmax: degree, lmaxLimit, scheme, substeps: pieces, onUnresolved }, _tokens, dimension) {
    const transform = transformSize(
      dimension,
      degree === "auto" ? (lmaxLimit ?? highestDegree(dimension)) : degree,
    );
    const { count } = transform;
    const flow = scheme === "flow";
    const evaluations = flow ? 4 * pieces : 1;
    const fields = NUMBER * count * (dimension * dimension + 12 * dimension);
    // Lower degrees and, where the run may go on by them, characteristics.
    const more = (degree === "auto" ? 1.4 : 1) * (onUnresolved === "stop" ? 1 : 2);
    return {
      count,
      derivatives: true,
      usesArea: flow,
      // Characteristics that take over start at time zero.
      keepsNoise: onUnresolved === "characteristics",
      evaluations,
      sizes: [
        {
          ...transform,
          bytes: more * transform.bytes,
          operations: evaluations * (dimension + 1) * transform.operations,
        },
        {
          key: "solver.lmax",
          what: "the density and its flux",
          bytes: more * fields,
          operations: 20 * count,
        },
      ],
    };
  },
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
