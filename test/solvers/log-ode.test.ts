import { describe, expect, it } from "vitest";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { copyMeasure, measure } from "../../src/sphere/measure.js";
import { logOde, logOdeWith } from "../../solvers/schemes/log-ode.js";
import { farthest, someArea, someLaw, someNormals } from "../models/contract.js";

const interval = (dt: number, dW: Float64Array, area: Float64Array | null) => ({
  path: 0,
  step: 0,
  time: 0,
  dt,
  dW,
  area,
});

describe("the log-ODE flow", () => {
  it("is the exact rotation up to Runge-Kutta's fifth power of the increment", () => {
    const errors = [0.8, 0.4, 0.2].map((w) => {
      const cloud = copyMeasure(measure([[0.6, 0, 0.8]]));
      logOde.plan(rotation(3), 1).step(cloud, interval(0.1, Float64Array.of(w), null), null);
      return farthest(cloud.points, Float64Array.of(0.6 * Math.cos(w), 0.6 * Math.sin(w), 0.8));
    });
    expect(errors[2]).toBeLessThan(1e-5);
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(4.5);
    expect(Math.log2(errors[1] / errors[2])).toBeGreaterThan(4.5);
  });

  it("converges at order four in its substeps", () => {
    const model = gaussianAttention({
      dimension: 3,
      beta: 1,
      sigmaV: 0.6,
      atoms: drawAtoms("log-ode", 1, 3, 0.6),
    });
    const law = someLaw(model, 5);
    const given = interval(
      0.3,
      someNormals(9, 1).map((v) => 0.4 * v),
      someArea(9).map((v) => 0.1 * v),
    );
    const after = (substeps: number): Float64Array => {
      const cloud = copyMeasure(law);
      logOdeWith({ substeps }).plan(model, 5).step(cloud, given, null);
      return cloud.points;
    };
    const truth = after(64);
    const [two, four] = [2, 4].map((s) => farthest(after(s), truth));
    expect(Math.log2(two / four)).toBeGreaterThan(3.5);
  });

  it("goes back where it came from when increments and area change sign (fields without correction)", () => {
    // Flow along -V undoes flow along V; a sign slip between F and the area's term would not.
    const model = sphericalBrownian(3);
    const law = someLaw(model, 4);
    const dW = someNormals(3, 1).map((v) => 0.3 * v);
    const area = someArea(3).map((v) => 0.1 * v);
    const stepper = logOdeWith({ substeps: 8 }).plan(model, 4);
    const cloud = copyMeasure(law);
    stepper.step(cloud, interval(0.1, dW, area), null);
    const there = cloud.points.slice();
    const minus = (v: Float64Array): Float64Array => v.map((e) => -e);
    stepper.step(cloud, interval(0.1, minus(dW), minus(area)), null);
    expect(farthest(cloud.points, law.points)).toBeLessThan(1e-7);
    cloud.points.set(there);
    stepper.step(cloud, interval(0.1, minus(dW), area), null);
    expect(farthest(cloud.points, law.points)).toBeGreaterThan(1e-2);
  });

  it("takes a kick along: without noise it follows the great circle", () => {
    const cloud = copyMeasure(measure([[1, 0, 0]]));
    logOdeWith({ substeps: 16 })
      .plan(sphericalBrownian(3), 1)
      .step(cloud, interval(0, new Float64Array(3), null), Float64Array.of(5, 0.3, 0));
    // The tangent part of a constant vector field flows to its direction: tan of half the angle obeys a Riccati equation,
    // so only the invariants are asked for: unit norm, in the plane of x and the kick, moved towards it.
    expect(Math.hypot(...cloud.points)).toBeCloseTo(1, 14);
    expect(cloud.points[2]).toBe(0);
    expect(cloud.points[1]).toBeGreaterThan(0);
  });
});
