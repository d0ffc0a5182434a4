/**
 * Measures our paths against those of others, interleaved, and prints medians of the ratios: see `npm run bench -- --help`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { attentionCases } from "./cases/attention.js";
import { b0Cases } from "./cases/b0.js";
import type { Case, Line } from "./cases/case.js";
import { densityCases } from "./cases/density.js";
import { ensembleCases } from "./cases/ensemble.js";
import { scalingCases } from "./cases/scaling.js";
import { shtCases } from "./cases/sht.js";
import { changes } from "./compare.js";
import { natives } from "./native.js";
import { reportPlot } from "./plot.js";
import { factsOf, reportOf, type Report } from "./report.js";
import { reportTable } from "./table.js";

const GROUPS: Readonly<Record<string, readonly Case[]>> = {
  sht: shtCases,
  attention: attentionCases,
  b0: b0Cases,
  density: densityCases,
  ensemble: ensembleCases,
  scaling: scalingCases,
};

const out = fileURLToPath(new URL("../../out/bench", import.meta.url));

interface Flags {
  readonly json?: true;
  readonly only?: readonly string[];
  readonly quick?: true;
  readonly against?: string;
}

const groups = (text: string): readonly string[] => {
  const names = text.split(",");
  const unknown = names.find((name) => !(name in GROUPS));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is none of ${Object.keys(GROUPS).join(", ")}.`);
  }
  return names;
};

const flags = new Command("bench")
  .description("measure our paths against C, libsharp and numpy, where they are installed; writes out/bench")
  .option("--json", "print one JSON object and nothing else")
  .option("--only <groups>", `only these, with commas between: ${Object.keys(GROUPS).join(", ")}`, groups)
  .option("--quick", "fewer and shorter rounds: wider quartiles")
  .option("--against <file>", "show what changed since a bench.json")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Flags>();

const before =
  flags.against === undefined ? null : (JSON.parse(readFileSync(flags.against, "utf8")) as Report);
const context = {
  natives: natives(),
  timing: flags.quick ? { rounds: 5, turn: 0.02 } : { rounds: 15, turn: 0.05 },
};
const lines: Record<string, Line> = {};
for (const group of flags.only ?? Object.keys(GROUPS)) {
  for (const one of GROUPS[group]) {
    process.stderr.write(`${one.key}\n`);
    lines[one.key] = await one.measure(context);
  }
}
const report = reportOf(factsOf(context.natives, new Date()), lines);
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(join(out, "bench.svg"), reportPlot(report));
process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : reportTable(report));
if (before) process.stdout.write(flags.json ? "" : `\n${changes(before, report)}`);
