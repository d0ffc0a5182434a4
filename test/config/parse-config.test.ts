import { describe, expect, it } from "vitest";
import { ConfigError, sentences } from "../../src/config/contract/config-error.js";
import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";
import { parseConfig } from "../../src/config/parse-config.js";

const model = { name: "rotation", dimension: 3 };
const attention = { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5 };
const initial = { kind: "uniform", tokens: 4 };
const solver = { kind: "particles", horizon: 1, steps: 8 };
const base = { model, initial, solver };
const mixture = (second: object) => ({
  kind: "vmf",
  tokens: 1,
  placement: "quasi",
  components: [{ weight: 1, kappa: 1, mean: [1, 0, 0] }, second],
});

const refusal = (source: string | object): ConfigError => {
  try {
    parseConfig(source);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("taken as a configuration");
};
const linesOf = (source: string | object): string[] => refusal(source).message.split("\n");

const MODEL_NAMES = MODELS.map(({ name }) => `"${name}"`).join(" or ");

describe("a faulty configuration", () => {
  const cases: [string, object, string[]][] = [
    [
      "nothing",
      {},
      [
        "model: is missing; want an object",
        "initial: is missing; want an object",
        "solver: is missing; want an object",
      ],
    ],
    ["a list", [], ["config: want an object"]],
    [
      "an unknown key near a known one",
      { ...base, obsrve: [] },
      ['obsrve: is not a key that is known here; did you mean "observe"?'],
    ],
    ["an unknown key near no other", { ...base, zzz: 1 }, ["zzz: is not a key that is known here"]],
    [
      "a key of another place",
      { ...base, seed: "a" },
      ['seed: is not a key that is known here; did you mean "ensemble.seed"?'],
    ],
    [
      "a key of the whole inside",
      { ...base, solver: { ...solver, observe: [] } },
      ['solver.observe: is not a key that is known here; did you mean "observe"?'],
    ],
    [
      "keys as others call them",
      { model, initial, solver: { kind: "particles", T: 1, dt: 0.1 } },
      [
        'solver.T: is not a key that is known here; did you mean "horizon"?',
        'solver.dt: is not a key that is known here; did you mean "steps"?',
        "solver.horizon: is missing; want a finite number",
        "solver.steps: is missing; want a finite number",
      ],
    ],
    [
      "a key of another kind",
      { ...base, solver: { ...solver, lmax: 4 } },
      ["solver.lmax: is not a key that is known here"],
    ],
    [
      "an unknown model",
      { ...base, model: { name: "Rotaton", dimension: 3 } },
      [`model.name: want ${MODEL_NAMES}; did you mean "rotation"?`],
    ],
    ["no name", { ...base, model: { dimension: 3 } }, [`model.name: is missing; want ${MODEL_NAMES}`]],
    [
      "an unknown scheme",
      { ...base, solver: { ...solver, scheme: "euler" } },
      [
        'solver.scheme: want "euler-maruyama" or "heun" or "log-ode" or "milstein"; did you mean "euler-maruyama"?',
      ],
    ],
    [
      "a name that every object has",
      { ...base, model: { name: "toString", dimension: 3 } },
      [`model.name: want ${MODEL_NAMES}`],
    ],
    [
      "keys that every object has",
      { ...base, solver: { ...solver, constructor: 1, toString: 2 } },
      [
        "solver.constructor: is not a key that is known here",
        "solver.toString: is not a key that is known here",
      ],
    ],
    [
      "wrong kinds of values",
      { ...base, model: { ...attention, beta: "1", attention: 3, atoms: "frsh" } },
      [
        "model.beta: want a finite number",
        'model.attention: want "auto" or "direct" or "harmonic"',
        'model.atoms: want a finite number, or "fresh", or a list; did you mean "fresh"?',
      ],
    ],
    [
      "numbers that are none",
      { ...base, solver: { ...solver, horizon: Infinity, steps: NaN } },
      ["solver.horizon: want a finite number", "solver.steps: want a finite number"],
    ],
    [
      "numbers out of reach",
      {
        ...base,
        initial: { kind: "uniform", tokens: 2 ** 60 },
        solver: { ...solver, horizon: 0, steps: 1.5 },
      },
      [
        "initial.tokens: is too large, want a number of at most 2147483648",
        "solver.horizon: is too small, want a number greater than 0",
        "solver.steps: want a whole number",
      ],
    ],
    [
      "a number beyond 2^53",
      { ...base, ensemble: { paths: 2 ** 53 } },
      ["ensemble.paths: is too large, want a number of at most 2147483648"],
    ],
    [
      "points off the sphere, and weights",
      { ...base, initial: { kind: "points", points: [[1, 1, 0], [1, 0, 0], [1]], weights: [0.5, 0.6] } },
      [
        "initial.points[0]: has norm 1.4142135623730951, want a unit vector",
        "initial.points[2]: has 1 numbers, want 3 as model.dimension says",
        "initial.weights: has 2 numbers for 3 points",
      ],
    ],
    [
      "negative weights",
      {
        ...base,
        initial: {
          kind: "points",
          points: [
            [1, 0, 0],
            [0, 1, 0],
          ],
          weights: [-1, 2],
        },
      },
      ["initial.weights[0]: is too small, want a number of at least 0"],
    ],
    [
      "a mixture that is none",
      {
        ...base,
        initial: mixture({ weight: 1, kappa: 1e300, mean: [1, 0, 0] }),
      },
      ["initial.components[1].kappa: is too large, want a number of at most 1e+100"],
    ],
    [
      "a mixture with two faults",
      {
        ...base,
        initial: mixture({ weight: 1, kappa: 1, mean: [1, 1, 0] }),
      },
      [
        "initial.tokens: 1 cannot serve 2 components; want one for each",
        "initial.components: weights sum to 2, want 1",
        "initial.components[1].mean: has norm 1.4142135623730951, want a unit vector",
      ],
    ],
    [
      "a simplex without room",
      { ...base, initial: { kind: "simplex", tokens: 5, overlap: 0.1 } },
      ["initial.tokens: 5 with overlaps of 0.1 span 5 dimensions, and model.dimension is 3; want fewer"],
    ],
    [
      "a generator that is not skew",
      {
        ...base,
        model: {
          ...model,
          generator: [
            [0, 1, 0],
            [1, 0, 0],
            [0, 0, 0],
          ],
        },
      },
      ["model.generator[1][0]: not the negative of generator[0][1]; want a skew matrix"],
    ],
    [
      "matrices of the wrong shape",
      { ...base, model: { ...attention, atoms: [[[1]], [[1, 0, 0], [1], [0, 0, 1]]] } },
      [
        "model.atoms[0]: has 1 rows, want 3 as model.dimension says",
        "model.atoms[1][1]: has 1 numbers, want 3",
      ],
    ],
    [
      "a deviation whose square is no number",
      { ...base, model: { ...attention, sigmaA: 1e200 } },
      ["model.sigmaA: is too large, want a number of at most 1e+100"],
    ],
    [
      "scores that are no numbers",
      { ...base, model: { ...attention, beta: 1e200, sigmaA: 1e60 } },
      [
        "model.sigmaA: makes scores beta <A x, y> that are too large at model.beta 1e+200; want at most 1e+100",
      ],
    ],
    [
      "a drift that is no number",
      { ...base, model: { name: "noisy-attention", dimension: 3, beta: 700, coupling: 1e100 } },
      ["model.coupling: 1e+100 times e^|beta| is too large for a number at model.beta 700; want less"],
    ],
    [
      "a step that is zero",
      { ...base, solver: { ...solver, horizon: 5e-324 } },
      ["solver.horizon: makes steps of length 0, want at least 1e-100"],
    ],
    [
      "a clock that stands still",
      { ...base, model: attention, solver: { kind: "transformer", heads: 1, eta: 1e-90, layers: 2 } },
      ["solver.eta: makes steps of length 1e-180, want at least 1e-100"],
    ],
    [
      "a noise of its own that is too strong",
      { ...base, solver: { ...solver, kappa: 1e300 } },
      ["solver.kappa: is too large, want a number of at most 1e+100"],
    ],
    [
      "observables that are not there",
      {
        ...base,
        observe: ["overlap:0,4", "coordinate:3", "moment:1,2", "moment:100000,0", "overlapp", "zonal:x"],
      },
      [
        "observe[0]: there is no token 4; want 0 to 3",
        "observe[1]: there is no coordinate 3; want 0 to 2",
        "observe[2]: harmonicMoment: order 2 of degree 1, want an integer from -l to l",
        'observe[3]: "moment:100000,0" has degree 100000, want at most 511',
        expect.stringMatching(
          /^observe\[4\]: observable "overlapp" is not known: .*; did you mean "overlap"\?$/,
        ) as string,
        expect.stringMatching(/^observe\[5\]: observable "zonal:x" is not known: /) as string,
      ],
    ],
    [
      "observables of the sphere in R^d",
      {
        model: { name: "affine", dimension: 3, noise: [{}] },
        initial: { kind: "points", points: [[1, 2, 3]] },
        solver,
        observe: ["second-moment", "moment:1,0", "clusters"],
      },
      [
        'observe[1]: "moment:1,0" is read off the sphere, and model.name "affine" lives in R^3',
        'observe[2]: "clusters" is read off the sphere, and model.name "affine" lives in R^3',
      ],
    ],
    [
      "a table of the wrong shape",
      {
        ...base,
        noise: { kind: "table", increments: [[1], [1, 2], [1]], areas: [[0]] },
        ensemble: { paths: 2 },
      },
      [
        "solver.steps: 8 does not fit the 3 rows of noise.increments; want that number, or a half, a quarter, ... of it",
        "noise.increments[1]: has 2 numbers, want 1, one for each channel of the model",
        "noise.areas: has 1 rows, want 3 as noise.increments has",
        "ensemble.paths: is 2, want 1: a given path is a single one",
      ],
    ],
    [
      "points of another dimension",
      {
        ...base,
        initial: {
          kind: "points",
          points: [
            [1, 0],
            [0, 1],
            [1, 0],
          ],
        },
      },
      ["initial.points[0]: has 2 numbers as every row, want 3 as model.dimension says"],
    ],
    [
      "areas that are not skew",
      { ...base, solver: { ...solver, steps: 1 }, noise: { kind: "table", increments: [[1]], areas: [[1]] } },
      ["noise.areas[0]: entries (0,0) and (0,0) are 1 and 1, want a skew matrix"],
    ],
    [
      "rules between parts that are well formed, beside a part that is not",
      {
        ...base,
        model: { name: "rotation", dimension: 5 },
        initial: { kind: "uniform" },
        solver: { kind: "density", lmax: 4, horizon: 1, steps: 1 },
        observe: [3],
      },
      ['model.dimension: 5 is too high for solver.kind "density"; want 2 or 3', "observe[0]: want text"],
    ],
    [
      "a density without a law to start from",
      {
        ...base,
        initial: { kind: "points", points: [[1, 0, 0]] },
        solver: {
          kind: "density",
          lmax: 4,
          lmaxLimit: 8,
          horizon: 1,
          steps: 1,
          kappa: 1,
          onUnresolved: "characteristics",
        },
      },
      [
        'initial.kind: "points" has no density for solver.kind "density"; want "uniform" or "vmf"',
        'solver.lmaxLimit: has no meaning beside lmax 4; want lmax "auto"',
        'solver.onUnresolved: "characteristics" cannot carry the diffusion of kappa 1; want "stop"',
      ],
    ],
    [
      "strange keys",
      { ...base, "a\nb": 1, "": 2, "x.y": 3, ["k".repeat(1000)]: 4 },
      [
        '["a\\nb"]: is not a key that is known here',
        '[""]: is not a key that is known here',
        '["x.y"]: is not a key that is known here',
        `["${"k".repeat(60)}…"]: is not a key that is known here`,
      ],
    ],
  ];

  it.each(cases)("%s: one sentence for each fault, in the order of its keys", (_, config, lines) => {
    const error = refusal(config);
    expect(error.message.split("\n")).toEqual(lines);
    expect(error.faults.map(({ path, message }) => `${path}: ${message}`)).toEqual(lines);
    expect(error.faults.length).toBe(new Set(error.faults.map(({ path }) => path)).size);
    // From text the same.
    if (!JSON.stringify(config).includes("null")) expect(linesOf(JSON.stringify(config))).toEqual(lines);
  });

  it("has its faults in the order of its own text", () => {
    const [, first] = linesOf({ solver: { ...solver, x1: 1 }, model, initial, q: 1 });
    expect(first).toMatch(/^q: /);
    const [other] = linesOf({ q: 1, solver: { ...solver, x1: 1 }, model, initial });
    expect(other).toMatch(/^q: /);
  });

  it("shows as many as can be read, and soon", () => {
    const started = performance.now();
    const points = Array.from({ length: 200_000 }, () => [1, 1, 0]);
    const lines = linesOf({
      ...base,
      initial: { kind: "points", points },
      observe: points.map((_, i) => `a${i}`),
    });
    expect(lines).toHaveLength(51);
    expect(lines[50]).toMatch(/^config: has at least \d+ more faults$/);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("leaves the prototype of objects alone", () => {
    const text = `{"__proto__": {"polluted": 1}, "model": {"name": "rotation", "dimension": 3, "__proto__": {"polluted": 2}}, "constructor": {"prototype": {"polluted": 3}}}`;
    expect(linesOf(text).slice(0, 2)).toEqual([
      "__proto__: is not a key that is known here",
      "model.__proto__: is not a key that is known here",
    ]);
    expect("polluted" in {}).toBe(false);
    // Nor are values taken from there.
    const inherited = Object.create({ model, initial, solver }) as object;
    expect(() => parseConfig({ ...inherited })).toThrow(/^model: is missing/);
  });

  it("is shown with a full stop after every sentence that has no other end", () => {
    expect(sentences(refusal({ ...base, obsrve: [], zzz: 1 }))).toBe(
      'obsrve: is not a key that is known here; did you mean "observe"?\nzzz: is not a key that is known here.\n',
    );
  });
});

describe("a configuration", () => {
  it("may name its schema, which is left out", () => {
    expect(parseConfig({ $schema: "x.json", ...base })).toEqual(parseConfig(base));
    expect(linesOf({ $schema: 5, ...base })).toEqual(["$schema: want text"]);
  });

  it("with everything filled in is the same configuration", () => {
    const start = { kind: "vmf", tokens: 4, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] };
    const all = [
      ...MODELS.filter(({ manifold }) => manifold === undefined).map(({ example }) => ({
        ...base,
        model: example,
      })),
      ...INITIALS.map(({ example }) => ({ ...base, initial: example })),
      ...SOLVERS.map(({ example }) => ({ ...base, model: attention, initial: start, solver: example })),
    ];
    for (const given of all) {
      const config = parseConfig(given);
      expect(parseConfig(JSON.stringify(config))).toEqual(config);
    }
  });

  it("of enormous size is read at once, and nothing of it is made", () => {
    const before = process.memoryUsage();
    const started = performance.now();
    const huge = [
      { ...base, initial: { kind: "uniform", tokens: 2 ** 31 } },
      { ...base, initial: { kind: "simplex", tokens: 2 ** 31, overlap: 1 } },
      { ...base, model: { ...attention, dimension: 4096, atoms: 1e6 } },
      {
        ...base,
        model: { ...attention, dimension: 4096 },
        solver: { kind: "transformer", heads: 2 ** 31, eta: 1, layers: 2 ** 31 },
      },
      { ...base, solver: { ...solver, steps: 2 ** 31 }, study: { levels: [1, 2 ** 31] } },
      {
        ...base,
        initial: { kind: "uniform" },
        solver: { kind: "density", lmax: 511, horizon: 1, steps: 1 },
        observe: ["moment:511,3"],
      },
    ];
    for (const config of huge) parseConfig(config);
    expect(performance.now() - started).toBeLessThan(1000);
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(1e6);
    expect(heapUsed - before.heapUsed).toBeLessThan(50e6);
  });
});

describe("the channels that an entry tells from its configuration", () => {
  const identity = [
    [1, 0],
    [0, 1],
  ];
  const heads = { law: "gaussian", sigmaA: 0.5 };
  const block = { width: 3, sigma: { W2: 1, W1: 1, b: 1 } };
  const given = { law: "given", list: [{ V: identity, A: identity }] };
  const changes: Readonly<Record<string, object[]>> = {
    "gaussian-attention": [{ atoms: "fresh" }, { dimension: 2, atoms: [identity, identity, identity] }],
    homogenized: [
      { clock: { eta: 0.1, heads: null } },
      { clock: "diffusive", heads, atoms: 3 },
      {
        clock: "diffusive",
        heads: {
          ...heads,
          meanV: [
            [0, 0],
            [0, 0],
          ],
        },
      },
      { atoms: "fresh", freshAtoms: 3 },
      { heads: { ...heads, perceptron: block } },
      {
        heads: {
          ...heads,
          perceptron: {
            ...block,
            mean: {
              W2: [
                [1, 0, 0],
                [0, 0, 0],
              ],
            },
          },
        },
      },
      { heads: given, atoms: undefined },
    ],
  };

  it.each(MODELS.map((entry) => [entry.name, entry] as const))("are those of model %s", (name, entry) => {
    for (const change of [{}, ...(changes[name] ?? [])]) {
      const config = entry.schema.parse({ ...entry.example, ...change });
      entry.check?.(config);
      expect(entry.channels!(config), JSON.stringify(change)).toBe(entry.build(config, "seed").channels);
    }
  });
});
