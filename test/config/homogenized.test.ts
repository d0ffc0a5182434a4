import { describe, expect, it } from "vitest";
import { buildHeads, buildModel } from "../../src/config/build-model.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { lawSide } from "../../src/experiments/agree/law-side.js";
import { limitSide } from "../../src/experiments/agree/limit-side.js";
import { runNumbers } from "../../src/experiments/run.js";
import { blankHead, sampleHead } from "../../src/models/heads/head.js";
import { measure } from "../../src/sphere/measure.js";

type Part = Record<string, unknown>;

const one = [
  [1, 0],
  [0, 1],
];
const turn = [
  [0, -1],
  [1, 0],
];
const clock = { eta: 0.1, heads: 2 };
const gaussian = { law: "gaussian", sigmaV: 0.7, sigmaA: 0.8 };
const list = [
  { V: one, A: turn },
  { V: turn, A: one },
];
const given = { law: "given", list };
const tokens = { kind: "uniform", tokens: 4 };
const particles = { kind: "particles", scheme: "milstein", horizon: 0.2, steps: 4 };
const chain = { kind: "transformer", heads: 2, eta: 0.1, layers: 5 };

const config = (model: Part, solver: Part = particles, more: Part = {}) =>
  parseConfig({
    model: { name: "homogenized", dimension: 2, beta: 1, clock, ...model },
    initial: tokens,
    solver,
    ensemble: { seed: "homogenized" },
    ...more,
  });
const ran = (...parts: Parameters<typeof config>) => runNumbers(config(...parts));

const large = (entry: number) => [
  [1, 0],
  [0, entry],
];

const perceptron = { width: 3, sigma: { W2: 0.5, W1: 1, b: 0.2 } };

describe("a homogenized limit as a configuration", () => {
  it("has no use for atoms beside given heads, which are the law itself", () => {
    const plain = ran({ heads: given });
    for (const more of [{ atoms: 16 }, { atoms: "fresh" }, { freshAtoms: 3 }]) {
      const { observables, diagnostics } = ran({ heads: given, ...more });
      expect(observables).toEqual(plain.observables);
      expect(diagnostics).toEqual(plain.diagnostics);
    }
  });

  it.each([
    ["gaussian", gaussian, 16 * 4],
    ["with a mean", { ...gaussian, meanV: one, meanA: turn }, 16 * 5],
    ["rademacher", { ...gaussian, law: "rademacher" }, 16 * 4],
    ["uniform", { ...gaussian, law: "uniform" }, 16 * 4],
    ["with a perceptron", { ...gaussian, perceptron: { ...perceptron, mean: { b: [1, 0, 1] } } }, 16],
    ["given", given, 2],
  ] as [string, Part, number][])("runs: %s", (_name, heads, channels) => {
    const { diagnostics, stopped } = ran({ heads });
    expect(stopped).toBeUndefined();
    expect(diagnostics).toMatchObject({ model: "homogenized", channels, strongOrder: 1 });
    expect(diagnostics.epsilon).toBeCloseTo(Math.sqrt(0.05), 14);
    expect(diagnostics.clock).toBe("layers: time eta l, eta = 0.1, H = 2");
    const layers = ran({ heads }, chain);
    expect(layers.observables["mean-overlap"].time.at(-1)).toBeCloseTo(0.5, 14);
    expect(layers.diagnostics).toMatchObject({ solver: "transformer", heads: 2 });
  });

  it.each([
    // V x = x + Jx of a token alone: a layer turns it by the angle of (1 + eta, eta), and of (1, eta) when projected first.
    ["ambient", 5 * Math.atan(0.1 / 1.1)],
    ["tangent", 5 * Math.atan(0.1)],
  ] as const)("runs its transformer with %s layers", (layerStep, angle) => {
    const V = [
      [1, -1],
      [1, 1],
    ];
    const { final } = ran(
      { heads: { law: "given", list: [{ V, A: one }] }, layerStep, clock: { eta: 0.1, heads: 1 } },
      { ...chain, heads: 1 },
      { initial: { kind: "points", points: [[1, 0]] } },
    );
    const [[x, y]] = final!.points!;
    expect(Math.atan2(y, x)).toBeCloseTo(angle, 13);
  });

  it("names inverse temperature, atoms and regime where they are known", () => {
    expect(ran({ heads: gaussian, atoms: 3 }).diagnostics).toMatchObject({
      effectiveBeta: 2 * 0.8 ** 2,
      atoms: 3,
      regime: "static: eta = 0.1, alpha at most 0.0245, L = 2",
    });
    const { diagnostics } = ran({ heads: given }, { ...particles, horizon: 2 });
    // sigma^2 is at most (|V_1|^2 + |V_2|^2) / 2 = 2
    expect(diagnostics.regime).toBe("SDE: eta = 0.1, alpha at most 0.1, L = 20");
    expect(ran({ heads: { ...gaussian, perceptron } }).diagnostics.regime).toBeUndefined();
  });

  it("draws atoms and layers from the seed, those of the transformer as gaussian-attention does", () => {
    const end = (seed: string, solver: Part) =>
      ran({ heads: gaussian }, solver, { ensemble: { seed } }).final!.points;
    for (const solver of [particles, chain]) {
      expect(end("a", solver)).toEqual(end("a", solver));
      expect(end("a", solver)).not.toEqual(end("b", solver));
    }
    const attention = parseConfig({
      model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaV: 0.7, sigmaA: 0.8 },
      initial: tokens,
      solver: chain,
      ensemble: { seed: "a" },
    });
    expect(runNumbers(attention).final!.points).toEqual(end("a", chain));
  });

  it("has atoms that are fresh every step, right in law only", () => {
    const { diagnostics } = ran({ heads: { ...gaussian, meanV: one }, atoms: "fresh", freshAtoms: 3 });
    expect(diagnostics).toMatchObject({ strongOrder: 0, channels: 15, area: "none" });
    expect(diagnostics.atoms).toMatch(/in law only/);
  });

  it.each([2, 3])("has a density and characteristics that agree in dimension %i", (d) => {
    const unit = Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => (a === b ? 1 : 0)));
    const { differences, stopped } = limitSide(
      parseConfig({
        model: {
          name: "homogenized",
          dimension: d,
          beta: 1,
          heads: {
            law: "given",
            list: [
              { V: unit, A: unit, weight: 0.25 },
              { V: unit.toReversed(), A: unit, weight: 0.75 },
            ],
          },
          clock: { eta: 0.2, heads: 1 },
          corrector: true,
        },
        initial: { kind: "vmf", components: [{ weight: 1, kappa: 1, mean: unit[0] }] },
        solver: { kind: "density", lmax: 9, horizon: 0.1, steps: 4 },
        ensemble: { seed: "density" },
        agree: { transformer: null },
      }),
    );
    expect(stopped).toBeUndefined();
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });

  it("agrees in law with the layers whose limit it is, at their own eta", () => {
    const heads = { ...gaussian, meanV: one, meanA: turn };
    const settings = (model: Part, horizon: number) =>
      config(
        { heads, corrector: true, ...model },
        { ...particles, horizon },
        {
          observe: ["mean-overlap", "order-parameter"],
          agree: { transformer: { tokens: 6, heads: 5, layers: 7, paths: 600 } },
        },
      );
    const side = lawSide(settings({}, 1))!;
    expect(side).toMatchObject({ eta: 0.1, heads: 2, tokens: 6 });
    expect(side.times.at(-1)).toBe(1);
    for (const name of ["mean-overlap", "order-parameter"]) {
      const [a, b] = [side.transformer[name], side.equation[name]];
      const last = a.mean.length - 1;
      const error = Math.hypot(a.stderr[last]!, b.stderr[last]!);
      expect(Math.abs(a.mean[last] - b.mean[last])).toBeLessThan(5 * error);
      expect(Math.abs(a.mean[last] - a.mean[0])).toBeGreaterThan(10 * error);
    }
    expect(() => lawSide(settings({}, 0.95))).toThrow(/^solver\.horizon: 0\.95 is 9\.5 layers/);
  });
});

describe("the law of drawn heads that a configuration states", () => {
  const means = {
    W2: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    W1: [
      [0.5, 1],
      [1.5, 2],
      [2.5, 3],
    ],
    b: [-1, -2, -3],
  };
  const heads = {
    law: "rademacher",
    sigmaA: 0,
    meanV: turn,
    meanA: [
      [3, 1],
      [2, 5],
    ],
    perceptron: { ...perceptron, mean: means },
  };

  it("has entries at plus or minus the deviation about its means, 1/sqrt(d) for V unless given", () => {
    const law = (more: Part = {}) => {
      const { model } = config({ heads: { ...heads, ...more } });
      const { heads: drawn } = buildHeads(model, "signs")!.chain;
      const head = blankHead(drawn);
      sampleHead(drawn, 0, 1, 2, head);
      return head;
    };
    const off = (v: Float64Array, mean: readonly number[][]): number[] =>
      mean.flat().map((m, e) => Math.abs(v[e] - m));
    const same = (found: number[], want: number): void =>
      found.forEach((v) => expect(v).toBeCloseTo(want, 14));
    const { V, A, perceptron: block } = law();
    same(off(V, turn), Math.SQRT1_2);
    same(off(law({ sigmaV: 0.7 }).V, turn), 0.7);
    same(off(A, heads.meanA), 0);
    same(off(block!.W2, means.W2), perceptron.sigma.W2);
    same(off(block!.W1, means.W1), perceptron.sigma.W1);
    same(off(block!.b, [means.b]), perceptron.sigma.b);
    // Entries that are no signs lie elsewhere, in every part.
    const uniform = law({ law: "uniform" });
    for (const [v, mean, sigma] of [
      [uniform.V, turn, Math.SQRT1_2],
      [uniform.perceptron!.b, [means.b], perceptron.sigma.b],
    ] as const) {
      for (const gap of off(v, mean)) {
        expect(Math.abs(gap - sigma)).toBeGreaterThan(1e-3);
        expect(gap).toBeLessThan(Math.sqrt(3) * sigma);
      }
    }
  });

  it.each([2, 3])("moves a single token by P V x and noise of variance (eta/H) sigmaV^2, d = %i", (d) => {
    const meanV = Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => a + 2 * b));
    for (const sigmaV of [undefined, 0.4]) {
      const drawn = { law: "gaussian", sigmaA: 0.8, meanV, ...(sigmaV !== undefined && { sigmaV }) };
      const built = buildModel(
        config({ dimension: d, heads: drawn, layerStep: "tangent" }).model,
        "one token",
      );
      const field = built.plan(1);
      const x = Float64Array.from({ length: d }, (_, a) => (a === 0 ? 0.6 : a === 1 ? 0.8 : 0));
      field.freeze(measure([[...x]]));
      const out = new Float64Array(d);
      const dW = new Float64Array(built.channels);
      field.increment(1, dW, out);
      const Vx = meanV.map((row) => row.reduce((s, v, b) => s + v * x[b], 0));
      const normal = Vx.reduce((s, v, a) => s + v * x[a], 0);
      Vx.forEach((v, a) => expect(out[a]).toBeCloseTo(v - normal * x[a], 13));
      let power = 0;
      for (let k = 0; k < dW.length; k++) {
        dW.fill(0);
        dW[k] = 1;
        field.increment(0, dW, out);
        power += out.reduce((s, v) => s + v * v, 0);
      }
      // A token alone is its own barycentre, whatever A: the mean does not fluctuate.
      expect(power).toBeCloseTo((clock.eta / clock.heads) * (sigmaV ?? 1 / Math.sqrt(d)) ** 2 * (d - 1), 13);
    }
  });
});

describe("what is no homogenized limit is refused with its key", () => {
  const weighted = (...weights: (number | undefined)[]) => ({
    law: "given",
    list: weights.map((weight) => ({ V: one, A: one, ...(weight !== undefined && { weight }) })),
  });
  it.each([
    [{ heads: weighted(0.5, 0.6) }, /^model\.heads\.list: weights sum to 1\.1, want 1/],
    [{ heads: weighted(1.5, -0.5) }, /^model\.heads\.list\[1\]\.weight: is too small/],
    [{ heads: weighted(0.5, undefined) }, /^model\.heads\.list\[1\]\.weight: is not like the others/],
    [
      { heads: { law: "given", list: [{ V: [[1]], A: one }] } },
      /^model\.heads\.list\[0\]\.V: has 1 rows, want 2/,
    ],
    [
      {
        heads: {
          law: "given",
          list: [
            {
              V: one,
              A: [
                [1, 0, 0],
                [0, 1, 0],
              ],
            },
          ],
        },
      },
      /^model\.heads\.list\[0\]\.A\[0\]: has 3/,
    ],
    [
      { heads: { law: "given", sigmaA: 1, lst: list } },
      /^model\.heads\.sigmaA: is not a key that is known here\nmodel\.heads\.lst: is not a key that is known here; did you mean "list"\?$/,
    ],
    [
      { heads: { law: "given", list: [{ V: one, A: large(1e101) }] } },
      /^model\.heads\.list\[0\]\.A: makes scores/,
    ],
    [
      { heads: { law: "given", list: [list[0], { V: large(1e101), A: one }] } },
      /^model\.heads\.list\[1\]\.V: has the entry 1e\+101, want none beyond 1e\+100/,
    ],
    [{ heads: { ...gaussian, meanV: large(-1e101) } }, /^model\.heads\.meanV: has the entry -1e\+101/],
    [{ heads: { ...gaussian, meanA: large(1e101) } }, /^model\.heads\.meanA: makes scores/],
    [{ heads: { law: "given", list: [] } }, /^model\.heads\.list: has too few/],
    [{ heads: { law: "given" } }, /^model\.heads: has neither a list nor a file/],
    [{ heads: { law: "cauchy", sigmaA: 1 } }, /^model\.heads\.law: /],
    [{ heads: { ...gaussian, sigmaV: -1 } }, /^model\.heads\.sigmaV: is too small/],
    [{ heads: { ...gaussian, meanV: [[1]] } }, /^model\.heads\.meanV: has 1 rows/],
    [{ heads: { ...gaussian, meanA: [[1, 2], [3]] } }, /^model\.heads\.meanA\[1\]: has 1 numbers/],
    [
      { heads: { ...gaussian, perceptron: { ...perceptron, mean: { W2: one } } } },
      /^model\.heads\.perceptron\.mean\.W2: has a row of 2 numbers, want 2 rows of 3 numbers/,
    ],
    [
      { heads: { ...gaussian, perceptron: { ...perceptron, mean: { W1: one } } } },
      /^model\.heads\.perceptron\.mean\.W1: has 2 rows, want 3 rows of 2 numbers/,
    ],
    [
      { heads: { ...gaussian, perceptron: { ...perceptron, mean: { b: [1] } } } },
      /^model\.heads\.perceptron\.mean\.b: has 1 numbers, want 3/,
    ],
    [{ heads: given, clock: "diffusive" }, /^model\.clock: "diffusive" is for heads whose mean vanishes/],
    [{ heads: { ...gaussian, meanV: one }, clock: "diffusive" }, /^model\.clock: "diffusive"/],
    [
      {
        heads: {
          ...gaussian,
          perceptron: {
            ...perceptron,
            mean: {
              W2: [
                [1, 0, 0],
                [0, 0, 0],
              ],
            },
          },
        },
        clock: "diffusive",
      },
      /^model\.clock: "diffusive"/,
    ],
    [{ heads: gaussian, clock: "diffusive", corrector: true }, /^model\.corrector: needs the eta/],
    [{ heads: gaussian, clock: { eta: 0.1, heads: null } }, /^model\.clock\.heads: null leaves/],
    [{ heads: gaussian, clock: { eta: 0, heads: 1 } }, /^model\.clock\.eta: is too small/],
    [{ heads: { ...gaussian, meanV: one }, freshAtoms: 1 }, /^model\.freshAtoms: is 1/],
    [{ heads: { ...given, file: "heads.npz" } }, /^model\.heads: has both a list and a file/],
    [
      { heads: { law: "given", file: "heads.npz", sha256: "abc" } },
      /^model\.heads\.sha256: want the 64 hexadecimal/,
    ],
    [{ heads: { ...given, arrays: {} } }, /^model\.heads\.arrays: is not a key/],
    [{ heads: gaussian, dimension: 4, attention: "harmonic" }, /^model\.attention: "harmonic"/],
  ] as [Part, RegExp][])("%#", (model, message) => {
    expect(() => config(model)).toThrow(message);
  });

  it("and a given path where no noise acts", () => {
    const quiet = { heads: { ...gaussian, meanV: one }, clock: { eta: 0.1, heads: null } };
    for (const increments of [
      [[1], [1], [1], [1]],
      [[], [], [], []],
    ]) {
      expect(() => config(quiet, particles, { noise: { kind: "table", increments } })).toThrow(
        'noise: model.name "homogenized" has no common noise as it is given; leave it out',
      );
    }
  });

  it("and a transformer with other layers than those of the clock", () => {
    const wrong =
      (solver: Part, model: Part = {}) =>
      () =>
        config({ heads: given, ...model }, { ...chain, ...solver });
    expect(wrong({ eta: 0.2 })).toThrow("solver.eta: is 0.2, and model.clock.eta is 0.1; want");
    expect(wrong({ heads: 3 })).toThrow("solver.heads: is 3, and model.clock.heads is 2; want");
    const quiet = { clock: { eta: 0.1, heads: null } };
    expect(wrong({ heads: 3 }, quiet)).not.toThrow();
    expect(wrong({ eta: 0.3 }, { heads: gaussian, clock: "diffusive" })).not.toThrow();
  });
});
