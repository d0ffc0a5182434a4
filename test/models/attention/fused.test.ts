import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { inRoot } from "../../architecture/program.js";

const FLAG = "--experimental-wasm-relaxed-simd";
const engineCan = spawnSync(process.execPath, [FLAG, "--version"]).status === 0;

/** Means and their derivative along the points, of fixed points on the sphere. */
function computed(barycentres: typeof directBarycentres): number[] {
  const [n, d, M, beta] = [19, 6, 1, 3];
  const points = Float64Array.from({ length: n * d }, (_, k) => Math.sin(1 + 2.3 * k));
  for (let i = 0; i < n; i++) {
    const row = points.subarray(i * d, i * d + d);
    const norm = Math.hypot(...row);
    row.forEach((v, a) => (row[a] = v / norm));
  }
  const A = Float64Array.from({ length: d * d }, (_, e) => Math.cos(3 + 1.7 * e) / 2);
  const out = new Float64Array(n * d);
  const bary = barycentres(n, d, M, beta);
  bary.freeze({ count: n, dimension: d, points, weights: new Float64Array(n).fill(1 / n) }, [A]);
  bary.derivative(points, out);
  return [...bary.values, ...out];
}

describe.skipIf(!engineCan)("direct barycentres, products and sums rounded once", () => {
  it("differ by rounding, and do differ", () => {
    const script = `
      const { directBarycentres } = await import(${JSON.stringify(inRoot("dist/src/models/attention/direct-barycentres.js"))});
      ${computed.toString()}
      console.log(JSON.stringify(computed(directBarycentres)));`;
    const { stdout } = spawnSync(process.execPath, [FLAG, "--input-type=module", "--eval", script], {
      encoding: "utf8",
      env: { ...process.env, COMMONNOISE_KERNELS: "fma" },
    });
    const fused = JSON.parse(stdout) as number[];
    const twice = computed(directBarycentres);
    expect(fused.length).toBe(2 * 19 * 6);
    const difference = Math.max(...fused.map((v, k) => Math.abs(v - twice[k])));
    expect(difference).toBeLessThan(1e-13);
    expect(difference).toBeGreaterThan(0);
  });
});
