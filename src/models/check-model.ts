import { checkOptions, checkValue, maybe } from "../numerics/options.js";
import { MODEL } from "../numerics/shapes.js";
import type { Model } from "../types.js";
import { modelChecks } from "./contract-checks.js";
import type { ModelCheck } from "./contract-check.js";
import { planProbe } from "./contract-probe.js";

export interface CheckModelOptions {
  /** n, how many points the laws of the checks have; 5 unless given. */
  readonly points?: number;
  /** Where points, increments and directions are drawn from; the same seed gives the same report. */
  readonly seed?: string;
}

export interface ModelReport {
  readonly ok: boolean;
  readonly checks: readonly ModelCheck[];
}

/**
 * What every model must do so that the schemes have the order they promise, tried on random points with unequal weights, one
 * of them zero:
 *
 * - fields are finite, tangent to the sphere, linear in dt and dW, and overwrite what they are given to write into;
 * - derivative, correction and bracket are those of the increment by symmetric differences, law and points moving together;
 * - the answer is the same whatever was asked before, and follows the points when they change places;
 * - the law, increments, directions and areas are left alone;
 * - a step in one piece, where there is one, is the sum of its parts;
 * - noise that is redrawn is a function of path and step alone.
 *
 * Nothing is thrown for a model that fails: see `requireModel`. A RangeError for what is no model at all.
 */
export function checkModel(model: Model, options: CheckModelOptions = {}): ModelReport {
  checkValue("checkModel: model", model, MODEL);
  checkOptions("checkModel", options, { points: maybe("whole"), seed: maybe("string") });
  const probe = planProbe(model, options.points ?? 5, options.seed ?? "checkModel");
  const checks = modelChecks(probe);
  return { ok: checks.every(({ ok }) => ok), checks };
}

/** Throws a RangeError, one sentence with all that `checkModel` finds wrong; the model itself where nothing is. */
export function requireModel(model: Model, options: CheckModelOptions = {}): Model {
  const wrong = checkModel(model, options).checks.filter(({ ok }) => !ok);
  if (wrong.length === 0) return model;
  throw new RangeError(`model "${model.name}": ${wrong.map(({ message }) => message).join("; ")}`);
}
