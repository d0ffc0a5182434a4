import { stream } from "../noise/stream.js";
import { project } from "../sphere/project.js";
import { normalize } from "../sphere/retract.js";
import { copyMeasure, wrap } from "../sphere/measure.js";
import type { Field, Measure, Model } from "../types.js";

/** What a model is asked with. */
export interface Probe {
  readonly model: Model;
  /** n */
  readonly count: number;
  readonly law: Measure;
  /** Another law of as many points. */
  readonly elsewhere: Measure;
  readonly dt: number;
  /** [K] */
  readonly dW: Float64Array;
  /** [K], independent of dW. */
  readonly other: Float64Array;
  /** [n,d], tangent. */
  readonly along: Float64Array;
  /** [K,K], skew. */
  readonly area: Float64Array;
}

/** All that a field says of one law, [n,d] each. */
export interface Answers {
  readonly increment: Float64Array;
  readonly derivative: Float64Array;
  readonly correction: Float64Array;
  readonly bracket: Float64Array;
}

/** n points with weights 0, 1, ..., n-1 over their sum: a point may see a law that it is no part of. */
export function probeLaw(model: Model, n: number, seed: string, draw = 0): Measure {
  const { dimension: d } = model;
  const points = new Float64Array(n * d);
  stream(seed, "points").normals(draw, 0, points);
  if (model.manifold === "sphere") normalize(points, d);
  const total = (n * (n - 1)) / 2;
  return wrap(
    points,
    d,
    Float64Array.from({ length: n }, (_, i) => (n === 1 ? 1 : i / total)),
  );
}

export function planProbe(model: Model, count: number, seed: string): Probe {
  const { channels: K, dimension: d } = model;
  const normals = (name: string, length: number): Float64Array => {
    const out = new Float64Array(length);
    stream(seed, name).normals(0, 0, out);
    return out;
  };
  const law = probeLaw(model, count, seed);
  const along = normals("direction", count * d);
  if (model.manifold === "sphere") project(law.points, along, d);
  const square = normals("area", K * K);
  const area = square.map((v, e) => 0.5 * (v - square[(e % K) * K + Math.floor(e / K)]));
  return {
    model,
    count,
    law,
    elsewhere: probeLaw(model, count, seed, 1),
    dt: 0.3,
    dW: normals("increments", K),
    other: normals("other increments", K),
    along,
    area,
  };
}

/** The same questions in arrays of their own. */
export const copyProbe = (probe: Probe): Probe => ({
  ...probe,
  law: copyMeasure(probe.law),
  elsewhere: copyMeasure(probe.elsewhere),
  dW: probe.dW.slice(),
  other: probe.other.slice(),
  along: probe.along.slice(),
  area: probe.area.slice(),
});

/** A field of its own for the model, its noise drawn for path and step. */
export function fieldOf({ model, count }: Probe, path = 0, step = 0): Field {
  const field = model.plan(count);
  field.redraw?.(path, step);
  return field;
}

/** What there was before the field wrote: whoever adds to it, or leaves an entry out, is seen. */
const BEFORE = 17;

/** Everything the field says of `law`. */
export function ask({ dt, dW, along, area }: Probe, field: Field, law: Measure): Answers {
  const out = (): Float64Array => new Float64Array(law.points.length).fill(BEFORE);
  const answers = { increment: out(), derivative: out(), correction: out(), bracket: out() };
  field.freeze(law);
  field.increment(dt, dW, answers.increment);
  field.derivative(dt, dW, along, answers.derivative);
  field.correction(answers.correction);
  field.bracket(area, answers.bracket);
  return answers;
}

/** Largest size of an entry. NaN where one is none. */
export const sizeOf = (v: Float64Array): number => v.reduce((s, e) => Math.max(s, Math.abs(e)), 0);

/** Largest difference of two entries. NaN where one is none. */
export const distanceOf = (a: Float64Array, b: Float64Array): number =>
  a.reduce((s, e, i) => Math.max(s, Math.abs(e - b[i])), 0);
