import { spawnSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { identity } from "../../src/io/manifest.js";
import { kernelChoice } from "../../src/kernels/choice.js";
import { inRoot } from "../architecture/program.js";

const asked = (kernels: string | undefined): void => void vi.stubEnv("COMMONNOISE_KERNELS", kernels);
const facts = { command: "run", config: {}, seed: "s" };

describe("the kernels", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("are in vectors where the engine has them, and plain where they are not wanted", () => {
    for (const none of [undefined, ""]) {
      asked(none);
      expect(kernelChoice()).toBe("simd");
    }
    asked("plain");
    expect(kernelChoice()).toBe("plain");
  });

  it("are in the identity of a result only where they round in their own way", () => {
    asked("plain");
    const plain = identity(facts);
    asked("simd");
    expect(identity(facts)).toEqual(plain);
    expect(plain).not.toHaveProperty("kernels");
  });

  it("are refused in a sentence where they are unknown, and by the program before any work", () => {
    asked("fast");
    const sentence = 'COMMONNOISE_KERNELS: "fast", want "simd", "plain" or "fma"';
    expect(kernelChoice).toThrow(new RangeError(sentence));
    const { status, stderr } = spawnSync(
      process.execPath,
      [inRoot("dist/src/cli.js"), "run", inRoot("examples/two-tokens.json")],
      { encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([2, `${sentence}.\n`]);
  });

  it("round once only where the engine can", () => {
    asked("fma");
    const flags = ["--experimental-wasm-relaxed-simd"];
    const script = `
      const { kernelChoice } = await import(${JSON.stringify(inRoot("dist/src/kernels/choice.js"))});
      try { console.log(kernelChoice()); } catch (error) { console.log(error.message); }`;
    const say = (options: readonly string[]): string =>
      spawnSync(process.execPath, [...options, "--input-type=module", "--eval", script], { encoding: "utf8" })
        .stdout;
    const can = spawnSync(process.execPath, [...flags, "--version"]).status === 0;
    const without =
      'COMMONNOISE_KERNELS: "fma", but this engine has no WebAssembly relaxed SIMD; want "plain"\n';
    expect(["fma\n", without]).toContain(say([]));
    if (can) expect(say(flags)).toBe("fma\n");
  });
});
