import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/models/define-model.js";
import { silent } from "../../src/noise/silent.js";
import { measure } from "../../src/sphere/measure.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../solvers/particles.js";
import { reached } from "../../solvers/reached.js";
import { simulate, Stopped, type Simulation } from "../../solvers/simulate.js";

/** dx = dt on the line from 0 to 1 in four steps; beyond `wall` there is no field. */
const run = (options: Partial<Simulation> = {}, wall = Infinity) => {
  const drift = ([x]: Float64Array, out: Float64Array): void => void (out[0] = x < wall ? 1 : NaN);
  const model = defineModel({ name: "line", dimension: 1, manifold: "euclidean", drift, noise: [] });
  const evolution = particles({ model, scheme: eulerMaruyama, initial: measure([[0]]) });
  return simulate({ evolution, noise: silent({ horizon: 1, steps: 4 }), steps: 4, ...options });
};

/** What is thrown. */
function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

describe("a trajectory", () => {
  it("is given back when it came to its end, chosen by onStep or not", () => {
    for (const trajectory of [run(), run({ onStep: (step) => step === 2 })])
      expect(reached(trajectory)).toBe(trajectory);
  });

  it("is not when it stopped: the cause and the time are thrown", () => {
    const trajectory = run({}, 0.4);
    const { cause, time } = trajectory.stopped!;
    expect(time).toBe(0.5);
    const error = thrown(() => reached(trajectory));
    expect(error).toBeInstanceOf(Stopped);
    expect(error).toMatchObject({ message: cause, time });
    expect((error as Stopped).interrupted).toBeUndefined();
    expect(thrown(() => reached(trajectory, "the reference"))).toMatchObject({
      message: `the reference: ${cause}`,
      time,
    });
  });

  it("is not when it was interrupted, which is nobody's fault", () => {
    const error = thrown(() => reached(run({ stopping: () => true }), "the reference"));
    expect(error).toMatchObject({ message: "interrupted", interrupted: true, time: 0.25 });
  });
});
