import type { Stop } from "../experiments/stop.js";
import { stableJson, type Json } from "../io/json.js";
import type { PlainResult } from "../io/run-record.js";
import { CLAIM_COLUMNS, claimLines, claimRow, type ClaimJson } from "./claim-table.js";
import { table } from "./table.js";

/** What run.json holds of a figure and --json prints. */
export type FigureJson = PlainResult & {
  readonly figure: string;
  readonly size: string;
  readonly caption: string;
  readonly claims: readonly ClaimJson[];
  readonly parameters: Json;
  /** The numbers behind the marks: columns of one length by table, as they stand in the files. */
  readonly tables: Json;
  /** Set when it ended early: nothing is drawn or judged then, and the tables end where the work did. */
  readonly stopped?: Stop;
};

/** What a terminal shows. */
export const figureText = ({ caption, claims }: FigureJson): string =>
  `${caption}\n\n` + (claims.length > 0 ? `${table(CLAIM_COLUMNS, claims.map(claimRow))}\n` : "");

export const unfinishedCaption = (name: string, { done, of, unit }: Stop): string =>
  `Unfinished: ${name} ended after ${done} of ${of} ${unit}. The tables hold what was computed until then; nothing is drawn and no claim is judged.`;

/** What stands in caption.md: the caption with what it takes to judge and to redo the figure. */
export const captionText = (
  { figure, size, caption, claims, parameters, manifest }: FigureJson,
  seconds: number,
): string =>
  [
    `# ${figure}`,
    "",
    caption,
    "",
    `Size: ${size}. Seed: "${manifest.seed}". Runtime: ${seconds.toFixed(1)} s. Parameters:`,
    "",
    "```json",
    stableJson(parameters),
    "```",
    ...(claims.length > 0 ? ["", ...claimLines(claims)] : []),
    "",
  ].join("\n");
