import { describe, expect, it } from "vitest";
import { withoutCorrection, frozenLaw } from "../solvers/faults.js";
import { checkModel, requireModel } from "../../src/models/check-model.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { homogenized } from "../../src/models/attention/homogenized.js";
import { defineModel } from "../../src/models/define-model.js";
import { affine } from "../../src/models/gallery/affine.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { randomQuadraticForm } from "../../src/models/gallery/random-quadratic-form.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { drawAtoms, gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { drawHeads } from "../../src/models/heads/head.js";
import type { Field, Measure, Model } from "../../src/types.js";

/** Interacting, noncommuting, with a correction that does not vanish: every mistake shows. */
const attention = (sigmaV = 0.6, dimension = 3): Model =>
  gaussianAttention({ dimension, beta: 1.3, sigmaV, atoms: drawAtoms("check", 1, dimension, 0.7) });

/** The model with some of its answers changed. */
const changed = (model: Model, change: (field: Field, count: number) => Partial<Field>): Model => ({
  ...model,
  plan(count) {
    const field = model.plan(count);
    return { ...field, ...change(field, count) };
  },
});

const scaled =
  (kind: "derivative" | "correction" | "bracket" | "increment", factor: number) => (model: Model) =>
    changed(model, (field) => ({
      [kind](...args: never[]) {
        (field[kind] as (...all: never[]) => void)(...args);
        const out = args.at(-1) as unknown as Float64Array;
        for (let i = 0; i < out.length; i++) out[i] *= factor;
      },
    }));

const failed = (model: Model): string[] =>
  checkModel(model)
    .checks.filter(({ ok }) => !ok)
    .map(({ name }) => name);

describe("a model that is right", () => {
  it.each([
    attention(),
    attention(1e-6),
    attention(1e6),
    attention(0.5, 2),
    homogenized({
      dimension: 3,
      beta: 1,
      clock: { eta: 0.1, heads: 4 },
      corrector: 0.1,
      heads: drawHeads(gaussianHeads({ dimension: 3, sigmaV: 0.6, sigmaA: 0.7, seed: "check" }), 2),
    }),
    rotation(3),
    sphericalBrownian(4),
    randomQuadraticForm(3),
    brownianRotations(),
    affine({ name: "tiny", dimension: 2, noise: [{ matrix: [0, 1e-9, 0, 0] }, { matrix: [0, 0, 1e-9, 0] }] }),
    defineModel({ name: "no noise", dimension: 3, noise: [], drift: () => [0, 0, 1] as never }),
    defineModel({ name: "nothing", dimension: 3, noise: [(x) => x.slice(0, 0) && undefined] }),
  ])("passes: $name", (model) => {
    for (const points of [1, 2, 5]) {
      const { ok, checks } = checkModel(model, { points });
      expect(checks.filter((check) => !check.ok)).toEqual([]);
      expect(ok).toBe(true);
    }
    expect(requireModel(model)).toBe(model);
  });

  it("with fields of high frequency, given in closed form, as well", () => {
    const wave = (omega: number): Model =>
      changed(
        defineModel({
          name: "wave",
          manifold: "euclidean",
          dimension: 1,
          noise: [(x, out) => (out[0] = Math.sin(omega * x[0]))],
        }),
        () => {
          let x = new Float64Array(0);
          return {
            freeze: (law) => void (x = law.points.slice()),
            increment: (_dt, dW, out) => void x.forEach((v, i) => (out[i] = dW[0] * Math.sin(omega * v))),
            derivative: (_dt, dW, along, out) =>
              void x.forEach((v, i) => (out[i] = dW[0] * omega * Math.cos(omega * v) * along[i])),
            correction: (out) =>
              void x.forEach((v, i) => (out[i] = omega * Math.cos(omega * v) * Math.sin(omega * v))),
            bracket: (_area, out) => void out.fill(0),
          };
        },
      );
    expect(failed(wave(1))).toEqual([]);
    expect(failed(wave(100))).toEqual([]);
  });

  it("says the same every time, and draws anew from another seed", () => {
    expect(checkModel(attention())).toEqual(checkModel(attention()));
    expect(checkModel(attention(), { seed: "other" })).not.toEqual(checkModel(attention()));
    expect(checkModel(attention(), { seed: "other" }).ok).toBe(true);
  });
});

describe("a model that is wrong", () => {
  const faults: [string, (model: Model) => Model, string[]][] = [
    ["a derivative that freezes the law", frozenLaw, ["derivative", "correction", "bracket"]],
    ["a derivative of the wrong sign", scaled("derivative", -1), ["derivative"]],
    ["a derivative a little off", scaled("derivative", 1 + 1e-6), ["derivative"]],
    ["half the correction", scaled("correction", 0.5), ["correction"]],
    ["no correction", withoutCorrection, ["correction"]],
    ["a correction of the wrong sign", scaled("correction", -1), ["correction"]],
    ["a bracket of the wrong sign", scaled("bracket", -1), ["bracket"]],
    ["twice the bracket", scaled("bracket", 2), ["bracket"]],
    [
      "a bracket that forgets the area's sign",
      (model) =>
        changed(model, (field) => ({
          bracket: (area, out) => field.bracket(area.map(Math.abs), out),
        })),
      ["bracket", "area's sign"],
    ],
    [
      "a derivative that takes all points for equally heavy",
      (model) =>
        changed(model, (field, count) => {
          let law: Measure;
          const equal = model.plan(count);
          return {
            freeze: (frozen) => field.freeze((law = frozen)),
            derivative(dt, dW, along, out) {
              equal.freeze({ ...law, weights: new Float64Array(count).fill(1 / count) });
              equal.derivative(dt, dW, along, out);
            },
          };
        }),
      ["derivative"],
    ],
    [
      "a field that is not tangent",
      (model) =>
        changed(model, (field) => ({
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            out[0] += 1e-6 * dW[0];
          },
        })),
      ["tangent"],
    ],
    [
      "a drift that is quadratic in the noise",
      (model) =>
        changed(model, (field) => ({
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            for (let i = 0; i < out.length; i++) out[i] *= 1 + dW[0];
          },
        })),
      ["linear"],
    ],
    [
      "hidden state: what is asked for the second time differs",
      (model) =>
        changed(model, (field) => {
          let asked = 0;
          return {
            increment(dt, dW, out) {
              field.increment(dt, dW, out);
              asked++;
              for (let i = 0; i < out.length; i++) out[i] *= 1 + 1e-12 * asked;
            },
          };
        }),
      ["no memory"],
    ],
    [
      "hidden state: the law it was frozen at before is left in it",
      (model) =>
        changed(model, (field) => {
          let last: Float64Array | undefined;
          let extra = 0;
          return {
            freeze(law) {
              extra = last ? 1e-9 * last[0] : 0;
              last = law.points.slice();
              field.freeze(law);
            },
            correction(out) {
              field.correction(out);
              for (let i = 0; i < out.length; i++) out[i] *= 1 + extra;
            },
          };
        }),
      ["no memory"],
    ],
    [
      "what it writes added to what was there",
      (model) =>
        changed(model, (field) => ({
          correction(out) {
            const before = out.slice();
            field.correction(out);
            for (let i = 0; i < out.length; i++) out[i] += before[i];
          },
        })),
      ["tangent", "correction"],
    ],
    [
      "an answer that knows its place in the list",
      (model) =>
        changed(model, (field) => ({
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            for (let a = 0; a < 3; a++) out[a] *= 1.001;
          },
        })),
      ["order of points"],
    ],
    [
      "the law moved by who is asked",
      (model) =>
        changed(model, (field) => {
          let points = new Float64Array(0);
          return {
            freeze(law) {
              points = law.points as Float64Array<ArrayBuffer>;
              field.freeze(law);
            },
            correction(out) {
              field.correction(out);
              points[0] += 1e-12;
            },
          };
        }),
      ["arguments left alone"],
    ],
    [
      "the increments eaten",
      (model) =>
        changed(model, (field) => ({
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            dW.fill(0);
          },
        })),
      ["arguments left alone"],
    ],
    [
      "NaN in one place",
      (model) =>
        changed(model, (field) => ({
          bracket: (area, out) => (field.bracket(area, out), void (out[4] = NaN)),
        })),
      ["finite"],
    ],
  ];

  it.each(faults)("with %s fails", (_fault, spoil, names) => {
    for (const sigmaV of [0.6, 1e-5]) {
      const model = spoil(attention(sigmaV));
      const { ok, checks } = checkModel(model);
      expect(ok).toBe(false);
      expect(checks.filter((check) => !check.ok).map(({ name }) => name)).toEqual(
        expect.arrayContaining(names),
      );
    }
  });

  it("is told apart from the fault in what follows: one sentence a check, with both numbers", () => {
    const model = scaled("correction", 0.5)(attention());
    expect(failed(model)).toEqual(["correction"]);
    expect(() => requireModel(model)).toThrow(
      /^model "gaussian-attention": correction: the correction is not the sum over k of the derivative of g_k along g_k, by 0\.\d+ \(at most 1e-8\)$/,
    );
  });

  it("by throwing fails with its own words, and the report is made all the same", () => {
    const model = defineModel({ name: "bad", dimension: 2, noise: [() => NaN as never] });
    const { ok, checks } = checkModel(model);
    expect(ok).toBe(false);
    expect(checks[0]).toEqual({
      name: "finite",
      ok: false,
      value: Infinity,
      bound: 0,
      message: expect.stringMatching(
        /^finite: model "bad": noise\[0\] returned the number NaN alone/,
      ) as string,
    });
  });

  it("is no model at all where members are missing", () => {
    expect(() => checkModel({ ...attention(), plan: undefined } as never)).toThrow(
      new RangeError("checkModel: model has no plan, want a model, such as sphericalBrownian(3)"),
    );
    expect(() => checkModel(attention(), { points: 0 })).toThrow(
      "checkModel: points is 0, want a whole number above zero",
    );
    expect(() => checkModel(attention(), { n: 3 } as never)).toThrow(
      'checkModel: "n" is no option of it; want points, seed',
    );
  });
});

describe("a model whose noise is redrawn", () => {
  const source = (draw: (path: number, step: number) => number): Model =>
    gaussianAttention({
      dimension: 3,
      beta: 1,
      sigmaV: 0.6,
      atoms: { count: 1, redraw: (path, step) => drawAtoms("redrawn", 1, 3, 0.7, draw(path, step)) },
    });

  it("passes where atoms are a function of path and step", () => {
    expect(failed(source((path, step) => 1000 * path + step))).toEqual([]);
  });

  it("fails where they are those of the path before, of every path, of every step, or new every time", () => {
    let calls = 0;
    let latest = 0;
    for (const draw of [
      () => 0,
      (path: number) => path,
      (_path: number, step: number) => step,
      () => calls++,
      (path: number, step: number) => ([latest, calls] = [1000 * path + step, latest])[1],
    ])
      expect(failed(source(draw))).toContain("redraw");
  });
});
