import { describe, expect, it } from "vitest";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { defineModel } from "../../src/models/define-model.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { brownian } from "../../src/noise/brownian.js";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { wrap } from "../../src/sphere/measure.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { simulate } from "../../solvers/simulate.js";

const initial = wrap(Float64Array.of(0, 0, 1), 3);
const options = { seed: "pathwise", channels: 3, horizon: 1, steps: 32 };

describe("pathwise", () => {
  it("is the simulation of that path at that level, in whatever order it is asked", () => {
    const solve = pathwise({
      model: brownianRotations(),
      scheme: milstein,
      initial,
      noise: pathNoise(options),
    });
    const direct = (steps: number, path: number): Float64Array => {
      const evolution = particles({ model: brownianRotations(), scheme: milstein, initial });
      const noise = brownian({ ...options, path, area: mrongowiusRoesslerArea });
      simulate({ evolution, noise, steps, area: true });
      return evolution.law.points;
    };
    for (const [steps, path] of [
      [8, 1],
      [32, 0],
      [8, 1],
      [16, 2],
    ])
      expect(solve(steps, path)).toEqual(direct(steps, path));
  });

  it("gives results that later calls leave alone", () => {
    const solve = pathwise({
      model: sphericalBrownian(3),
      scheme: milstein,
      initial,
      noise: pathNoise(options),
    });
    const first = solve(8, 0);
    const kept = first.slice();
    solve(8, 1);
    expect(first).toEqual(kept);
  });

  it("gives areas to schemes that need them, and withholds them on request", () => {
    const make = (area?: boolean) =>
      pathwise({
        model: brownianRotations(),
        scheme: milstein,
        initial,
        noise: pathNoise(options),
        ...(area !== undefined && { area }),
      })(8, 0);
    expect(make()).toEqual(make(true));
    expect(make()).not.toEqual(make(false));
  });

  it("says what is missing: areas, a finite state, a coarse enough level", () => {
    const bare = pathNoise({ ...options, area: null });
    const model = brownianRotations();
    const insisting = pathwise({ model, scheme: milstein, initial, noise: bare, area: "full" });
    expect(() => insisting(8, 0)).toThrow(/no Lévy areas/);
    expect(() => pathwise({ model, scheme: eulerMaruyama, initial, noise: bare })(64, 0)).toThrow(/finer/);
    const explosive = defineModel({
      name: "explosive",
      manifold: "euclidean",
      dimension: 3,
      noise: [(_x, out) => (out[0] = 1e308)],
    });
    const noise = pathNoise({ ...options, channels: 1, horizon: 1e5, area: null });
    expect(() => pathwise({ model: explosive, scheme: eulerMaruyama, initial, noise })(32, 5)).toThrow(
      /path 5, 32 steps: at t = 3125, step 1 of 32: the state is no longer finite/,
    );
  });
});
