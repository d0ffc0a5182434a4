/**
 * Compiles the kernels and writes each, as text that a module can carry, to src/kernels/embedded: twice, for engines alike and
 * with relaxed SIMD. `--check` writes nothing and fails where a file is not what its source gives.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../src/kernels/embedded/", import.meta.url));

/** The sources that are modules of their own; what else lies here is shared by them. */
const SHARED = [
  "exp.ts",
  "exp2.ts",
  "fourier.ts",
  "legendre-sums.ts",
  "multiply-add.ts",
  "ring-spectrum.ts",
  "sphere-plan.ts",
];
const FLAGS = ["-O3", "--noAssert", "--runtime", "stub", "--importMemory", "--enable", "simd"];
const FIRST_FREE_BYTE = ["--memoryBase", "1024"];

/** The module's bytes, in base64. */
async function compile(file, extra) {
  let binary;
  const { error, stderr } = await asc.main(
    [file, "--outFile", "kernel.wasm", ...FLAGS, ...FIRST_FREE_BYTE, ...extra],
    {
      readFile: (name) => {
        try {
          return readFileSync(resolve(here, name), "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${file}: ${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary).toString("base64");
}

const camel = (name) => name.replace(/-./g, (dash) => dash[1].toUpperCase());

const text = (name, simd, fma) => `import type { Embedded } from "./embedded.js";

/** Compiled from assembly/${name}.ts by \`npm run kernels\`. */
export const ${camel(name)}: Embedded = {
  simd: "${simd}",
  fma: "${fma}",
};
`;

const checking = process.argv.includes("--check");
const sources = readdirSync(here).filter((file) => file.endsWith(".ts") && !SHARED.includes(file));
mkdirSync(target, { recursive: true });
for (const file of sources) {
  const name = file.replace(/\.ts$/, "");
  const made = text(name, await compile(file, []), await compile(file, ["--enable", "relaxed-simd"]));
  const to = join(target, `${name}.ts`);
  if (!checking) writeFileSync(to, made);
  else if (readFileSync(to, "utf8") !== made) {
    process.stderr.write(
      `src/kernels/embedded/${name}.ts is not what assembly/${file} gives: npm run kernels\n`,
    );
    process.exitCode = 1;
  }
}
