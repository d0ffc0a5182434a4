import { attention } from "../../../kernels/embedded/attention.js";
import { instantiate, type Layout } from "../../../kernels/instance.js";
import type { Arithmetic } from "./arithmetic.js";

type Functions = Required<Omit<Arithmetic, "numbers">>;

/** The arithmetic in WebAssembly, two numbers at a time, in a memory of its own. */
export function vectorArithmetic(build: "simd" | "fma", room: Layout): Arithmetic {
  const { functions, view } = instantiate<Functions>(attention, build, room);
  return { ...functions, numbers: view(0, room.bytes / 8) };
}
