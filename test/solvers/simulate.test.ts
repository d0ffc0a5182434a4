import { describe, expect, expectTypeOf, it } from "vitest";
import { affine } from "../../src/models/gallery/affine.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { brownian } from "../../src/noise/brownian.js";
import { silent } from "../../src/noise/silent.js";
import { tableNoise } from "../../src/noise/table.js";
import { meanOverlap } from "../../src/observables/mean-overlap.js";
import { orderParameter } from "../../src/observables/order-parameter.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { measure, wrap } from "../../src/sphere/measure.js";
import type { CommonNoise, Evolution, Interval, Measure, Observable } from "../../src/types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { continued } from "../../solvers/density/continued.js";
import { fokkerPlanck, type DensityEvolution } from "../../solvers/density/fokker-planck.js";
import { driftFlow, solveOde } from "../../solvers/ode.js";
import { particles } from "../../solvers/particles.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate, Stopped } from "../../solvers/simulate.js";
import { transformer } from "../../solvers/transformer.js";

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

/** A rotation about the third axis, with what is called and what it is given. */
function watched(model = rotation(3)): Evolution & { readonly seen: Interval[]; readonly resets: number[] } {
  const inner = particles({ model, scheme: milstein, initial });
  const seen: Interval[] = [];
  const resets: number[] = [];
  return {
    ...inner,
    seen,
    resets,
    reset(path) {
      resets.push(path);
      inner.reset(path);
    },
    advance(interval) {
      seen.push(interval);
      inner.advance(interval);
    },
  };
}

const noiseOf = (channels: number, steps: number, horizon = 1): CommonNoise =>
  brownian({ seed: "grid", path: 0, channels, horizon, steps, area: null });

describe("the grid of a run", () => {
  it.each([
    [49, 1],
    [49, 10],
    [49, 50],
    [98, 7],
    [3, 2],
  ])("of %i steps, seen every %i, ends exactly at the horizon", (steps, every) => {
    for (const horizon of [1, 0.1, Math.PI, 1e-300, 1e300]) {
      const evolution = particles({ model: rotation(3), scheme: milstein, initial });
      const stepped: number[] = [];
      const noise = silentRotation(horizon, steps);
      const { times } = simulate({
        evolution,
        noise,
        steps,
        every,
        onStep: (_, time) => void stepped.push(time),
      });
      const seen = Array.from({ length: steps + 1 }, (_, s) => s).filter(
        (s) => s % every === 0 || s === steps,
      );
      expect(times).toEqual(seen.map((s) => horizon * (s / steps)));
      expect(times.at(-1)).toBe(horizon);
      expect(stepped).toHaveLength(steps);
      expect(stepped.at(-1)).toBe(horizon);
    }
  });

  it("has every time of the grid with half as many steps, to the bit, and intervals that meet", () => {
    const intervals = (steps: number): Interval[] => {
      const evolution = watched();
      simulate({ evolution, noise: silentRotation(0.7, steps), steps });
      return evolution.seen;
    };
    const coarse = intervals(49);
    const fine = intervals(98);
    expect(coarse.map(({ time }) => time)).toEqual(
      fine.filter((_, s) => s % 2 === 0).map(({ time }) => time),
    );
    for (const seen of [coarse, fine]) {
      expect(seen.slice(1).map(({ time }) => time)).toEqual(seen.slice(0, -1).map(({ end }) => end));
      expect(seen.at(-1)!.end).toBe(0.7);
    }
  });

  it("is that of an ordinary differential equation, too", () => {
    const { times } = solveOde({ model: rotation(3), initial, horizon: 1, steps: 49 });
    expect(times).toEqual(Array.from({ length: 50 }, (_, s) => s / 49));
  });
});

/** No increments at all: one channel that stays where it is. */
const silentRotation = (horizon: number, steps: number): CommonNoise => ({
  channels: 1,
  horizon,
  steps,
  path: 0,
  increment: (_steps, _step, out) => void out.fill(0),
});

describe("a run that makes no sense", () => {
  const refused: [string, (evolution: Evolution) => void, string][] = [
    [
      "too few channels",
      (evolution) => simulate({ evolution, noise: noiseOf(2, 4), steps: 4 }),
      'noise: has 2 channels, and the model "spherical-brownian" has 3',
    ],
    [
      "one channel",
      (evolution) => simulate({ evolution, noise: noiseOf(1, 4), steps: 4 }),
      'noise: has 1 channel, and the model "spherical-brownian" has 3',
    ],
    [
      "no channels",
      (evolution) => simulate({ evolution, noise: silent({ horizon: 1, steps: 4 }), steps: 4 }),
      'noise: has 0 channels, and the model "spherical-brownian" has 3',
    ],
    [
      "too many channels",
      (evolution) => simulate({ evolution, noise: noiseOf(9, 4), steps: 4 }),
      'noise: has 9 channels, and the model "spherical-brownian" has 3',
    ],
    [
      "half a step",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 2.5 }),
      "simulate: steps is 2.5, want a whole number above zero",
    ],
    [
      "no steps",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 0 }),
      "simulate: steps is 0, want a whole number above zero",
    ],
    [
      "steps in words",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: "4" as never }),
      'simulate: steps is the string "4", want a whole number above zero',
    ],
    [
      "seen every zero steps",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 4, every: 0 }),
      "simulate: every is 0, want a whole number above zero",
    ],
    [
      "finer than the noise",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 8 }),
      "common noise: 8 steps are finer than its finest grid of 4; refining a path already sampled needs conditional increments and areas, so make the noise with 8 steps instead",
    ],
    [
      "another grid than the noise's",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 3 }),
      "common noise: 3 steps asked for, want 4 divided by a power of two",
    ],
    [
      "no horizon",
      (evolution) => simulate({ evolution, noise: { ...noiseOf(3, 4), horizon: -1 }, steps: 4 }),
      "noise: horizon -1 in 4 steps, want steps of positive length",
    ],
    [
      "steps without length",
      (evolution) => simulate({ evolution, noise: { ...noiseOf(3, 4), horizon: 5e-324 }, steps: 4 }),
      "noise: horizon 5e-324 in 4 steps, want steps of positive length",
    ],
    [
      "an area in other words",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 4, area: "yes" as never }),
      'simulate: area is the string "yes", want "auto" or "full" or "none" or true or false',
    ],
    [
      "a misspelt option",
      (evolution) => simulate({ evolution, noise: noiseOf(3, 4), steps: 4, ...{ onstep: () => true } }),
      'simulate: "onstep" is no option of it; did you mean "onStep"?',
    ],
    [
      "an observable by name",
      (evolution) =>
        simulate({ evolution, noise: noiseOf(3, 4), steps: 4, observe: { r: "overlap" as never } }),
      'simulate: observe["r"] is the string "overlap", want a function',
    ],
  ];
  it.each(refused)("with %s is refused before anything happens", (_name, run, sentence) => {
    const evolution = watched(sphericalBrownian(3));
    expect(() => run(evolution)).toThrow(new RangeError(sentence));
    expect([evolution.seen, evolution.resets]).toEqual([[], []]);
  });

  it("is seen by densities, those that go on, and characteristics; not by a transformer, which ignores the noise", () => {
    const model = sphericalBrownian(3);
    const transform = planSphere({ lmax: 4 });
    const density = (): number => 1 / (4 * Math.PI);
    const solved = (): DensityEvolution => fokkerPlanck({ model, transform, density, scheme: "flow" });
    const carried = (): Evolution => characteristics({ model, scheme: milstein, transform, density });
    for (const evolution of [solved(), carried(), continued(solved(), carried)]) {
      expect(() => simulate({ evolution, noise: noiseOf(2, 2), steps: 2 })).toThrow(
        'noise: has 2 channels, and the model "spherical-brownian" has 3',
      );
    }
    const heads = gaussianHeads({ dimension: 3, sigmaV: 0.5, sigmaA: 0.5, seed: "any" });
    const evolution = transformer({ heads, headsPerLayer: 1, eta: 0.1, beta: 1, initial });
    expect(simulate({ evolution, noise: noiseOf(2, 2), steps: 2 }).stopped).toBeUndefined();
  });
});

describe("a run that ends early", () => {
  const still = silentRotation(1, 8);
  const make = (): Evolution => particles({ model: rotation(3), scheme: milstein, initial });

  it.each<[string, Partial<Evolution>, Record<string, Observable>, string]>([
    ["a start that cannot be", { reset: () => failing("nowhere to start") }, {}, "nowhere to start"],
    ["an observable without a value there", {}, { r: () => NaN }, 'the observable "r" is NaN'],
    ["an observable that cannot be", {}, { r: () => failing("no such thing") }, "no such thing"],
    [
      "a start that is not finite",
      { law: wrap(Float64Array.of(NaN, 0, 0), 3) },
      {},
      "the start is not finite",
    ],
  ])("at time 0, for %s: nothing is seen, and nothing thrown", (_name, change, observe, cause) => {
    const evolution = { ...make(), ...change };
    expect(simulate({ evolution, noise: still, steps: 8, observe })).toEqual({
      times: [],
      values: Object.fromEntries(Object.keys(observe).map((name) => [name, []])),
      stopped: { time: 0, cause },
    });
  });

  it("says the time and the step at which a state is no longer finite, and keeps what it saw", () => {
    const model = affine({ name: "grows", dimension: 1, noise: [{ matrix: [[1]] }] });
    const evolution = particles({ model, scheme: eulerMaruyama, initial: measure([[1]]) });
    const noise = tableNoise([[1], [1], [1e308], [1e308], [1], [1]], 0.6);
    const { times, values, stopped } = simulate({
      evolution,
      noise,
      steps: 6,
      observe: { x: (law) => law.points[0] },
    });
    expect(values.x).toEqual([1, 2, 4]);
    expect(times).toEqual([0, 0.6 * (1 / 6), 0.6 * (2 / 6)]);
    expect(stopped).toEqual({
      time: 0.6 * (2 / 6),
      cause: `at t = ${0.6 * (3 / 6)}, step 3 of 6: the state is no longer finite: the step is too large for the field`,
    });
  });

  it("where it is asked to, after a step, with the law it then has", () => {
    for (const every of [1, 5]) {
      const evolution = make();
      let asked = 0;
      const { times, values, stopped } = simulate({
        evolution,
        noise: still,
        steps: 8,
        every,
        observe: { x: (law) => law.points[0] },
        stopping: () => ++asked === 3,
      });
      expect(stopped).toEqual({ time: 3 / 8, cause: "interrupted", interrupted: true });
      expect(times).toEqual(every === 1 ? [0, 1 / 8, 2 / 8, 3 / 8] : [0, 3 / 8]);
      expect(values.x).toHaveLength(times.length);
    }
  });

  it("not after its last step: then it is done", () => {
    let asked = 0;
    const { stopped, times } = simulate({
      evolution: make(),
      noise: still,
      steps: 8,
      stopping: () => ++asked > 7,
    });
    expect([asked, stopped, times.at(-1)]).toEqual([7, undefined, 1]);
  });

  it("throws what is no stop", () => {
    const evolution = {
      ...make(),
      advance: () => {
        throw new TypeError("a bug");
      },
    };
    expect(() => simulate({ evolution, noise: still, steps: 8 })).toThrow(new TypeError("a bug"));
  });
});

const failing = (cause: string): never => {
  throw new Stopped(cause);
};
