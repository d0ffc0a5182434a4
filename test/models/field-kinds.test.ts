import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkModel } from "../../src/models/check-model.js";
import { defineModel } from "../../src/models/define-model.js";
import type { FieldDefinition, PointwiseField, StatisticDefinition } from "../../src/models/field-kinds.js";
import { Stopped } from "../../src/numerics/stopped.js";
import { meanOf } from "../../src/sphere/mean.js";
import { project } from "../../src/sphere/project.js";
import type { Manifold, Measure, Model } from "../../src/types.js";
import { farthest, someLaw, someNormals } from "./contract.js";

/** A field of degree two in the point that depends on the statistic, different for every `seed`. */
const curved =
  (seed: number): PointwiseField =>
  (x, out, m) => {
    for (let a = 0; a < x.length; a++)
      out[a] = Math.cos(seed + a) * x[(a + 1) % x.length] * x[a] + Math.sin(seed * a + 1) * m[a];
  };

const curvedAlong =
  (seed: number) =>
  (x: Float64Array, v: Float64Array, out: Float64Array, _m: Float64Array, dm: Float64Array): void => {
    for (let a = 0; a < x.length; a++) {
      const b = (a + 1) % x.length;
      out[a] = Math.cos(seed + a) * (v[b] * x[a] + x[b] * v[a]) + Math.sin(seed * a + 1) * dm[a];
    }
  };

/** The same for all points at once. */
const together =
  (at: PointwiseField, d: number) =>
  (points: Float64Array, out: Float64Array, m: Float64Array, law: Measure): void => {
    for (let o = 0; o < points.length; o += d) at(points.subarray(o, o + d), out.subarray(o, o + d), m, law);
  };

const KINDS = {
  "a function": (s: number): FieldDefinition => curved(s),
  at: (s: number): FieldDefinition => ({ at: curved(s) }),
  "at with its derivative": (s: number): FieldDefinition => ({ at: curved(s), derivative: curvedAlong(s) }),
  ensemble: (s: number, d: number): FieldDefinition => ({ ensemble: together(curved(s), d) }),
  "ensemble with its derivative": (s: number, d: number): FieldDefinition => ({
    ensemble: together(curved(s), d),
    derivative(points, along, out, m, dm) {
      for (let o = 0; o < points.length; o += d)
        curvedAlong(s)(points.subarray(o, o + d), along.subarray(o, o + d), out.subarray(o, o + d), m, dm);
    },
  }),
} as const;

type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as Kind[];

const define = (
  drift: Kind,
  noise: readonly Kind[],
  d: number,
  manifold: Manifold,
  statistic: Partial<StatisticDefinition> = {},
): Model =>
  defineModel({
    name: "curved",
    manifold,
    dimension: d,
    statistic: { size: d, of: meanOf, ...statistic },
    drift: KINDS[drift](0.3, d),
    noise: noise.map((kind, k) => KINDS[kind](k + 1, d)),
  });

/** b dt + sum_k g_k dW_k, field by field and point by point. */
function directly(law: Measure, dt: number, dW: Float64Array, manifold: Manifold): Float64Array {
  const d = law.dimension;
  const mean = new Float64Array(d);
  meanOf(law, mean);
  const out = new Float64Array(law.points.length);
  for (let o = 0; o < out.length; o += d) {
    [dt, ...dW].forEach((c, f) => {
      const value = new Float64Array(d);
      curved(f === 0 ? 0.3 : f)(law.points.subarray(o, o + d), value, mean, law);
      for (let a = 0; a < d; a++) out[o + a] += c * value[a];
    });
  }
  if (manifold === "sphere") project(law.points, out, d);
  return out;
}

describe("fields of every kind", () => {
  it("sum to b dt + sum_k g_k dW_k, whatever their number, and whichever are asked for", () => {
    const factor = fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true }));
    const problem = fc.record({
      d: fc.integer({ min: 2, max: 5 }),
      n: fc.integer({ min: 1, max: 6 }),
      manifold: fc.constantFrom<Manifold>("sphere", "euclidean"),
      drift: fc.constantFrom(...kinds),
      dt: factor,
      channels: fc.array(fc.tuple(fc.constantFrom(...kinds), factor), { maxLength: 11 }),
    });
    fc.assert(
      fc.property(problem, ({ d, n, manifold, drift, dt, channels }) => {
        const noise = channels.map(([kind]) => kind);
        const model = define(drift, noise, d, manifold);
        const field = model.plan(n);
        const dW = Float64Array.from(channels, ([, w]) => w);
        const law = someLaw(model, n);
        const out = new Float64Array(n * d).fill(17);
        field.freeze(law);
        for (let again = 0; again < 2; again++) {
          field.increment(dt, dW, out);
          expect(farthest(out, directly(law, dt, dW, manifold))).toBeLessThan(1e-14);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each(["sphere", "euclidean"] as const)(
    "have the derivatives, corrections and brackets of the same functions on the manifold %s",
    (manifold) => {
      for (const drift of kinds) {
        for (const noise of [[drift, drift], kinds]) {
          const { checks } = checkModel(define(drift, noise, 3, manifold));
          expect(checks.filter(({ ok }) => !ok)).toEqual([]);
        }
      }
    },
  );

  it("may have a statistic that knows how it moves", () => {
    const derivative = (law: Measure, along: Float64Array, out: Float64Array): void =>
      meanOf({ ...law, points: along }, out);
    const model = define("at with its derivative", ["at with its derivative"], 3, "sphere", { derivative });
    expect(checkModel(model).ok).toBe(true);
    const wrong = define("at with its derivative", ["at with its derivative"], 3, "sphere", {
      derivative: (_law, _along, out) => void out.fill(0),
    });
    expect(
      checkModel(wrong)
        .checks.filter(({ ok }) => !ok)
        .map(({ name }) => name),
    ).toContain("derivative");
  });

  it("are seen by checkModel where a derivative keeps the law frozen", () => {
    const frozen: FieldDefinition = {
      at: curved(1),
      derivative: (x, v, out, m) => curvedAlong(1)(x, v, out, m, new Float64Array(3)),
    };
    const model = defineModel({
      name: "frozen",
      dimension: 3,
      statistic: { size: 3, of: meanOf },
      noise: [frozen, curved(2)],
    });
    const wrong = checkModel(model).checks.filter(({ ok }) => !ok);
    expect(wrong.map(({ name }) => name)).toEqual(["derivative", "correction", "bracket"]);
  });

  it("ask nothing of a field whose factor is zero", () => {
    const asked: string[] = [];
    const tell = (label: string): FieldDefinition[] => [
      (_x, _out) => void asked.push(label),
      { ensemble: (_points, out) => (asked.push(`${label}, ensemble`), void out.fill(1)) },
    ];
    const noise = ["a", "b", "c"].flatMap(tell);
    const field = defineModel({ name: "m", dimension: 2, drift: tell("drift")[0], noise }).plan(1);
    field.freeze(someLaw(define("at", [], 2, "sphere"), 1));
    field.increment(0, Float64Array.of(0, 0, 1, 2, 0, 0), new Float64Array(2));
    expect(asked).toEqual(["b", "b, ensemble"]);
  });
});

describe("a field that is not finite", () => {
  const n = 5;
  const d = 3;
  const law = someLaw(define("at", [], d, "sphere"), n);
  const at = (i: number): string => law.points.subarray(i * d, (i + 1) * d).join(", ");
  /** Field number `bad` of seven writes `value` at point i. */
  const spoilt = (kind: "at" | "ensemble", bad: number, i: number, value: number): Model => {
    const good = (s: number): FieldDefinition => KINDS[kind](s, d);
    const hit: PointwiseField = (x, out, m, given) => {
      curved(9)(x, out, m, given);
      if (x[0] === law.points[i * d]) out[1] = value;
    };
    const field: FieldDefinition = kind === "at" ? { at: hit } : { ensemble: together(hit, d) };
    const fields = Array.from({ length: 7 }, (_, f) => (f === bad ? field : good(f)));
    return defineModel({
      name: "spoilt",
      dimension: d,
      statistic: { size: d, of: meanOf },
      drift: fields[0],
      noise: fields.slice(1),
    });
  };

  it("is named, whichever it is, and so is the point", () => {
    for (const kind of ["at", "ensemble"] as const) {
      for (let bad = 0; bad < 7; bad++) {
        for (const [i, value] of [
          [0, NaN],
          [3, Infinity],
          [4, -Infinity],
        ]) {
          const field = spoilt(kind, bad, i, value).plan(n);
          field.freeze(law);
          const label = bad === 0 ? "drift" : `noise[${bad - 1}]`;
          expect(() => field.increment(0.1, someNormals(6, 1), new Float64Array(n * d))).toThrow(
            new Stopped(`model "spoilt": ${label} wrote ${value} at x = [${at(i)}]`),
          );
        }
      }
    }
  });

  it("is not looked at where its factor is zero", () => {
    const field = spoilt("at", 2, 0, NaN).plan(n);
    field.freeze(law);
    const dW = someNormals(6, 1);
    dW[1] = 0;
    const out = new Float64Array(n * d);
    field.increment(0.1, dW, out);
    expect(out.every(Number.isFinite)).toBe(true);
  });

  it("is the first one at the first point where several are not", () => {
    const field = defineModel({
      name: "two",
      dimension: d,
      noise: [
        (x, out) => void (out[0] = x[0] === law.points[d] ? NaN : 1),
        (x, out) => void (out[0] = x[0] === law.points[0] ? Infinity : 1),
      ],
    }).plan(n);
    field.freeze(law);
    expect(() => field.increment(0, Float64Array.of(1, 1), new Float64Array(n * d))).toThrow(
      `model "two": noise[1] wrote Infinity at x = [${at(0)}]`,
    );
  });

  it("is no complaint of a sum alone that overflows: the state tells", () => {
    const field = defineModel({
      name: "large",
      manifold: "euclidean",
      dimension: d,
      noise: [(_x, out) => void out.fill(1e308), (_x, out) => void out.fill(1e308)],
    }).plan(n);
    const out = new Float64Array(n * d);
    field.freeze(law);
    field.increment(0, Float64Array.of(1, 1), out);
    expect(out).toEqual(new Float64Array(n * d).fill(Infinity));
  });

  it("or whose derivative is not, is named", () => {
    const field = defineModel({
      name: "bent",
      dimension: d,
      noise: [curved(1), { at: curved(2), derivative: (_x, _v, out) => void (out[2] = NaN) }],
      statistic: { size: d, of: meanOf },
    }).plan(n);
    field.freeze(law);
    expect(() =>
      field.derivative(0, Float64Array.of(1, 1), someNormals(n * d, 3), new Float64Array(n * d)),
    ).toThrow(`model "bent": noise[1].derivative wrote NaN at x = [${at(0)}]`);
  });
});

describe("a field for all points at once", () => {
  const law = someLaw(define("at", [], 3, "sphere"), 4);
  const increment = (ensemble: (points: Float64Array, out: Float64Array) => unknown): Float64Array => {
    const model = defineModel({
      name: "mine",
      manifold: "euclidean",
      dimension: 3,
      noise: [curved(1), { ensemble: ensemble as never }],
      statistic: { size: 3, of: meanOf },
    });
    const field = model.plan(4);
    const out = new Float64Array(12);
    field.freeze(law);
    for (let again = 0; again < 3; again++) field.increment(0, Float64Array.of(0, 1), out);
    return out;
  };

  it("is refused where it leaves numbers unwritten, which another field may have written", () => {
    expect(() => increment((points, out) => void out.set(points.subarray(0, 7)))).toThrow(
      new RangeError('model "mine": noise[1] left out[7] unwritten, want all its 12 numbers'),
    );
  });

  it("may return its numbers, or what an assignment leaves behind", () => {
    expect(increment((points) => Array.from(points, (x) => 2 * x))).toEqual(law.points.map((x) => 2 * x));
    expect(increment((points, out) => (out.fill(3), (out[0] = points[0])))).toEqual(
      Float64Array.from({ length: 12 }, (_, i) => (i === 0 ? law.points[0] : 3)),
    );
    expect(() => increment(() => [1, 2])).toThrow(
      'model "mine": noise[1] returned 2 numbers; want its 12 numbers written into out, or a list of them',
    );
  });
});

describe("the options of a field", () => {
  it.each<[string, unknown, string]>([
    ["neither", {}, "defineModel: noise[0] has neither at nor ensemble, want one of them"],
    [
      "both",
      { at: () => 0, ensemble: () => 0 },
      "defineModel: noise[0] has both at and ensemble, want one of them",
    ],
    ["another word", { att: () => 0 }, 'defineModel: noise[0]: "att" is no option of it; did you mean "at"?'],
    ["no function", { at: 3 }, "defineModel: noise[0]: at is 3, want a function"],
  ])("are refused in one sentence: %s", (_what, field, sentence) => {
    expect(() => defineModel({ name: "m", dimension: 2, noise: [field as FieldDefinition] })).toThrow(
      new RangeError(sentence),
    );
  });
});
