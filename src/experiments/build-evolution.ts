import { gaussianHeads } from "../models/heads/gaussian-heads.js";
import { stream } from "../noise/stream.js";
import { planCircle } from "../spectral/circle-transform.js";
import { planSphere } from "../spectral/sphere-transform.js";
import type { TensorTransform } from "../spectral/tensor-transform.js";
import type { Evolution, Measure, Model, Scheme } from "../types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { continued } from "../../solvers/density/continued.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { fokkerPlanck, type DensityEvolution } from "../../solvers/density/fokker-planck.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { particles } from "../../solvers/particles.js";
import { transformer } from "../../solvers/transformer.js";
import type { InitialLaw } from "../laws/law.js";
import type { Config, SolverConfig } from "../config/config.js";
import { ConfigError } from "../config/config-error.js";

export type SchemeName = Extract<SolverConfig, { kind: "particles" }>["scheme"];

/** The particle scheme of that name. */
export function buildScheme(name: SchemeName, substeps: number): Scheme {
  switch (name) {
    case "euler-maruyama":
      return eulerMaruyama;
    case "milstein":
      return milstein;
    case "heun":
      return heun;
    case "flow":
      return logOde(substeps);
  }
}

/** The harmonics that carry a density in dimension 2 or 3. */
export const buildTransform = (dimension: number, lmax: number): TensorTransform =>
  dimension === 2 ? planCircle({ lmax }) : planSphere({ lmax });

const densityOf = (law: InitialLaw): ((x: Float64Array, offset: number) => number) => {
  const { density } = law;
  if (!density) throw new ConfigError(`initial.kind: "${law.name}" has no density; want "uniform" or "vmf"`);
  return (x, offset) => density(x, offset);
};

/** Degree with which "auto" starts: the smallest grids. */
const FIRST_DEGREE = 10;

/** The harmonics of a density: of fixed degree, or rising to the limit. */
function harmonicsOf(
  dimension: number,
  { lmax, lmaxLimit }: Extract<SolverConfig, { kind: "density" }>,
): { transform: TensorTransform; finer?: (transform: TensorTransform) => TensorTransform | null } {
  if (lmax !== "auto") return { transform: buildTransform(dimension, lmax) };
  const limit = lmaxLimit ?? (dimension === 2 ? 511 : 85);
  return {
    transform: buildTransform(dimension, Math.min(FIRST_DEGREE, limit)),
    finer: (transform) => {
      // 10, 21, 42, 85, …: the degrees whose products just fit a power of two of longitudes.
      const next = Math.min(limit, 2 * transform.lmax + (transform.lmax % 2 === 0 ? 1 : 0));
      return next > transform.lmax ? buildTransform(dimension, next) : null;
    },
  };
}

/** The evolution a configuration names, and the density behind it where there is one. */
export function buildEvolution(
  { model: modelConfig, solver, ensemble }: Config,
  model: Model,
  law: InitialLaw,
  tokens: (path: number) => Measure,
): {
  evolution: Evolution;
  /** The density while it is what carries the law; null once characteristics do. */
  density?: () => DensityEvolution | null;
  scheme?: Scheme;
} {
  switch (solver.kind) {
    case "particles": {
      const scheme = buildScheme(solver.scheme, solver.substeps);
      const evolution = particles({
        model,
        scheme,
        initial: tokens,
        ...(solver.kappa > 0 && {
          idiosyncratic: { kappa: solver.kappa, stream: stream(ensemble.seed, "idiosyncratic") },
        }),
      });
      return { evolution, scheme };
    }
    case "characteristics": {
      const scheme = buildScheme(solver.scheme, solver.substeps);
      const transform = buildTransform(model.dimension, solver.lmax);
      return { evolution: characteristics({ model, scheme, transform, density: densityOf(law) }), scheme };
    }
    case "density": {
      const scheme = solver.scheme === "euler-maruyama" ? eulerMaruyama : logOde(solver.substeps);
      const initial = densityOf(law);
      const density = fokkerPlanck({
        model,
        ...harmonicsOf(model.dimension, solver),
        density: initial,
        scheme: solver.scheme === "euler-maruyama" ? "euler-maruyama" : "milstein",
        kappa: solver.kappa,
        substeps: solver.substeps,
        filter: solver.filter,
        guard: solver.resolution,
      });
      if (solver.onUnresolved === "stop") return { evolution: density, density: () => density, scheme };
      const evolution = continued(density, (transform) =>
        characteristics({ model, scheme, transform, density: initial }),
      );
      return { evolution, density: () => evolution.density, scheme };
    }
    case "transformer": {
      if (modelConfig.name !== "gaussian-attention") throw new ConfigError("model.name: no heads to draw");
      const { dimension, beta, sigmaV = 1 / Math.sqrt(dimension), sigmaA = 0 } = modelConfig;
      return {
        evolution: transformer({
          heads: gaussianHeads({ dimension, sigmaV, sigmaA, seed: ensemble.seed }),
          headsPerLayer: solver.heads,
          eta: solver.eta,
          beta,
          initial: tokens,
        }),
      };
    }
  }
}
