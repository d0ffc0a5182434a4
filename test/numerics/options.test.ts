import { describe, expect, it } from "vitest";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { driftFlow, solveOde } from "../../solvers/ode.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { transformer } from "../../solvers/transformer.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { noisyAttention } from "../../src/models/attention/noisy-attention.js";
import { defineModel } from "../../src/models/define-model.js";
import { affine } from "../../src/models/gallery/affine.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { brownian } from "../../src/noise/brownian.js";
import { silent } from "../../src/noise/silent.js";
import { stream } from "../../src/noise/stream.js";
import { checkOptions, maybe } from "../../src/numerics/options.js";
import { nearest } from "../../src/numerics/nearest.js";
import { measure } from "../../src/sphere/measure.js";

/** A call as plain JavaScript makes it: nobody reads the types. */
type Call = (options: never) => unknown;

const initial = measure([[1, 0, 0]]);
const model = sphericalBrownian(3);
const heads = gaussianHeads({ dimension: 3, sigmaV: 1, sigmaA: 1, seed: "options" });
const path = (p: number) => brownian({ seed: "s", path: p, channels: 3, horizon: 1, steps: 4 });

/** Options that every function takes, the function, and how a mistake in each is refused. */
const calls: [string, Call, object, [change: object, sentence: string][]][] = [
  [
    "particles",
    particles,
    { model, scheme: eulerMaruyama, initial },
    [
      [
        { scheme: "milstein" },
        'particles: scheme is the string "milstein", want a scheme itself, such as eulerMaruyama',
      ],
      [
        { scheme: logOdeWith },
        "particles: scheme is a function, want a scheme itself, such as eulerMaruyama",
      ],
      [{ scheme: undefined }, "particles: scheme is missing, want a scheme itself, such as eulerMaruyama"],
      [
        { scheme: { ...eulerMaruyama, needsArea: undefined } },
        "particles: scheme has no needsArea, want a scheme itself, such as eulerMaruyama",
      ],
      [
        { scheme: { ...eulerMaruyama, needsArea: "always" } },
        'particles: scheme.needsArea is the string "always", want "never" or "unless-commuting"',
      ],
      [
        { scheme: { plan: eulerMaruyama.plan } },
        "particles: scheme has no name, want a scheme itself, such as eulerMaruyama",
      ],
      [
        { model: sphericalBrownian },
        "particles: model is a function, want a model, such as sphericalBrownian(3)",
      ],
      [{ initial: [[1, 0, 0]] }, "particles: initial is a list, want a measure, such as measure(points)"],
      [{ schem: eulerMaruyama }, 'particles: "schem" is no option of it; did you mean "scheme"?'],
      [{ dt: 0.1 }, 'particles: "dt" is no option of it; want model, scheme, initial, idiosyncratic'],
      [{ idiosyncratic: 0.3 }, "particles: idiosyncratic is 0.3, want an object"],
      [
        { idiosyncratic: { kappa: () => 1, stream: stream("s", "b") } },
        "particles: idiosyncratic: kappa is a function, want a finite number",
      ],
      [
        { idiosyncratic: { kappa: NaN, stream: stream("s", "b") } },
        "particles: idiosyncratic: kappa is NaN, want a finite number",
      ],
      [
        { idiosyncratic: { kappa: 1, stream: "b" } },
        'particles: idiosyncratic: stream is the string "b", want a stream, such as stream("seed", "name")',
      ],
    ],
  ],
  [
    "pathwise",
    pathwise,
    { model, scheme: eulerMaruyama, initial, noise: path },
    [
      [{ noise: path(0) }, "pathwise: noise is an object, want a function"],
      [
        { area: "all" },
        'pathwise: area is the string "all", want "auto" or "full" or "none" or true or false',
      ],
      [{ Scheme: 1 }, 'pathwise: "Scheme" is no option of it; did you mean "scheme"?'],
    ],
  ],
  [
    "pathNoise",
    pathNoise,
    { seed: "s", channels: 1, horizon: 1, steps: 4 },
    [
      [{ seed: 7 }, "pathNoise: seed is 7, want a string"],
      [{ steps: "4" }, 'pathNoise: steps is the string "4", want a whole number above zero'],
    ],
  ],
  [
    "brownian",
    brownian,
    { seed: "s", path: 0, channels: 1, horizon: 1, steps: 4 },
    [
      [{ seed: 7 }, "brownian: seed is 7, want a string"],
      [{ channel: 1 }, 'brownian: "channel" is no option of it; did you mean "channels"?'],
      [{ horizon: () => 1 }, "brownian: horizon is a function, want a finite number"],
      [
        { area: true },
        "brownian: area is true, want a method itself, such as mrongowiusRoesslerArea, or null",
      ],
      [
        { area: "milstein" },
        'brownian: area is the string "milstein", want a method itself, such as mrongowiusRoesslerArea, or null',
      ],
    ],
  ],
  [
    "silent",
    silent,
    { horizon: 1, steps: 4 },
    [[{ Steps: 4 }, 'silent: "Steps" is no option of it; did you mean "steps"?']],
  ],
  [
    "transformer",
    transformer,
    { heads, headsPerLayer: 1, eta: 0.1, beta: 1, initial },
    [
      [{ heads: 4 }, "transformer: heads is 4, want a law of heads, such as gaussianHeads({ ... })"],
      [{ headsPerLayer: 0 }, "transformer: headsPerLayer is 0, want a whole number above zero"],
      [{ eta: NaN }, "transformer: eta is NaN, want a finite number"],
      [{ beta: Infinity }, "transformer: beta is Infinity, want a finite number"],
      [
        { layerStep: "Ambient" },
        'transformer: layerStep is the string "Ambient", want "ambient" or "tangent"',
      ],
    ],
  ],
  [
    "driftFlow",
    driftFlow,
    { model, initial },
    [[{ model: "m" }, 'driftFlow: model is the string "m", want a model, such as sphericalBrownian(3)']],
  ],
  [
    "solveOde",
    solveOde,
    { model, initial, horizon: 1, steps: 4 },
    [
      [{ horizon: Infinity }, "solveOde: horizon is Infinity, want a finite number"],
      [{ observe: () => 1 }, "solveOde: observe is a function, want an object, every entry a function"],
    ],
  ],
  [
    "logOdeWith",
    logOdeWith,
    {},
    [[{ substep: 2 }, 'logOdeWith: "substep" is no option of it; did you mean "substeps"?']],
  ],
  [
    "defineModel",
    defineModel,
    { name: "m", dimension: 3, noise: [] },
    [
      [{ name: undefined }, "defineModel: name is missing, want a string"],
      [
        { noise: () => [1, 0, 0] },
        "defineModel: noise is a function, want a list, every entry a function, { at, derivative } or { ensemble, derivative }",
      ],
      [
        { noise: [() => undefined, 3] },
        "defineModel: noise[1] is 3, want a function, { at, derivative } or { ensemble, derivative }",
      ],
      [
        { drift: [0, 0, 1] },
        "defineModel: drift is a list, want a function, { at, derivative } or { ensemble, derivative }",
      ],
      [{ calculus: "Ito" }, 'defineModel: calculus is the string "Ito", want "ito" or "stratonovich"'],
      [{ calculs: "ito" }, 'defineModel: "calculs" is no option of it; did you mean "calculus"?'],
      [{ statistic: { of: () => 1 } }, "defineModel: statistic has no size, want { size, of }"],
      [{ dimension: "3" }, 'defineModel: dimension is the string "3", want a finite number'],
    ],
  ],
  [
    "affine",
    affine,
    { name: "a", dimension: 1, noise: [] },
    [
      [{ drift: { matrx: [1] } }, 'affine: drift: "matrx" is no option of it; did you mean "matrix"?'],
      [{ drift: { offset: 1 } }, "affine: drift: offset is 1, want numbers in a list or an ndarray"],
      [{ noise: [[1]] }, "affine: noise[0] is a list, want an object"],
      [{ dimension: 1.5 }, "affine: dimension is 1.5, want a whole number above zero"],
    ],
  ],
  [
    "gaussianAttention",
    gaussianAttention,
    {
      dimension: 2,
      beta: 1,
      sigmaV: 1,
      atoms: [
        [1, 0, 0, 1],
        [0, 1, 1, 0],
      ],
    },
    [
      [{ beta: "1" }, 'gaussianAttention: beta is the string "1", want a finite number'],
      [{ sigmaV: -1 }, "sigmaV: -1, want a standard deviation from 0 up"],
      [{ atoms: 8 }, "gaussianAttention: atoms is 8, want numbers in a list or an ndarray"],
      [{ atoms: [] }, "atoms: none, want at least one"],
      [{ weights: [1] }, "weights: has 1 entries, want 2"],
      [{ weights: [1.5, -0.5] }, "weights[1]: -0.5, want a number from 0 up"],
      [{ weights: [0.5, 0.25] }, "weights: sum to 0.75, want 1"],
      [{ dimension: 1 }, "dimension: 1 is not a whole number of at least 2"],
    ],
  ],
  [
    "noisyAttention",
    noisyAttention,
    { dimension: 3, beta: 1, coupling: 1 },
    [
      [{ coupling: NaN }, "noisyAttention: coupling is NaN, want a finite number"],
      [{ sums: "fast" }, 'noisyAttention: sums is the string "fast", want "auto" or "direct" or "harmonic"'],
      [{ dimension: 2.5 }, "dimension: 2.5 is not a whole number of at least 2"],
    ],
  ],
];

describe.each(calls)("the options of %s", (name, call, right, wrong) => {
  it("are taken when they are right, and where they are given as undefined", () => {
    expect(() => call(right as never)).not.toThrow();
  });

  it.each(wrong)("are refused with one sentence: %j", (change, sentence) => {
    expect(() => call({ ...right, ...change } as never)).toThrow(new RangeError(sentence));
  });

  it("are an object", () => {
    for (const [value, shown] of [
      [undefined, "undefined"],
      [null, "null"],
      ["milstein", 'the string "milstein"'],
      [3, "3"],
      [[], "a list"],
      [() => 1, "a function"],
    ])
      expect(() => call(value as never)).toThrow(
        `${name}: want an object of options, not ${shown as string}`,
      );
  });

  it("are looked for in the object alone, not in its prototype, and keys are not taken from there", () => {
    for (const key of ["toString", "constructor", "hasOwnProperty"])
      expect(() => call({ ...right, [key]: 1 } as never)).toThrow(`${name}: "${key}" is no option of it`);
  });
});

describe("what is given by itself", () => {
  it("is of the right kind, too", () => {
    expect(() => stream(3 as never, "a")).toThrow(new RangeError("stream: seed is 3, want a string"));
    expect(() => stream("a", undefined as never)).toThrow(
      new RangeError("stream: name is missing, want a string"),
    );
    for (const make of [rotation, sphericalBrownian]) {
      for (const d of [1, 2.5, NaN, "3"])
        expect(() => make(d as never)).toThrow(
          new RangeError(`dimension: ${d} is not a whole number of at least 2`),
        );
    }
  });

  it("is cut where it is long, and quoted", () => {
    const check = (seed: unknown): void =>
      checkOptions("f", { seed } as { seed: number }, { seed: maybe("number") });
    expect(() => check("x".repeat(1000))).toThrow(
      `f: seed is the string "${"x".repeat(40)}…", want a finite number`,
    );
    expect(() => check("a\nb")).toThrow('f: seed is the string "a\\nb", want');
    expect(() => check(Promise.resolve(1))).toThrow("f: seed is a Promise, want a finite number");
    expect(() => check(Symbol("s"))).toThrow("f: seed is a symbol, want a finite number");
    expect(() => check(undefined)).not.toThrow();
  });
});

describe("the nearest known word", () => {
  it.each([
    ["step", "steps"],
    ["STEPS", "steps"],
    ["horizn", "horizon"],
    ["hoirzon", "horizon"],
    ["hor", "horizon"],
    ["qqq", null],
    ["x", null],
    ["", null],
  ])("to %j is %j", (word, found) => {
    expect(nearest(word, ["steps", "horizon", "seed"])).toBe(found);
  });
});
