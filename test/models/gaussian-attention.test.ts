import { describe, expect, it } from "vitest";
import { withDifferences } from "../../src/models/differences.js";
import { distance, oneStepCases } from "../reference/one-step.js";

const ROUNDING = 2e-14;

describe.each(oneStepCases())("gaussian attention against an independent program, $label", (c) => {
  const model = c.model();
  const field = model.plan(c.n);
  const out = new Float64Array(c.n * c.d);
  const { dW, area, dt } = c.interval;

  it("contracts its fields with the increment", () => {
    field.freeze(c.law);
    field.increment(dt, dW, out);
    expect(distance(out, c.increment)).toBeLessThan(ROUNDING);
  });

  it("differentiates them with the law moving", () => {
    field.freeze(c.law);
    field.derivative(dt, dW, Float64Array.from(c.increment.flat()), out);
    expect(distance(out, c.derivative_along_increment)).toBeLessThan(ROUNDING);
  });

  it("has the Itô correction", () => {
    field.freeze(c.law);
    field.correction(out);
    expect(distance(out, c.correction)).toBeLessThan(ROUNDING);
  });

  it("has the bracket sum, which a transposed area turns around", () => {
    field.freeze(c.law);
    field.bracket(area!, out);
    expect(distance(out, c.bracket)).toBeLessThan(ROUNDING);
    field.bracket(
      area!.map((v) => -v),
      out,
    );
    expect(distance(out, c.bracket)).toBeGreaterThan(1e-4);
  });

  it("agrees with symmetric differences of the whole ensemble", () => {
    const { freeze, increment } = model.plan(c.n);
    const differenced = withDifferences(
      { freeze, increment },
      { manifold: "sphere", dimension: c.d, channels: model.channels, count: c.n },
    );
    differenced.freeze(c.law);
    differenced.derivative(dt, dW, Float64Array.from(c.increment.flat()), out);
    expect(distance(out, c.derivative_along_increment)).toBeLessThan(1e-9);
    differenced.correction(out);
    expect(distance(out, c.correction)).toBeLessThan(1e-8);
    differenced.bracket(area!, out);
    expect(distance(out, c.bracket)).toBeLessThan(1e-9);
  });
});
