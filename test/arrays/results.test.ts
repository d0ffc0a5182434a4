import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import {
  areasOf,
  arrayEnsemble,
  arrayOf,
  brownian,
  coefficientsOf,
  differenceOf,
  distanceOf,
  eulerMaruyama,
  fokkerPlanck,
  incrementsOf,
  keepStates,
  meanOf,
  meanOverlap,
  nestedOf,
  normOf,
  particles,
  parseConfig,
  planCircle,
  pointsOf,
  rotation,
  run,
  runNumbers,
  seriesOf,
  simulate,
  stream,
  timesOf,
  uniformLaw,
  valuesOf,
  weightsOf,
} from "../../src/index.js";
import { ensemble } from "../../src/studies/statistics.js";

const cloud = uniformLaw(3).sample(4, stream("arrays", "cloud"), 0);
const noise = brownian({ seed: "arrays", path: 0, channels: 1, horizon: 1, steps: 8 });
const random = (path: number, shape: number[]) => {
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  stream("arrays", "random").normals(path, 0, data);
  return ndarray(data, shape);
};

describe("results as ndarrays", () => {
  it("show the points and weights of a law, in the same memory", () => {
    const points = pointsOf(cloud);
    expect([points.shape, weightsOf(cloud).shape]).toEqual([[4, 3], [4]]);
    expect(points.get(2, 1)).toBe(cloud.points[7]);
    expect(points.data).toBe(cloud.points);
  });

  it("keep the states of a run, its start among them", () => {
    const evolution = particles({ model: rotation(3), scheme: eulerMaruyama, initial: cloud });
    const [all, some] = [keepStates(evolution), keepStates(evolution, 4)];
    expect(() => all.array()).toThrow("nothing is kept yet");
    evolution.reset(0);
    for (const states of [all, some]) states.keep(0, 0);
    simulate({
      evolution,
      noise,
      steps: 8,
      onStep(step, time) {
        all.keep(step, time);
        some.keep(step, time);
      },
    });
    expect([all.array().shape, some.array().shape]).toEqual([
      [9, 4, 3],
      [3, 4, 3],
    ]);
    expect([...some.times().data]).toEqual([0, 0.5, 1]);
    expect(distanceOf(all.array().pick(0, null, null), pointsOf(cloud))).toBe(0);
    expect(distanceOf(some.array().pick(1, null, null), all.array().pick(4, null, null))).toBe(0);
    expect(distanceOf(all.array().pick(8, null, null), pointsOf(evolution.law))).toBe(0);
    expect(distanceOf(all.array().pick(8, null, null), pointsOf(cloud))).toBeGreaterThan(0.1);
    expect(() => keepStates(evolution, 0)).toThrow("want a whole number above zero");
  });

  it("keep states straight from onStep", () => {
    const evolution = particles({ model: rotation(3), scheme: eulerMaruyama, initial: cloud });
    const states = keepStates(evolution);
    simulate({ evolution, noise, steps: 2, onStep: states.keep });
    expect(states.array().shape).toEqual([2, 4, 3]);
  });

  it("copy the coefficients and values of a density", () => {
    const transform = planCircle({ lmax: 4 });
    const uniform = 1 / (2 * Math.PI);
    const density = fokkerPlanck({
      model: rotation(2),
      transform,
      density: (x, o) => uniform * (1 + 0.5 * x[o]),
      scheme: "euler-maruyama",
    });
    density.reset(0);
    const [coefficients, values] = [coefficientsOf(density), valuesOf(density)];
    expect([coefficients.shape, values.shape]).toEqual([[transform.size], [transform.count]]);
    expect([...coefficients.data]).toEqual([...density.coefficients]);
    const before = coefficients.get(2);
    simulate({ evolution: density, noise, steps: 8 });
    expect(coefficients.get(2)).toBe(before);
    expect(density.coefficients[2]).not.toBe(before);
  });

  it("hold a trajectory, a column for every name", () => {
    const evolution = particles({ model: rotation(3), scheme: eulerMaruyama, initial: cloud });
    const run = simulate({ evolution, noise, steps: 8, observe: { a: meanOverlap, b: () => 7 } });
    const series = seriesOf(run);
    expect([series.shape, timesOf(run).shape]).toEqual([[9, 2], [9]]);
    expect([series.get(3, 0), series.get(3, 1)]).toEqual([run.values.a[3], 7]);
    expect(seriesOf(run, ["b"]).shape).toEqual([9, 1]);
    expect(() => seriesOf(run, ["c"])).toThrow('"c" was not observed, only a, b');
  });

  it("hold the table of a path", () => {
    const increments = incrementsOf(noise);
    expect([increments.shape, incrementsOf(noise, 2).shape]).toEqual([
      [8, 1],
      [2, 1],
    ]);
    const half = [0, 1, 2, 3].reduce((sum, step) => sum + increments.get(step, 0), 0);
    expect(incrementsOf(noise, 2).get(0, 0)).toBeCloseTo(half, 15);
    const pair = { seed: "table", path: 0, channels: 2, horizon: 1, steps: 4 };
    expect(areasOf(brownian(pair)).shape).toEqual([4, 2, 2]);
    expect(() => areasOf(brownian({ ...pair, area: null }))).toThrow("carries no Lévy areas");
  });

  it("go to nested lists and back", () => {
    const nested = [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ];
    expect(arrayOf(nested).shape).toEqual([2, 2, 2]);
    expect(nestedOf(arrayOf(nested))).toEqual(nested);
    expect(nestedOf(arrayOf(Float64Array.of(1, 2)))).toEqual([1, 2]);
    expect(() => arrayOf([[1, 2], [3]])).toThrow("arrayOf[1]: has 1 entries where its neighbours have 2");
  });

  it("have means over an ensemble with standard errors, in any shape", () => {
    for (const shape of [[6], [3, 2], [1, 3, 2]]) {
      const [arrays, numbers] = [arrayEnsemble(), ensemble(6)];
      expect(() => arrays.mean()).toThrow("no path is in yet");
      for (let path = 0; path < 20; path++) {
        const one = random(path, shape);
        arrays.add(one);
        numbers.add(one.data);
        if (path === 0) expect(arrays.standardError().data.every((e) => e === Infinity)).toBe(true);
      }
      expect([arrays.count, arrays.mean().shape]).toEqual([20, shape]);
      for (const [got, want] of [
        [arrays.mean(), numbers.mean()],
        [arrays.standardError(), numbers.standardError()],
      ] as const)
        got.data.forEach((v, e) => expect(v).toBeCloseTo(want[e], 14));
      expect(() => arrays.add(random(0, [7]))).toThrow(`an array of shape [7], want [${shape}]`);
      expect(() => arrays.add(ndarray(new Float64Array(6).fill(NaN), shape))).toThrow("not finite");
    }
  });

  it("do not let the caller move the ensemble's own mean", () => {
    const arrays = arrayEnsemble();
    arrays.add(random(0, [2]));
    arrays.mean().set(0, 99);
    expect(arrays.mean().get(0)).toBe(random(0, [2]).get(0));
  });

  it("are compared entry by entry and row by row, whatever their strides", () => {
    const a = arrayOf([
      [0, 0],
      [3, 4],
    ]);
    const b = arrayOf([
      [0, 0],
      [0, 0],
    ]);
    expect(nestedOf(differenceOf(a, b))).toEqual([
      [0, 0],
      [3, 4],
    ]);
    expect(normOf(a)).toBe(5);
    expect(distanceOf(a, b)).toBeCloseTo(5 / Math.SQRT2, 15);
    expect(nestedOf(differenceOf(a.transpose(1, 0), b))).toEqual([
      [0, 3],
      [0, 4],
    ]);
    expect(() => differenceOf(a, b.pick(0, null))).toThrow("an array of shape [2], want [2,2]");
  });
});

describe("the mean of a law", () => {
  it("is the weighted mean of its points", () => {
    const out = new Float64Array(3).fill(9);
    meanOf(cloud, out);
    expect(out[0] ** 2 + out[1] ** 2 + out[2] ** 2).toBeCloseTo(meanOverlap(cloud), 14);
  });
});

describe("a run of a configuration", () => {
  const base = {
    model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 },
    initial: { kind: "vmf", tokens: 3, components: [{ weight: 1, kappa: 1, mean: [0, 1] }] },
    solver: { kind: "particles", horizon: 0.1, steps: 2 },
  };

  it("ends as points [n,d]", () => {
    const config = parseConfig(base);
    const points = run(config).final!.points!;
    expect(points.shape).toEqual([3, 2]);
    expect(nestedOf(points)).toEqual(runNumbers(config).final!.points);
    expect(run(parseConfig({ ...base, ensemble: { paths: 2 } })).final).toBeUndefined();
  });

  it("ends as coefficients [size] of a density, each with its degree and order", () => {
    const config = parseConfig({ ...base, solver: { kind: "density", lmax: 7, horizon: 0.1, steps: 2 } });
    const { coefficients, harmonics } = run(config).final!;
    expect(coefficients!.shape).toEqual([15]);
    const plain = runNumbers(config).final!.coefficients!;
    harmonics!.forEach(([l, m], q) => expect(coefficients!.get(q)).toBe(plain[`${l},${m}`]));
    expect(harmonics![0]).toEqual([0, 0]);
  });
});

describe("coefficients of a density", () => {
  it("start another one, as an ndarray or a list", () => {
    const transform = planCircle({ lmax: 3 });
    const given = { model: rotation(2), transform, scheme: "flow" } as const;
    const first = fokkerPlanck({ ...given, density: (x, o) => (1 + 0.3 * x[o]) / (2 * Math.PI) });
    first.reset(0);
    for (const density of [coefficientsOf(first), [...first.coefficients], first.coefficients.slice()]) {
      const next = fokkerPlanck({ ...given, density });
      next.reset(0);
      expect([...next.coefficients]).toEqual([...first.coefficients]);
    }
    const tooMany = fokkerPlanck({ ...given, density: ndarray(new Float64Array(9)) });
    expect(() => tooMany.reset(0)).toThrow("density: 9 coefficients, want at most 7");
    const table = fokkerPlanck({ ...given, density: ndarray(new Float64Array(4), [2, 2]) });
    expect(() => table.reset(0)).toThrow(/^density: /);
  });
});
