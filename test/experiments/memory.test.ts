import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { inRoot } from "../architecture/program.js";

/*
 * By how much the bytes grow that a task holds at most while it runs, from 4 steps to 20: counted when everything is gone that
 * is no longer used (arrays go with the second collection), and after a run that warms the engine.
 */
const SCRIPT = `
  const [{ parseConfig, runNumbers, particles, simulate, eulerMaruyama, sphericalBrownian, brownian, uniformLaw, stream, keepStates },
    { chaosStudy }] = await Promise.all([import("commonnoise"), import("./dist/src/experiments/study/chaos.js")]);
  const held = () => { gc(); gc(); const { heapUsed, arrayBuffers } = process.memoryUsage(); return heapUsed + arrayBuffers; };
  const peak = (work, every) => {
    let [most, asked] = [0, 0];
    work(() => { if (++asked % every === 0) most = Math.max(most, held()); return false; });
    return most;
  };
  const vmf = { kind: "vmf", tokens: 20000, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] };
  const model = { name: "rotation", dimension: 3 };
  const config = (steps, more) => parseConfig({
    model, initial: vmf, solver: { kind: "particles", horizon: 1, steps }, observe: ["order-parameter"], ...more });
  const tasks = {
    run: (steps) => (stopping) => runNumbers(config(steps, {}), { stopping }),
    ensemble: (steps) => (stopping) => runNumbers(config(steps, { ensemble: { paths: 3 } }), { stopping }),
    density: (steps) => (stopping) => runNumbers(
      config(steps, { solver: { kind: "density", lmax: 42, scheme: "euler-maruyama", horizon: 0.1, steps } }), { stopping }),
    chaos: (steps) => (stopping) => chaosStudy(
      config(steps, { study: { levels: [8, 128], paths: 2, distance: "sliced" } }), { stopping }),
    kept: (steps) => (stopping) => {
      const initial = uniformLaw(3).sample(20000, stream("memory", "initial"), 0);
      const evolution = particles({ model: sphericalBrownian(3), scheme: eulerMaruyama, initial });
      const noise = brownian({ seed: "memory", path: 0, channels: 3, horizon: 1, steps });
      simulate({ evolution, noise, steps, stopping, onStep: keepStates(evolution).keep });
    },
  };
  const [task] = process.argv.slice(1);
  const [, few, many] = [4, 4, 20].map((steps) => peak(tasks[task](steps), steps / 4));
  console.log(many - few);`;

const growth = (task: string): number => {
  const flags = ["--expose-gc", "--input-type=module", "--eval", SCRIPT, task];
  const { stdout, stderr } = spawnSync(process.execPath, flags, { cwd: inRoot("."), encoding: "utf8" });
  expect(stderr).toBe("");
  return Number(stdout);
};

/** Bytes of the points of a cloud. */
const CLOUD = 8 * 3 * 20_000;

describe("what is held while a run goes on", () => {
  it.each(["run", "ensemble", "density", "chaos"])("does not grow with the steps: %s", (task) => {
    expect(growth(task)).toBeLessThan(CLOUD);
  });

  it("grows with states that are kept on request", () => {
    expect(growth("kept")).toBeGreaterThan(8 * CLOUD);
  });
});
