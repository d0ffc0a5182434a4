import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What the machine has to measure against; null where it is missing. */
export interface Natives {
  readonly gcc: string | null;
  readonly python: string | null;
  readonly numpy: string | null;
  /** Builds a program of bench/native; null where there is no compiler, or not what it links. */
  build(name: string, flags: readonly string[]): string | null;
}

const sources = fileURLToPath(new URL("../../bench/native", import.meta.url));
const target = fileURLToPath(new URL("../../out/bench/native", import.meta.url));

/** As a release of C is built for this machine, and as it is built for all. */
export const NATIVE = ["-O3", "-march=native", "-ffast-math"] as const;
export const O2 = ["-O2"] as const;

export function natives(): Natives {
  const gcc = firstLine("gcc", ["--version"]);
  const python = firstLine("python3", ["--version"]);
  const numpy = firstLine("python3", ["-c", "import numpy; print(numpy.__version__)"]);
  return {
    gcc,
    python,
    numpy,
    build(name, flags) {
      if (!gcc) return null;
      mkdirSync(target, { recursive: true });
      const program = join(target, [name, ...flags].join("").replace(/[^\w-]/g, ""));
      const libraries = name === "sharp" ? ["-lsharp"] : [];
      const argv = [...flags, join(sources, `${name}.c`), "-o", program, ...libraries, "-lm"];
      return spawnSync("gcc", argv).status === 0 ? program : null;
    },
  };
}

function firstLine(command: string, argv: readonly string[]): string | null {
  const { status, stdout } = spawnSync(command, argv, { encoding: "utf8" });
  return status === 0 ? stdout.split("\n")[0].trim() : null;
}
