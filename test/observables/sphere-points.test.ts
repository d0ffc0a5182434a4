import { describe, expect, it } from "vitest";
import { densityOfTokens } from "../../src/laws/density-of-tokens.js";
import { pointsLaw } from "../../src/laws/points.js";
import { clusterCount } from "../../src/observables/cluster-count.js";
import { harmonicMoment } from "../../src/observables/harmonic-moment.js";
import { zonalMoment } from "../../src/observables/zonal-moment.js";
import { wrap } from "../../src/sphere/measure.js";

const at = (...points: number[][]) => wrap(Float64Array.from(points.flat()), points[0].length);

describe("observables of the sphere", () => {
  const readers = {
    clusterCount: clusterCount(),
    zonalMoment: zonalMoment(2, [0, 1]),
    harmonicMoment: harmonicMoment(2, 2, 2),
    densityOfTokens: (law: ReturnType<typeof at>) => densityOfTokens(law, 2)[0],
  };

  it.each(Object.entries(readers))("%s refuses the zero vector and points off the sphere", (name, read) => {
    expect(() => read(at([1, 0], [0, 0]))).toThrow(`${name}: point 1 has norm 0, want a unit vector`);
    expect(() => read(at([1.001, 0]))).toThrow(/point 0 has norm 1\.00/);
    expect(() => read(at([NaN, 0]))).toThrow(/point 0 has norm NaN/);
    expect(() => read(at([1, 0], [1 + 2e-9, 0]))).toThrow(/point 1 has norm 1\.000000002/);
    expect(() => read(at([1 + 9e-10, 0], [0.6, 0.8]))).not.toThrow();
  });

  it("do not look at points without weight", () => {
    const law = wrap(Float64Array.of(1, 0, 0, 0), 2, Float64Array.of(1, 0));
    expect(clusterCount()(law)).toBe(1);
  });
});

describe("clusterCount with a threshold near one", () => {
  it("joins equal points always, and points within the angle only", () => {
    // Norms of these are not one to the last bit, so that the overlap of a point with itself is below 1 - 1e-16.
    const points = Array.from({ length: 200 }, (_, k) => [Math.cos(0.1 + k), Math.sin(0.1 + k) / 3]);
    for (const [x, y] of points) {
      const norm = Math.hypot(x, y);
      const p = [x / norm, y / norm];
      expect(clusterCount(1 - 2 ** -53)(at(p, p))).toBe(1);
    }
    for (const angle of [1e-3, 1e-6, 1e-7]) {
      const pair = at([1, 0], [Math.cos(angle), Math.sin(angle)]);
      expect(clusterCount(1 - (1.05 * angle) ** 2 / 2)(pair)).toBe(1);
      expect(clusterCount(1 - (0.95 * angle) ** 2 / 2)(pair)).toBe(2);
    }
  });
});

describe("pointsLaw", () => {
  it("refuses weights that are negative or make no whole", () => {
    const points = [
      [1, 0],
      [0, 1],
    ];
    expect(() => pointsLaw(points, [1.5, -0.5])).toThrow("weights[1]: is -0.5, want zero or more");
    expect(() => pointsLaw(points, [0, 0])).toThrow(/sum to 0, want 1/);
    expect(pointsLaw(points, [1, 0]).sample(2, { normals() {}, uniforms() {} }, 0).weights[1]).toBe(0);
  });
});
