import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { inRoot } from "../architecture/program.js";

const bench = (...flags: readonly string[]) =>
  spawnSync(process.execPath, [inRoot("dist/bench/main.js"), ...flags], { encoding: "utf8" });

describe("the benchmark", () => {
  it("prints one object, with the places of what the machine does not have", () => {
    const { status, stdout } = bench("--json", "--quick", "--only", "b0");
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as Record<string, Record<string, number | null>>;
    expect(report).toMatchObject({
      processor: expect.any(String),
      engine: expect.any(String),
      kernels: "simd",
    });
    for (const key of ["b0/1", "b0/4096"]) {
      for (const name of ["ns", "millions", "loop", "ensemble_loop"])
        expect(report[key][name]).toBeGreaterThan(0);
      for (const name of ["affine_c", "affine_milstein_c"]) {
        if (report.against.gcc === null) expect(report[key][name]).toBeNull();
        else expect(report[key][name]).toBeGreaterThan(0);
      }
    }
  });

  it("refuses a group that it does not have", () => {
    const { status, stdout, stderr } = bench("--only", "b0,everything");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('"everything" is none of sht, attention, b0, density, ensemble, scaling.');
  });
});
