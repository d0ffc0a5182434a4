import { describe, expect, expectTypeOf, it } from "vitest";
import { rotation } from "../../src/models/gallery/rotation.js";
import { brownian } from "../../src/noise/brownian.js";
import { meanOverlap } from "../../src/observables/mean-overlap.js";
import { orderParameter } from "../../src/observables/order-parameter.js";
import { measure } from "../../src/sphere/measure.js";
import { driftFlow, solveOde } from "../../solvers/ode.js";
import { particles } from "../../solvers/particles.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate } from "../../solvers/simulate.js";
import { transformer } from "../../solvers/transformer.js";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import type { Evolution, Measure, Observable } from "../../src/types.js";

const initial = measure([
  [1, 0, 0],
  [0, 0.6, 0.8],
]);
const noise = brownian({ seed: "simulate", path: 0, channels: 1, horizon: 1, steps: 4 });

describe("the values of a run", () => {
  const evolution = particles({ model: rotation(3), scheme: milstein, initial });

  it("are keyed by the names observed, to the compiler as well", () => {
    const observe = { overlap: meanOverlap, order: orderParameter };
    const { values, times } = simulate({ evolution, noise, steps: 4, observe });
    expectTypeOf(values).toEqualTypeOf<Readonly<Record<"overlap" | "order", readonly number[]>>>();
    expect(Object.keys(values)).toEqual(["overlap", "order"]);
    expect([values.overlap.length, values.order.length]).toEqual([times.length, times.length]);

    const solved = solveOde({ model: rotation(3), initial, horizon: 1, steps: 4, observe });
    expectTypeOf(solved.values).toEqualTypeOf<Readonly<Record<"overlap" | "order", readonly number[]>>>();
    expect(Object.keys(solved.values)).toEqual(["overlap", "order"]);
  });

  it("have no names where nothing is observed, and any where the names are not known", () => {
    expect(simulate({ evolution, noise, steps: 4 }).values).toEqual({});
    const any: Record<string, Observable> = { a: meanOverlap };
    expectTypeOf(simulate({ evolution, noise, steps: 4, observe: any }).values).toEqualTypeOf<
      Readonly<Record<string, readonly number[]>>
    >();
  });
});

describe("a reset", () => {
  const two = initial;
  const three = measure([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const start = (path: number): Measure => (path === 0 ? two : three);
  const heads = gaussianHeads({ dimension: 3, sigmaV: 0.5, sigmaA: 0.5, seed: "reset" });

  it.each<[string, () => Evolution]>([
    ["particles", () => particles({ model: rotation(3), scheme: milstein, initial: start })],
    ["the drift flow", () => driftFlow({ model: rotation(3), initial: start })],
    ["a transformer", () => transformer({ heads, headsPerLayer: 1, eta: 0.1, beta: 1, initial: start })],
  ])("of %s refuses another number of points than was planned", (_name, make) => {
    const evolution = make();
    evolution.reset(0);
    expect(() => evolution.reset(1)).toThrow(
      "initial: path 1 starts with 3 points, and 2 in R^3 were planned",
    );
    expect(evolution.law.points).toEqual(two.points);
  });
});
