import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import {
  affine,
  areasOf,
  arrayOf,
  brownian,
  coefficientsOf,
  copyMeasure,
  correlated,
  covarianceFactor,
  gaussianAttention,
  harmonicLaw,
  incrementsOf,
  measure,
  mrongowiusRoesslerArea,
  planCircle,
  pointsLaw,
  pointsOf,
  rotation,
  stream,
  studyAgreement,
  studyStrong,
  studyWeak,
  tableNoise,
  uniformLaw,
  vmfMixture,
  weightsOf,
  type CommonNoise,
  type Model,
} from "../../src/index.js";

const cloud = uniformLaw(3).sample(5, stream("arrays", "cloud"), 0);

const pathOf = (noise: CommonNoise) => [
  ...incrementsOf(noise).data,
  ...incrementsOf(noise, 2).data,
  ...(noise.area ? areasOf(noise, 2).data : []),
];

const incrementOf = (model: Model) => {
  const field = model.plan(cloud.count);
  const out = new Float64Array(15);
  field.freeze(cloud);
  field.increment(
    0.1,
    Float64Array.from({ length: model.channels }, (_, k) => k + 1),
    out,
  );
  return [...out];
};

describe("ndarrays are taken back", () => {
  it("as points and weights", () => {
    const again = measure(pointsOf(cloud), weightsOf(cloud));
    expect(again).toEqual(copyMeasure(cloud));
    expect(again.points).not.toBe(cloud.points);
    const law = pointsLaw(pointsOf(cloud), weightsOf(cloud));
    law.sample(5, stream("a", "b"), 0).points.forEach((v, e) => expect(v).toBeCloseTo(cloud.points[e], 15));
    expect(() => measure(pointsOf(cloud), ndarray(new Float64Array(5), [5, 1]))).toThrow(
      "weights: has shape [5,1], want [5]",
    );
    expect(() => measure(weightsOf(cloud))).toThrow("points: has shape [5], want 2 axes");
  });

  it("as a path, with areas [steps,K,K] or [steps,K*K]", () => {
    const noise = brownian({
      seed: "s",
      path: 0,
      channels: 2,
      horizon: 1,
      steps: 8,
      area: mrongowiusRoesslerArea,
    });
    const areas = areasOf(noise);
    expect(areas.shape).toEqual([8, 2, 2]);
    const again = tableNoise(incrementsOf(noise), 1, areas);
    expect(pathOf(again)).toEqual(pathOf(noise));
    expect(pathOf(tableNoise(incrementsOf(noise), 1, ndarray(areas.data, [8, 4])))).toEqual(pathOf(noise));
    expect(() => tableNoise(incrementsOf(noise), 1, ndarray(areas.data, [8, 4, 1]))).toThrow(
      "areas: has shape [8,4,1], want [8,2,2]",
    );
  });

  it("as a covariance and as its factor", () => {
    const noise = brownian({ seed: "s", path: 0, channels: 2, horizon: 1, steps: 4 });
    const Q = [
      [2, 1],
      [1, 3],
    ];
    const factor = covarianceFactor(Q);
    expect(covarianceFactor(arrayOf(Q))).toEqual(factor);
    expect(pathOf(correlated(noise, arrayOf(factor)))).toEqual(pathOf(correlated(noise, factor)));
  });

  it("as the matrices and offsets of models", () => {
    const A = [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ];
    const a = [1, 2, 3];
    const model = (matrix: Parameters<typeof rotation>[1], offset: typeof a | ReturnType<typeof arrayOf>) =>
      affine({ name: "affine", dimension: 3, drift: { offset }, noise: [{ matrix, offset }] });
    const want = incrementOf(model(Float64Array.from(A.flat()), a));
    for (const matrix of [A, A.flat(), arrayOf(A)])
      expect(incrementOf(model(matrix, arrayOf(a)))).toEqual(want);

    const skew = A.map((row, i) => row.map((v, j) => v - A[j][i]));
    const turned = incrementOf(rotation(3, Float64Array.from(skew.flat())));
    for (const generator of [skew, arrayOf(skew)])
      expect(incrementOf(rotation(3, generator))).toEqual(turned);

    const attention = (atoms: Parameters<typeof gaussianAttention>[0]["atoms"]) =>
      incrementOf(gaussianAttention({ dimension: 3, beta: 1, sigmaV: 1, atoms }));
    const plain = attention([Float64Array.from(A.flat()), Float64Array.from(skew.flat())]);
    for (const atoms of [[A, skew], arrayOf([A, skew]), [arrayOf(A), arrayOf(skew)]])
      expect(attention(atoms)).toEqual(plain);
    expect(() => attention(arrayOf(A))).toThrow("atoms: has shape [3,3], want [M,3,3]");
  });

  it("as the coefficients and means of initial laws", () => {
    const coefficients = new Float64Array(planCircle({ lmax: 2 }).size);
    coefficients[0] = 1 / Math.sqrt(2 * Math.PI);
    const draw = (given: Parameters<typeof harmonicLaw>[2]) =>
      harmonicLaw(2, 2, given).sample(3, stream("a", "b"), 0).points;
    expect(draw(coefficientsOf({ coefficients }))).toEqual(draw(coefficients));
    const mixture = (mean: Parameters<typeof vmfMixture>[1][0]["mean"]) =>
      vmfMixture(2, [{ weight: 1, kappa: 3, mean }]).sample(3, stream("a", "b"), 0).points;
    expect(mixture(arrayOf([0, 1]))).toEqual(mixture([0, 1]));
  });

  it("as the states and values that a study asks for", () => {
    const draws = stream("study", "errors");
    const state = (steps: number, path: number) => {
      const out = new Float64Array(4);
      draws.normals(path, steps, out);
      return out.map((v) => v / steps);
    };
    const zero = new Float64Array(4);
    const drawn = { levels: [4, 8, 16], paths: 10 };
    const common = { ...drawn, seed: "study" };
    const strong = { ...common, dimension: 2 };
    expect(
      studyStrong({
        ...strong,
        solve: (steps, path) => ndarray(state(steps, path), [2, 2]),
        reference: { kind: "exact", solve: () => ndarray(zero, [2, 2]) },
      }),
    ).toEqual(studyStrong({ ...strong, solve: state, reference: { kind: "exact", solve: () => zero } }));
    const observables = ["a", "b", "c", "d"];
    expect(
      studyWeak({
        ...drawn,
        observables,
        solve: (steps, path) => ndarray(state(steps, path)),
        reference: { kind: "exact", values: ndarray(zero) },
      }),
    ).toEqual(
      studyWeak({ ...drawn, observables, solve: state, reference: { kind: "exact", values: [...zero] } }),
    );
    expect(studyAgreement({ ...common, observables, difference: (n, p) => ndarray(state(n, p)) })).toEqual(
      studyAgreement({ ...common, observables, difference: state }),
    );
  });
});
