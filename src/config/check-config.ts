import { ConfigError } from "./config-error.js";
import type { Config } from "./config.js";

/** Points are taken as unit vectors when their norm is this close to one; they are then normalized exactly. */
const UNIT = 1e-9;

const refuse = (path: string, what: string): never => {
  throw new ConfigError(`${path}: ${what}`);
};

/** What a schema cannot say: rules that tie one key to another. Throws a ConfigError naming the key's path. */
export function checkConfig(config: Config): void {
  checkModel(config);
  checkInitial(config);
  checkSolver(config);
  checkNoise(config);
}

function checkModel({ model }: Config): void {
  const d = model.dimension;
  if (model.name === "rotation") {
    if (model.generator) checkMatrix("model.generator", model.generator, d);
    return;
  }
  if (model.name === "affine") {
    const check = (path: string, { matrix, offset }: (typeof model.noise)[number]): void => {
      if (matrix) checkMatrix(`${path}.matrix`, matrix, d);
      if (offset) checkLength(`${path}.offset`, offset, d);
    };
    if (model.drift) check("model.drift", model.drift);
    model.noise.forEach((field, k) => check(`model.noise[${k}]`, field));
    return;
  }
  if (model.name !== "gaussian-attention" && model.name !== "noisy-attention") return;
  if (model.attention === "harmonic" && d > 3) {
    refuse("model.attention", `"harmonic" works in dimension 2 and 3, not ${d}; want "direct" or "auto"`);
  }
  if (model.name === "noisy-attention") return;
  if (Array.isArray(model.atoms)) {
    model.atoms.forEach((A, m) => checkMatrix(`model.atoms[${m}]`, A, d));
  } else if (model.sigmaA === undefined) {
    refuse(
      "model.sigmaA",
      "is missing, and the atoms are to be drawn with it; give it, or give the matrices",
    );
  }
}

function checkMatrix(path: string, A: readonly (readonly number[])[], d: number): void {
  if (A.length !== d) refuse(path, `has ${A.length} rows, want ${d} as model.dimension says`);
  A.forEach((r, a) => {
    if (r.length !== d) refuse(`${path}[${a}]`, `has ${r.length} numbers, want ${d}`);
  });
}

function checkInitial({ model, initial, solver }: Config): void {
  const d = model.dimension;
  const moving = solver.kind === "particles" || solver.kind === "transformer";
  if (model.name === "affine" && initial.kind !== "points") {
    refuse(
      "initial.kind",
      `"${initial.kind}" is a law on the sphere, and model.name "affine" lives in R^${d}; want "points"`,
    );
  }
  switch (initial.kind) {
    case "points":
      initial.points.forEach((x, i) => {
        if (model.name === "affine") checkLength(`initial.points[${i}]`, x, d);
        else checkUnit(`initial.points[${i}]`, x, d);
      });
      if (initial.weights) {
        if (initial.weights.length !== initial.points.length) {
          refuse(
            "initial.weights",
            `has ${initial.weights.length} numbers for ${initial.points.length} points`,
          );
        }
        const sum = initial.weights.reduce((s, w) => s + w, 0);
        if (Math.abs(sum - 1) > UNIT) refuse("initial.weights", `sum to ${sum}, want 1`);
      }
      break;
    case "vmf": {
      initial.components.forEach(({ mean }, c) => checkUnit(`initial.components[${c}].mean`, mean, d));
      const sum = initial.components.reduce((s, c) => s + c.weight, 0);
      if (Math.abs(sum - 1) > UNIT) refuse("initial.components", `weights sum to ${sum}, want 1`);
      break;
    }
    case "simplex":
      if (initial.tokens > 1 && initial.overlap < -1 / (initial.tokens - 1)) {
        refuse(
          "initial.overlap",
          `${initial.overlap} is below -1/(tokens-1), the least that ${initial.tokens} tokens can share`,
        );
      }
      break;
    case "uniform":
      break;
  }
  if (moving && (initial.kind === "uniform" || initial.kind === "vmf") && initial.tokens === undefined) {
    refuse(
      "initial.tokens",
      `is missing, and solver.kind "${solver.kind}" moves tokens; want a whole number of at least 1`,
    );
  }
  if (!moving && (initial.kind === "points" || initial.kind === "simplex")) {
    refuse(
      "initial.kind",
      `"${initial.kind}" has no density for solver.kind "${solver.kind}"; want "uniform" or "vmf"`,
    );
  }
}

function checkLength(path: string, x: readonly number[], d: number): void {
  if (x.length !== d) refuse(path, `has ${x.length} numbers, want ${d} as model.dimension says`);
}

function checkUnit(path: string, x: readonly number[], d: number): void {
  checkLength(path, x, d);
  const norm = Math.hypot(...x);
  if (!(Math.abs(norm - 1) <= UNIT)) refuse(path, `has norm ${norm}, want a unit vector`);
}

function checkSolver({ model, solver }: Config): void {
  if ((solver.kind === "density" || solver.kind === "characteristics") && model.dimension > 3) {
    refuse("model.dimension", `${model.dimension} is too high for solver.kind "${solver.kind}"; want 2 or 3`);
  }
  if (solver.kind === "density") {
    if (solver.lmaxLimit !== undefined && solver.lmax !== "auto") {
      refuse("solver.lmaxLimit", `has no meaning beside lmax ${solver.lmax}; want lmax "auto"`);
    }
    if (solver.onUnresolved === "characteristics" && solver.kappa > 0) {
      refuse(
        "solver.onUnresolved",
        `"characteristics" cannot carry the diffusion of kappa ${solver.kappa}; want "stop"`,
      );
    }
  }
  if (solver.kind === "transformer" && (model.name !== "gaussian-attention" || Array.isArray(model.atoms))) {
    refuse(
      "solver.kind",
      `"transformer" draws Gaussian heads: want model.name "gaussian-attention" and a sigmaA`,
    );
  }
}

function checkNoise({ noise, model, solver, ensemble }: Config): void {
  if (noise.kind === "brownian") return;
  if (model.name === "noisy-attention") {
    refuse("noise", `model.name "noisy-attention" has no common noise; leave it out`);
  }
  if (solver.kind === "transformer")
    refuse("noise", `solver.kind "transformer" draws its own weights; leave the noise out`);
  if (ensemble.paths !== 1)
    refuse("ensemble.paths", `is ${ensemble.paths}, want 1: a given path is a single one`);
}
