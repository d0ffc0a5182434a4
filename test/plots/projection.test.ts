import { describe, expect, it } from "vitest";
import {
  centredOn,
  type Direction,
  hammer,
  mollweide,
  orthographic,
  type Projection,
} from "../../src/plots/projection.js";

/** Spread evenly: a Fibonacci lattice. */
const directions: Direction[] = Array.from({ length: 500 }, (_, i) => {
  const z = 1 - (2 * i + 1) / 500;
  const angle = i * Math.PI * (3 - Math.sqrt(5));
  return [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle), z];
});

describe.each([
  ["hammer", hammer],
  ["mollweide", mollweide],
  ["orthographic", orthographic],
] as [string, Projection][])("%s", (name, projection) => {
  it("comes back to the same direction", () => {
    let shown = 0;
    for (const u of directions) {
      const point = projection.forward(u);
      if (!point) continue;
      shown++;
      const back = projection.inverse(point) as Direction;
      // Near the rim the inverse is singular: half the digits are lost there, at worst.
      for (const c of [0, 1, 2] as const) expect(back[c]).toBeCloseTo(u[c], 7);
    }
    expect(shown).toBe(name === "orthographic" ? directions.filter((u) => u[0] >= 0).length : 500);
  });

  it("has the centre in the middle, north up and east to the right", () => {
    expect(projection.forward([1, 0, 0])?.map((v) => v + 0)).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(0, 12),
    ]);
    const [x] = projection.forward([0.8, 0.6, 0]) as Direction | [number, number];
    const [, y] = projection.forward([0.8, 0, 0.6]) as Direction | [number, number];
    expect(x).toBeGreaterThan(0);
    expect(y).toBeGreaterThan(0);
  });

  it("shows nothing outside its rim", () => {
    const [a, b] = projection.extent;
    expect(projection.inverse([a * 0.8, b * 0.8])).toBeNull();
    expect(projection.inverse([a * 1.01, 0])).toBeNull();
    expect(projection.inverse([a * 0.7, b * 0.7])).not.toBeNull();
  });
});

it.each([
  ["hammer", hammer],
  ["mollweide", mollweide],
] as [string, Projection][])("%s keeps areas", (_, projection) => {
  const step = 1e-5;
  for (const u of directions) {
    const point = projection.forward(u);
    if (!point || (point[0] / projection.extent[0]) ** 2 + (point[1] / projection.extent[1]) ** 2 > 0.96)
      continue;
    const at = (dx: number, dy: number) => projection.inverse([point[0] + dx, point[1] + dy]) as Direction;
    const along = (a: Direction, b: Direction) => a.map((v, k) => (v - b[k]) / (2 * step));
    const p = along(at(step, 0), at(-step, 0));
    const q = along(at(0, step), at(0, -step));
    const cross = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
    // Central differences: rounding 1e-16/1e-5 and truncation step² times third derivatives of order 10.
    expect(Math.hypot(...cross)).toBeCloseTo(1, 6);
  }
});

it("a map can be centred anywhere", () => {
  for (const centre of directions.slice(0, 40)) {
    const rows = centredOn(centre);
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2]) {
        const dot = rows[i].reduce((sum, v, k) => sum + v * rows[j][k], 0);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    const [a, b, c] = rows;
    const determinant =
      a[0] * (b[1] * c[2] - b[2] * c[1]) -
      a[1] * (b[0] * c[2] - b[2] * c[0]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    expect(determinant).toBeCloseTo(1, 12);
    expect(rows[2][2]).toBeGreaterThan(0);
  }
  expect(centredOn([0, 0, 1])[0]).toEqual([0, 0, 1]);
  expect(() => centredOn([1, 1, 0])).toThrow("norm");
});
