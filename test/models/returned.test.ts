import { describe, expect, it } from "vitest";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../solvers/particles.js";
import { simulate } from "../../solvers/simulate.js";
import { defineModel, type ModelDefinition } from "../../src/models/define-model.js";
import type { PointwiseField } from "../../src/models/field-kinds.js";
import { Stopped } from "../../src/numerics/stopped.js";
import { meanOf } from "../../src/sphere/mean.js";
import { measure } from "../../src/sphere/measure.js";
import { brownian } from "../../src/noise/brownian.js";
import type { Model } from "../../src/types.js";
import { someArea, someLaw, someNormals } from "./contract.js";

/** A field as JavaScript has it: it may return anything. */
type Loose = (x: Float64Array, out: Float64Array, statistic: Float64Array) => unknown;

const define = (parts: {
  drift?: Loose;
  noise?: Loose[];
  of?: (law: unknown, out: Float64Array) => unknown;
}): Model =>
  defineModel({
    name: "mine",
    dimension: 3,
    ...(parts.drift && { drift: parts.drift as PointwiseField }),
    noise: (parts.noise ?? []) as PointwiseField[],
    ...(parts.of && { statistic: { size: 3, of: parts.of } as ModelDefinition["statistic"] }),
  });

/** All that a field can say. */
function everything(model: Model): Float64Array[] {
  const law = someLaw(model, 4);
  const field = model.plan(4);
  field.freeze(law);
  const outs = Array.from({ length: 4 }, () => new Float64Array(12));
  field.increment(0.3, someNormals(2, 1), outs[0]);
  field.derivative(0.3, someNormals(2, 1), outs[0], outs[1]);
  field.correction(outs[2]);
  field.bracket(someArea(2), outs[3]);
  return outs;
}

const mean = (law: Parameters<typeof meanOf>[0]): number[] => {
  const out = new Float64Array(3);
  meanOf(law, out);
  return Array.from(out);
};

const turn = ([x, y]: Float64Array): number[] => [-y, x, 0];
const shift: Loose = ([, y], _out, m) => [y * m[0], m[1], Math.sin(y)];

const written = define({
  of: meanOf as (law: unknown, out: Float64Array) => void,
  drift: (_x, out, m) => out.set(m),
  noise: [(x, out) => out.set(turn(x)), (x, out, m) => out.set(shift(x, out, m) as number[])],
});

describe("a field, or a statistic, that returns its numbers", () => {
  it.each<[string, (numbers: number[], out: Float64Array) => unknown]>([
    ["in a list", (numbers) => numbers],
    ["in a typed array", (numbers) => Float64Array.from(numbers)],
    ["in an ndarray", (numbers) => ({ shape: [3], get: (i: number) => numbers[i] })],
    ["in out itself", (numbers, out) => (out.set(numbers), out)],
    ["and writes them as well", (numbers, out) => (out.set(numbers), numbers)],
    ["and has written zeros", (numbers, out) => (out.fill(0), numbers)],
    [
      "by assignments, the last of which is left behind",
      (numbers, out) => numbers.map((v, a) => (out[a] = v)),
    ],
  ])("%s, is the same model", (_how, give) => {
    const returning = define({
      of: (law, out) => give(mean(law as never), out),
      drift: (_x, out, m) => give(Array.from(m), out),
      noise: [(x, out) => give(turn(x), out), (x, out, m) => give(shift(x, out, m) as number[], out)],
    });
    expect(everything(returning)).toEqual(everything(written));
  });

  it("is a zero field where it gives nothing, or one number that an assignment left behind is written", () => {
    const zero = define({ noise: [() => undefined, () => 0] });
    for (const out of everything(zero)) expect(out).toEqual(new Float64Array(12));
    const last = define({ noise: [(_x, out) => (out[1] = 2), (_x, out) => out.fill(1)] });
    const set = define({ noise: [(_x, out) => out.set([0, 2, 0]), (_x, out) => out.set([1, 1, 1])] });
    expect(everything(last)).toEqual(everything(set));
  });

  const want = "want its 3 numbers written into out, or a list of them";
  it.each<[string, Loose, string]>([
    ["too few numbers", () => [1, 2], "2 numbers"],
    ["too many numbers", () => new Float64Array(4), "4 numbers"],
    ["no numbers", () => [], "0 numbers"],
    ["a Promise", async () => [1, 2, 3], "a Promise"],
    ["one number", () => 5, "the number 5 alone"],
    ["one number that is none", () => NaN, "the number NaN alone"],
    [
      "another list than it wrote",
      (_x, out) => (out.set([1, 0, 0]), [0, 1, 0]),
      "one list and wrote another",
    ],
    [
      "nearly what it wrote",
      (_x, out) => (out.set([1, 0, 0]), [1 + 1e-15, 0, 0]),
      "one list and wrote another",
    ],
    ["words", () => ["1", "2", "3"], "a list with a value of type string in it"],
    ["a hole", () => [1, undefined, 3], "a list with a value of type undefined in it"],
    ["an object", () => ({ x: 1 }), "a value of type object"],
    ["null", () => null, "null"],
    ["a word", () => "up", "a value of type string"],
    ["a function", () => () => [1, 2, 3], "a value of type function"],
  ])("is refused where it returns %s, and named", (_what, field, clause) => {
    const law = someLaw(written, 2);
    const attempt = (model: Model): void => {
      const plan = model.plan(2);
      plan.freeze(law);
      plan.increment(1, Float64Array.of(0.5, 0.5), new Float64Array(6));
    };
    expect(() => attempt(define({ drift: field, noise: [turn, turn] }))).toThrow(
      new RangeError(`model "mine": drift returned ${clause}; ${want}`),
    );
    expect(() => attempt(define({ noise: [turn, field] }))).toThrow(
      new RangeError(`model "mine": noise[1] returned ${clause}; ${want}`),
    );
    const of = (_law: unknown, out: Float64Array): unknown => field(out, out, out);
    expect(() => attempt(define({ of, noise: [turn, turn] }))).toThrow(
      new RangeError(`model "mine": statistic.of returned ${clause}; ${want}`),
    );
  });
});

describe("a field that is no longer finite", () => {
  const run = (parts: Parameters<typeof define>[0]) =>
    simulate({
      evolution: particles({ model: define(parts), scheme: eulerMaruyama, initial: measure([[0, 0, 1]]) }),
      noise: brownian({ seed: "s", path: 0, channels: 1, horizon: 1, steps: 8 }),
      steps: 8,
      observe: { one: () => 1 },
    });
  let calls = 0;
  const fails: Loose = (_x, out) => (out[0] = ++calls > 3 ? NaN : 1);

  it("ends a run with what was seen, and is named", () => {
    calls = 0;
    const { times, stopped } = run({ drift: fails, noise: [() => [0, 0, 0]] });
    expect(times).toEqual([0, 1 / 8, 2 / 8, 3 / 8]);
    expect(stopped).toEqual({
      time: 3 / 8,
      cause: expect.stringMatching(/^model "mine": drift wrote NaN at x = \[/) as string,
    });
    expect(run({ drift: () => [0, Infinity, 0], noise: [turn] }).stopped).toEqual({
      time: 0,
      cause: 'model "mine": drift wrote Infinity at x = [0, 0, 1]',
    });
  });

  it("or whose statistic is not", () => {
    expect(run({ of: () => [1, NaN, 1], noise: [turn] }).stopped).toEqual({
      time: 0,
      cause: 'model "mine": statistic.of gave NaN',
    });
    expect(() => everything(define({ of: () => [1, NaN, 1], noise: [turn, turn] }))).toThrow(Stopped);
  });

  it("is a mistake where it returns what cannot be, and thrown", () => {
    expect(() => run({ drift: () => [1], noise: [turn] })).toThrow(RangeError);
  });
});
