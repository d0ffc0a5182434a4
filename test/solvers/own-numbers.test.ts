import { describe, expect, it } from "vitest";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { defineModel } from "../../src/models/define-model.js";
import { iteratedIntegral } from "../../src/models/gallery/iterated-integral.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { superpose } from "../../src/models/superpose.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { brownian } from "../../src/noise/brownian.js";
import { recorded } from "../../src/noise/recorded.js";
import { stream } from "../../src/noise/stream.js";
import { measure, wrap } from "../../src/sphere/measure.js";
import type { CommonNoise } from "../../src/types.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate } from "../../solvers/simulate.js";
import { planTransform } from "../../src/spectral/plan-transform.js";

/*
 * A number drawn for another path, or another step, still has the right law by itself. It shows over many paths: what they
 * share does not average out. Every mean is held against its standard error, from the exact variance.
 */
const PATHS = 400;
const GRID = { seed: "own numbers", channels: 2, horizon: 1, steps: 4 };

/** The sum of the squares of `count` standard normals exceeds this with probability below 1e-6. */
const chiSquare = (count: number): number => count + 2 * Math.sqrt(14 * count) + 28;

/** Squares of the means over paths of numbers of variance one, in units of their standard errors, summed. */
function sharedPart(rows: readonly (readonly number[])[]): number {
  return rows[0].reduce((sum, _, c) => {
    const mean = rows.reduce((s, row) => s + row[c], 0) / rows.length;
    return sum + mean * mean * rows.length;
  }, 0);
}

const paths = Array.from({ length: PATHS }, (_, path) => path);

describe("areas", () => {
  const made: Readonly<Record<string, () => (path: number) => CommonNoise>> = {
    brownian: () => (path) => brownian({ ...GRID, path }),
    recorded: () => (path) => recorded(brownian({ ...GRID, path })),
    pathNoise: () => pathNoise(GRID),
  };

  it.each(Object.keys(made))("of %s belong to their path and their step", (name) => {
    const noise = made[name]();
    const L = new Float64Array(4);
    const h = GRID.horizon / GRID.steps;
    const areas = paths.map((path) =>
      Array.from({ length: GRID.steps }, (_, step) => {
        noise(path).area!(GRID.steps, step, L);
        return L[1] / (h / 2);
      }),
    );
    /* E L = 0, E L^2 = h^2 / 4; products of two steps have mean zero as well */
    expect(sharedPart(areas)).toBeLessThan(chiSquare(GRID.steps));
    const products = areas.map((row) => row.flatMap((a, i) => row.slice(i + 1).map((b) => a * b)));
    expect(sharedPart(products)).toBeLessThan(chiSquare(6));
  });

  it("belong to their seed", () => {
    const of = (seed: string, path: number): number[] => {
      const noise = brownian({ ...GRID, seed, path });
      const L = new Float64Array(4);
      return Array.from({ length: GRID.steps }, (_, step) => {
        noise.area!(GRID.steps, step, L);
        return L[1] / (GRID.horizon / GRID.steps / 2);
      });
    };
    const products = paths.map((path) => {
      const other = of("another", path);
      return of(GRID.seed, path).map((a, step) => a * other[step]);
    });
    expect(sharedPart(products)).toBeLessThan(chiSquare(GRID.steps));
  });

  it("reach the scheme path by path: iterated integrals average out at every level", () => {
    const solve = pathwise({
      model: iteratedIntegral(),
      scheme: milstein,
      initial: wrap(new Float64Array(3), 3),
      noise: pathNoise(GRID),
    });
    /* int W1 dW2 on [0, 1] has mean 0 and variance 1/2 */
    const ends = paths.map((path) => [1, 2, 4].map((steps) => solve(steps, path)[2] * Math.SQRT2));
    for (const level of [0, 1, 2])
      expect(sharedPart(ends.map((row) => [row[level]]))).toBeLessThan(chiSquare(1));
  });
});

describe("a noise kept for its path", () => {
  it("is that of the path asked for, in whatever order paths and levels come", () => {
    const kept = pathNoise(GRID);
    const read = (noise: CommonNoise, steps: number): number[] => {
      const dW = new Float64Array(2);
      const L = new Float64Array(4);
      return Array.from({ length: steps }, (_, step) => {
        noise.increment(steps, step, dW);
        noise.area!(steps, step, L);
        return [...dW, ...L];
      }).flat();
    };
    for (const [path, steps] of [
      [0, 4],
      [3, 4],
      [3, 2],
      [0, 4],
      [1, 1],
      [3, 4],
    ]) {
      expect(kept(path).path).toBe(path);
      expect(read(kept(path), steps)).toEqual(read(brownian({ ...GRID, path }), steps));
    }
  });
});

describe("a token's own noise", () => {
  const [kappa, n, steps] = [2, 3, 4];
  const still = defineModel({ name: "still", manifold: "euclidean", dimension: 1, noise: [() => {}] });

  it.each([
    ["drawn afresh", undefined],
    ["on the finest grid", 1 / 16],
  ] as const)("%s belongs to its path, its step and its token", (_name, finest) => {
    const evolution = particles({
      model: still,
      scheme: eulerMaruyama,
      initial: wrap(new Float64Array(n), 1),
      idiosyncratic: {
        kappa,
        stream: stream("own", "idiosyncratic"),
        ...(finest !== undefined && { finest }),
      },
    });
    /* every token's move in every step, of variance one */
    const moves = paths.map((path) => {
      const row: number[] = [];
      let before = new Float64Array(n);
      simulate({
        evolution,
        noise: brownian({ seed: "common", path, channels: 1, horizon: 1, steps: 16 }),
        steps,
        onStep() {
          evolution.law.points.forEach((x, i) => row.push((x - before[i]) / (kappa * Math.sqrt(1 / steps))));
          before = evolution.law.points.slice();
        },
      });
      return row;
    });
    const count = n * steps;
    expect(moves[0]).toHaveLength(count);
    expect(sharedPart(moves)).toBeLessThan(chiSquare(count));
    const products = moves.map((row) => row.flatMap((a, i) => row.slice(i + 1).map((b) => a * b)));
    expect(sharedPart(products)).toBeLessThan(chiSquare((count * (count - 1)) / 2));
    const squares = moves.map((row) => row.map((a) => (a * a - 1) / Math.SQRT2));
    expect(sharedPart(squares)).toBeLessThan(chiSquare(count));
  });
});

describe("atoms that are redrawn", () => {
  const asked: string[] = [];
  const redrawn = gaussianAttention({
    dimension: 2,
    beta: 1,
    sigmaV: 0.3,
    atoms: {
      count: 1,
      redraw: (path, step) => {
        asked.push(`${path}/${step}`);
        return drawAtoms("redrawn", 1, 2, 0.7, path, step);
      },
    },
  });
  const tokens = measure([
    [1, 0],
    [0.6, 0.8],
  ]);
  const evolutions = {
    "euler-maruyama": particles({ model: redrawn, scheme: eulerMaruyama, initial: tokens }),
    milstein: particles({ model: redrawn, scheme: milstein, initial: tokens }),
    "log-ode": particles({ model: redrawn, scheme: logOde, initial: tokens }),
    heun: particles({
      model: { ...redrawn, calculus: "stratonovich" },
      scheme: heun,
      initial: tokens,
    }),
    "a sum of models": particles({
      model: superpose("sum", redrawn, sphericalBrownian(2)),
      scheme: eulerMaruyama,
      initial: tokens,
    }),
    density: fokkerPlanck({
      model: redrawn,
      transform: planTransform(2, 12),
      density: (x, offset) => (1 + 0.5 * x[offset]) / (2 * Math.PI),
      scheme: "euler-maruyama",
    }),
  };

  it.each(Object.keys(evolutions) as (keyof typeof evolutions)[])(
    "%s asks for those of its path and its step, every step",
    (name) => {
      const evolution = evolutions[name];
      const channels = name === "a sum of models" ? 6 : 4;
      for (const path of [0, 5]) {
        evolution.reset(path);
        asked.length = 0;
        simulate({
          evolution,
          noise: brownian({ seed: "common", path, channels, horizon: 0.01, steps: 4, area: null }),
          steps: 4,
        });
        const distinct = [...new Set(asked)].filter((key) => key !== "0/0" || path === 0);
        expect(distinct).toEqual([0, 1, 2, 3].map((step) => `${path}/${step}`));
      }
    },
  );
});
