import { ConfigError } from "../config/contract/config-error.js";
import { figure1 } from "../paper/figures/figure-1.js";
import { figure2 } from "../paper/figures/figure-2.js";
import { figure3 } from "../paper/figures/figure-3.js";
import { figure4 } from "../paper/figures/figure-4.js";
import type { FigureMaker, FigureResult } from "../paper/figures/figure.js";
import { environment, manifest } from "../io/manifest.js";
import type { Json } from "../io/json.js";
import { progressBar } from "../io/progress.js";
import { runJson, writeResult } from "../io/run-record.js";
import { CLAIM_COLUMNS, claimJson, claimLines, claimRow } from "./claim-table.js";
import { table } from "./table.js";

export interface FigureFlags {
  readonly out?: string;
  readonly quick?: boolean;
  readonly seed: string;
  readonly json?: boolean;
}

/** The figures of docs/paper.md, by number. */
const FIGURES: Readonly<Record<string, FigureMaker>> = {
  "1": figure1,
  "2": figure2,
  "3": figure3,
  "4": figure4,
};

/**
 * `commonnoise figure <number>`: writes picture, numbers (data.csv and state.npz) and caption.md. 0 when all of the
 * figure's claims hold, 1 when one fails; the files are written either way. Throws a ConfigError on an unknown figure.
 */
export async function figureCommand(number: string, flags: FigureFlags): Promise<number> {
  const make = FIGURES[number] as FigureMaker | undefined;
  if (!make) {
    throw new ConfigError(`figure: there is no figure "${number}"; want ${Object.keys(FIGURES).join(", ")}`);
  }
  const started = new Date();
  const size = flags.quick ? "quick" : "full";
  const directory = flags.out ?? `out/figure-${number}`;
  let bar: ReturnType<typeof progressBar> | undefined;
  const figure = make(size, flags.seed, (done, total) => {
    bar ??= progressBar(`figure ${number}`, total);
    bar.update(done);
  });
  bar?.stop();
  const ended = new Date();
  const { name, svg, claims, columns } = figure;
  const parameters = figure.parameters as Readonly<Record<string, Json>>;
  const result = {
    figure: name,
    size,
    caption: figure.caption,
    claims: claims.map(claimJson),
    manifest: manifest({ config: { figure: name, size, seed: flags.seed, parameters }, seed: flags.seed }),
  };
  const seconds = (ended.getTime() - started.getTime()) / 1000;
  const { files, remarks } = await writeResult(directory, {
    result,
    environment: environment(started, ended),
    state: Object.fromEntries(
      Object.entries(columns).map(([key, values]) => [
        key,
        { shape: [values.length], data: Float64Array.from(values) },
      ]),
    ),
    plots: { [name]: svg },
    texts: { "data.csv": longCsv(columns), "caption.md": captionText(figure, size, flags.seed, seconds) },
  });
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  if (flags.json) process.stdout.write(runJson(result));
  else {
    process.stdout.write(`${figure.caption}\n\n${table(CLAIM_COLUMNS, claims.map(claimRow))}`);
    process.stdout.write(`\nWritten to ${directory} in ${seconds.toFixed(1)} s: ${files.join(", ")}.\n`);
  }
  return claims.every(({ verdict }) => verdict === "holds") ? 0 : 1;
}

/** Columns side by side, short ones ending in empty cells; a number that is none is an empty cell too. */
function longCsv(columns: FigureResult["columns"]): string {
  const names = Object.keys(columns);
  const rows = names.reduce((most, name) => Math.max(most, columns[name].length), 0);
  const lines = [names.join(",")];
  for (let i = 0; i < rows; i++) {
    lines.push(
      names.map((name) => (Number.isFinite(columns[name][i]) ? String(columns[name][i]) : "")).join(","),
    );
  }
  return lines.join("\n") + "\n";
}

/** What stands in caption.md: the caption with what it takes to judge and to redo the figure. */
export function captionText(figure: FigureResult, size: string, seed: string, seconds: number): string {
  return [
    `# ${figure.name}`,
    "",
    figure.caption,
    "",
    `Size: ${size}. Seed: "${seed}". Runtime: ${seconds.toFixed(1)} s. Parameters:`,
    "",
    "```json",
    JSON.stringify(figure.parameters, null, 2),
    "```",
    "",
    ...claimLines(figure.claims),
    "",
  ].join("\n");
}
