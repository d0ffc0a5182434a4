import { describe, expect, it } from "vitest";
import { harmonicBarycentres } from "../../src/models/attention/harmonic-barycentres.js";
import { distance, oneStepCases } from "../reference/one-step.js";

const TOLERANCE = 1e-12;

describe.each(oneStepCases().filter((c) => c.d <= 3))(
  "harmonic barycentres against an independent program, $label",
  (c) => {
    const field = c.model(harmonicBarycentres({ method: "harmonic" })).plan(c.n);
    const out = new Float64Array(c.n * c.d);
    const { dW, area, dt } = c.interval;

    it("gives the increment, the derivative, the correction and the bracket sum", () => {
      field.freeze(c.law);
      field.increment(dt, dW, out);
      expect(distance(out, c.increment)).toBeLessThan(TOLERANCE);
      field.derivative(dt, dW, Float64Array.from(c.increment.flat()), out);
      expect(distance(out, c.derivative_along_increment)).toBeLessThan(TOLERANCE);
      field.correction(out);
      expect(distance(out, c.correction)).toBeLessThan(TOLERANCE);
      field.bracket(area!, out);
      expect(distance(out, c.bracket)).toBeLessThan(TOLERANCE);
    });
  },
);
