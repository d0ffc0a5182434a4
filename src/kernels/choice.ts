import { exponential } from "./embedded/exponential.js";
import { moduleOf } from "./instance.js";

/**
 * Who does the hot loops: "simd", WebAssembly two numbers at a time; "plain", the same in TypeScript, with the same bits, where
 * an engine has no WebAssembly SIMD or a page forbids it; "fma", WebAssembly with relaxed SIMD, where a product and a sum may
 * be rounded once: quicker on some machines, and other bits.
 */
export type KernelChoice = "simd" | "plain" | "fma";

/** What the environment asks for by COMMONNOISE_KERNELS, or the best this engine has that keeps the bits. A RangeError for what it cannot do. */
export function kernelChoice(): KernelChoice {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  const asked = process?.env?.COMMONNOISE_KERNELS || undefined;
  if (asked === undefined) return runs("simd") ? "simd" : "plain";
  if (asked !== "simd" && asked !== "plain" && asked !== "fma") {
    throw new RangeError(`COMMONNOISE_KERNELS: "${asked}", want "simd", "plain" or "fma"`);
  }
  if (asked !== "plain" && !runs(asked)) {
    const missing = asked === "fma" ? "relaxed SIMD" : "SIMD";
    throw new RangeError(
      `COMMONNOISE_KERNELS: "${asked}", but this engine has no WebAssembly ${missing}; want "plain"`,
    );
  }
  return asked;
}

/** Whether this engine compiles such code here, and may. */
function runs(build: "simd" | "fma"): boolean {
  try {
    return moduleOf(exponential, build) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}
