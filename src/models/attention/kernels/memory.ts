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

export function planMemory(): Memory {
  const choice = kernelChoice();
  const room = layout();
  let arithmetic: Arithmetic | undefined;
  return {
    reserve(count) {
      if (arithmetic) throw new Error("nothing can be reserved in a memory that is made");
      return room.numbers(count) / 8;
    },
    open() {
      arithmetic ??=
        choice === "plain"
          ? plainArithmetic(new Float64Array(room.bytes / 8))
          : vectorArithmetic(choice, room);
      return arithmetic;
    },
  };
}
