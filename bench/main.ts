/**
 * Measures our paths against those of others, interleaved, and prints medians of the ratios: see `npm run bench -- --help`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { rasterize } from "../src/io/raster.js";
import { readText } from "../src/io/read-text.js";
import { attentionCases } from "./cases/attention.js";
import { b0Cases } from "./cases/b0.js";
import type { Case, Line } from "./cases/case.js";
import { densityCases } from "./cases/density.js";
import { ensembleCases } from "./cases/ensemble.js";
import { scalingCases } from "./cases/scaling.js";
import { shtCases } from "./cases/sht.js";
import { changes } from "./compare.js";
import { natives } from "./timing/native.js";
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

try {
  const before = flags.against === undefined ? null : readReport(flags.against);
  const context = {
    natives: natives(),
    timing: flags.quick ? { rounds: 5, turn: 0.02 } : { rounds: 15, turn: 0.05 },
  };
  const lines: Record<string, Line> = {};
  for (const one of (flags.only ?? Object.keys(GROUPS)).flatMap((group) => GROUPS[group])) {
    process.stderr.write(`${one.key}\n`);
    lines[one.key] = await one.measure(context);
  }
  const report = reportOf(factsOf(context.natives, new Date()), lines);
  await write(report);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : reportTable(report));
  if (before) (flags.json ? process.stderr : process.stdout).write(`\n${changes(before, report)}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** A report to compare with. */
function readReport(file: string): Report {
  const report = JSON.parse(readText(file)) as Partial<Report> | null;
  if (!report?.quartiles) throw new Error(`${file} is no bench.json: it has no quartiles`);
  return report as Report;
}

/** out/bench: the report as JSON and, where it has ratios, as a picture. */
async function write(report: Report): Promise<void> {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
  const svg = reportPlot(report);
  const raster = await rasterize(svg);
  writeFileSync(join(out, "bench.svg"), svg);
  if ("png" in raster) writeFileSync(join(out, "bench.png"), raster.png);
}
