import { kernelChoice } from "../../../kernels/choice.js";
import { layout } from "../../../kernels/instance.js";
import type { Arithmetic } from "./arithmetic.js";
import { plainArithmetic } from "./plain.js";
import { vectorArithmetic } from "./vectors.js";

/** Arrays are reserved while things are planned; the memory is made when it is first opened, and holds no more than these. */
export interface Memory {
  /** Room for `count` numbers; gives the index of the first. */
  reserve(count: number): number;
  open(): Arithmetic;
}

/** Fewer multiplications than this over all pairs take less time in TypeScript than the calls. */
const FEW = 0;

/** A memory for n vectors in dimension d. */
export function planMemory(n: number, d: number): Memory {
  const choice = kernelChoice();
  const room = layout();
  let arithmetic: Arithmetic | undefined;
  return {
    reserve(count) {
      if (arithmetic) throw new Error("the memory is made already");
      return room.numbers(count) / 8;
    },
    open() {
      arithmetic ??=
        choice === "plain" || n * n * d < FEW
          ? plainArithmetic(new Float64Array(room.bytes / 8))
          : vectorArithmetic(choice, room);
      return arithmetic;
    },
  };
}
