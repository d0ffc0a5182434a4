import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { KernelChoice } from "../../src/kernels/choice.js";
import { inRoot } from "../architecture/program.js";

/** What a script prints by these kernels; null where it fails. */
function printed(flags: readonly string[], kernels: KernelChoice, script: string): string | null {
  const argv = [...flags, "--input-type=module", "--eval", script];
  const env = { ...process.env, COMMONNOISE_KERNELS: kernels };
  const { status, stdout } = spawnSync(process.execPath, argv, { encoding: "utf8", env });
  return status === 0 ? stdout : null;
}

const choice = `const { kernelChoice } = await import(${JSON.stringify(inRoot("dist/src/kernels/choice.js"))}); kernelChoice();`;
/** How this engine is asked for relaxed SIMD: by nothing, by a flag, or in no way. */
const flags = [[], ["--experimental-wasm-relaxed-simd"]].find(
  (some) => printed(some, "fma", choice) !== null,
);

const opening = `
  import {
    affine, brownian, drawAtoms, eulerMaruyama, fokkerPlanck, gaussianAttention, particles, planSphere, simulate, stream,
    uniformLaw, vmfMixture,
  } from ${JSON.stringify(inRoot("dist/src/core.js"))};
  const attention = (d) =>
    gaussianAttention({ dimension: d, beta: 2, sigmaV: 0.5, atoms: drawAtoms("f", 2, d, 0.5) });
  const noiseOf = (channels) => brownian({ seed: "f", path: 0, channels, horizon: 0.1, steps: 4, area: null });
  const end = (evolution, channels, read) => {
    simulate({ evolution, noise: noiseOf(channels), steps: 4 });
    console.log(JSON.stringify(Array.from(read(evolution))));
  };
  const cloud = (model, n) => {
    const law = uniformLaw(model.dimension).sample(n, stream("f", "initial"), 0);
    end(particles({ model, scheme: eulerMaruyama, initial: law }), model.channels, ({ law }) => law.points);
  };`;

const CASES = [
  ["attention pair by pair", `cloud(attention(6), 19);`],
  ["attention by harmonics", `cloud(attention(3), 2000);`],
  [
    "a density and its transforms",
    `const density = vmfMixture(3, [{ weight: 1, kappa: 2, mean: [0, 0, 1] }]);
       const transform = planSphere({ lmax: 15 });
       const evolution = fokkerPlanck({ model: attention(3), transform, density, scheme: "flow" });
       end(evolution, 18, ({ coefficients }) => coefficients);`,
  ],
  [
    "an affine model",
    `const model = affine({ name: "a", dimension: 3, noise: [{ matrix: [[0, 1, 0], [-1, 0, 2], [0, -2, 0.3]] }] });
       cloud(model, 64);`,
  ],
] as const;

describe("kernels in vectors and plain ones", () => {
  it.each(CASES)("give %s to the same bits", (_what, script) => {
    const [plain, simd] = (["plain", "simd"] as const).map((kernels) =>
      printed([], kernels, opening + script),
    );
    expect(JSON.parse(simd!)).toContainEqual(expect.any(Number));
    expect(plain).toBe(simd);
  });
});

describe.skipIf(flags === undefined)("kernels that round products and sums once", () => {
  it.each(CASES)("give %s to rounding, and other bits", (_what, script) => {
    const [once, twice] = (["fma", "simd"] as const).map(
      (kernels) => JSON.parse(printed(flags!, kernels, opening + script)!) as number[],
    );
    expect(once.length).toBe(twice.length);
    const size = Math.max(...twice.map(Math.abs));
    const difference = Math.max(...once.map((v, k) => Math.abs(v - twice[k]))) / size;
    // What harmonics leave out, 1e-12 a field, is the same for both: rounding is all that differs.
    expect(difference).toBeLessThan(1e-12);
    expect(difference).toBeGreaterThan(0);
  });
});
