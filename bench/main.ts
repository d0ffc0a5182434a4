/**
 * Measures our paths against those of others, interleaved, and prints medians of the ratios: see `npm run bench -- --help`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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

const home = fileURLToPath(new URL("../../out/bench", import.meta.url));

interface Flags {
  readonly json?: true;
  readonly only?: readonly string[];
  readonly quick?: true;
  readonly against?: Report;
  readonly out: string;
}

const groups = (text: string): readonly string[] => {
  const names = text.split(",");
  const unknown = names.find((name) => !Object.hasOwn(GROUPS, name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is none of ${Object.keys(GROUPS).join(", ")}.`);
  }
  return names;
};

/** A report to compare with. */
const reportIn = (file: string): Report => {
  try {
    const report = JSON.parse(readText(file)) as Partial<Report> | null;
    if (report?.quartiles) return report as Report;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  throw new InvalidArgumentError("It is no bench.json, which has quartiles.");
};

const flags = new Command("bench")
  .description("measure our paths against C, libsharp and numpy, where they are installed")
  .option("--json", "print one JSON object and nothing else")
  .option("--only <groups>", `only these, with commas between: ${Object.keys(GROUPS).join(", ")}`, groups)
  .option("--quick", "fewer and shorter rounds: wider quartiles")
  .option("--against <file>", "show what changed since a bench.json", reportIn)
  .option("--out <folder>", "where bench.json and the picture go", home)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Flags>();

try {
  const context = {
    natives: natives(),
    timing: flags.quick ? { rounds: 5, turn: 0.02, warm: 0.2 } : { rounds: 15, turn: 0.05, warm: 0.4 },
  };
  const lines: Record<string, Line> = {};
  for (const one of (flags.only ?? Object.keys(GROUPS)).flatMap((group) => GROUPS[group])) {
    process.stderr.write(`${one.key}\n`);
    lines[one.key] = await one.measure(context);
  }
  const report = reportOf(factsOf(context.natives, new Date()), lines);
  await write(report, flags.out);
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : reportTable(report));
  if (flags.against)
    (flags.json ? process.stderr : process.stdout).write(`\n${changes(flags.against, report)}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** The report as JSON and, where it has ratios, as a picture in place of the last. */
async function write(report: Report, out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "bench.json"), `${JSON.stringify(report, null, 2)}\n`);
  for (const picture of ["bench.svg", "bench.png"]) rmSync(join(out, picture), { force: true });
  const svg = reportPlot(report);
  if (svg === null) return;
  writeFileSync(join(out, "bench.svg"), svg);
  const raster = await rasterize(svg);
  if ("png" in raster) writeFileSync(join(out, "bench.png"), raster.png);
}
