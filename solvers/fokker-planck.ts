import type { TensorTransform } from "../src/spectral/tensor-transform.js";
import type { Evolution, Model } from "../src/types.js";
import { densityEulerMaruyama } from "./density-euler-maruyama.js";
import { densityFlow } from "./density-flow.js";
import { densityState } from "./density-state.js";

export interface FokkerPlanck {
  readonly model: Model;
  readonly transform: TensorTransform;
  /** Initial density with respect to the surface measure. */
  readonly density: (x: Float64Array, offset: number) => number;
  /** "milstein" is the frozen-field flow of the transport form. */
  readonly scheme: "euler-maruyama" | "milstein";
  /** Intensity of the idiosyncratic noise: adds 1/2 kappa^2 Lap rho. */
  readonly kappa?: number;
  /** Least number of pseudo-time substeps of the flow; 1 unless given. */
  readonly substeps?: number;
}

export interface DensityEvolution extends Evolution {
  /** [size] coefficients now, in the order of the transform. */
  readonly coefficients: Float64Array;
  /** [count] density at the nodes now. */
  readonly values: Float64Array;
}

/**
 * The conditional law of the tokens given the common noise, as a density on S^1 or S^2 in spherical harmonics: the
 * stochastic Fokker–Planck equation d<mu,phi> = <mu, grad phi.b + 1/2 sum_k Hess phi[g_k,g_k]> dt + sum_k <mu, grad phi.g_k> dW^k.
 * Nothing smooths the solution unless kappa > 0, so mass, minimum and spectral tail are recorded every step.
 */
export function fokkerPlanck(options: FokkerPlanck): DensityEvolution {
  const { model, transform, density, kappa = 0, substeps = 1 } = options;
  const { dimension: d, count, size, degrees, lmax } = transform;
  if (model.dimension !== d || model.manifold !== "sphere") {
    throw new RangeError(`model: "${model.name}" does not live on S^${d - 1}, where this density does`);
  }
  const state = densityState(transform);
  const stepper =
    options.scheme === "milstein"
      ? densityFlow(model, transform, kappa, substeps)
      : densityEulerMaruyama(model, transform, kappa);
  const initial = new Float64Array(size);
  transform.analysis(
    Float64Array.from({ length: count }, (_, i) => density(transform.nodes, i * d)),
    initial,
  );
  const constant = Math.sqrt(transform.weights.reduce((s, w) => s + w, 0));
  let mass: number[] = [];
  let minimum: number[] = [];
  let tail: number[] = [];

  const record = (): void => {
    mass.push(state.coefficients[0] * constant);
    minimum.push(state.values.reduce((s, v) => Math.min(s, v), Infinity));
    let total = 0;
    let last = 0;
    for (let q = 0; q < size; q++) {
      const e = state.coefficients[q] * state.coefficients[q];
      total += e;
      if (degrees[q] >= lmax - 1) last += e;
    }
    tail.push(Math.sqrt(last / total));
  };

  return {
    law: state.law,
    coefficients: state.coefficients,
    values: state.values,
    reset() {
      state.coefficients.set(initial);
      state.refresh();
      [mass, minimum, tail] = [[], [], []];
      record();
    },
    advance(interval) {
      stepper.step(state, interval);
      state.refresh();
      record();
    },
    diagnostics: () => ({ lmax, nodes: count, mass, minimum, tail, ...stepper.diagnostics() }),
  };
}
