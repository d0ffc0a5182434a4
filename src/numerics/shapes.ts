import type { CommonNoise, Evolution, Measure, Model, Scheme, Stream } from "../types.js";
import { maybe, type Shape, type Want } from "./options.js";

/** A shape whose members are those of an interface. */
const shape = <T>(what: string, members: Readonly<Partial<Record<keyof T & string, Want>>>): Shape => ({
  what,
  members: members as Readonly<Record<string, Want>>,
});

/* The central interfaces as `checkOptions` sees them. */

export const MODEL = shape<Model>("a model, such as sphericalBrownian(3)", {
  name: "string",
  manifold: ["sphere", "euclidean"],
  dimension: "whole",
  channels: "number",
  calculus: ["ito", "stratonovich"],
  redrawn: maybe("boolean"),
  plan: "function",
});

export const SCHEME = shape<Scheme>("a scheme itself, such as eulerMaruyama", {
  name: "string",
  strongOrder: "number",
  strongOrderWithoutArea: "number",
  weakOrder: "number",
  needsArea: ["never", "unless-commuting"],
  plan: "function",
});

export const NOISE = shape<CommonNoise>("a common noise, such as brownian({ ... })", {
  channels: "number",
  horizon: "number",
  steps: "whole",
  path: "number",
  increment: "function",
  area: maybe("function"),
});

export const EVOLUTION = shape<Evolution>("an evolution, such as particles({ ... })", {
  law: "object",
  reset: "function",
  advance: "function",
  diagnostics: "function",
});

export const MEASURE = shape<Measure>("a measure, such as measure(points)", {
  count: "whole",
  dimension: "whole",
  points: "anything",
  weights: "anything",
});

/** A law, or a rule that gives one for every path. */
export const START: Shape = { ...MEASURE, orFunction: true };

export const STREAM = shape<Stream>('a stream, such as stream("seed", "name")', {
  normals: "function",
  uniforms: "function",
});
