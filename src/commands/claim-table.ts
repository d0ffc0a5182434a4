import type { Json } from "../io/json.js";
import type { Claim } from "../studies/claim.js";

export const CLAIM_COLUMNS = ["claim", "value", "interval", "wanted", "verdict"] as const;

/** Four digits; a value that there is none of, such as the slope of a missing fit, is a dash. */
const number = (v: number): string => {
  if (Number.isNaN(v)) return "–";
  return Number.isFinite(v) ? String(Number(v.toPrecision(4))) : v < 0 ? "−∞" : "∞";
};

const range = ([low, high]: Claim["wanted"]): string => `[${number(low)}, ${number(high)}]`;

/** A claim as a row of text: value, interval, what was wanted, verdict. */
export const claimRow = ({ claim, value, interval, wanted, verdict }: Claim): string[] => [
  claim,
  number(value),
  interval[0] === interval[1] ? "exact" : range(interval),
  range(wanted),
  verdict === "holds" ? "holds" : "FAILS",
];

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** The same rows as the lines of a Markdown table, which does without the columns' widths. */
export const claimLines = (claims: readonly Claim[]): string[] => [
  line(CLAIM_COLUMNS),
  line(CLAIM_COLUMNS.map(() => "---")),
  ...claims.map((claim) => line(claimRow(claim))),
];

/** JSON has no infinity: a bound that is not there is null, and so is a value. */
const finite = (v: number): number | null => (Number.isFinite(v) ? v : null);

/** A claim as it is written to JSON. */
export const claimJson = ({ claim, value, interval, wanted, verdict }: Claim): Json => ({
  claim,
  value: finite(value),
  interval: interval.map(finite),
  wanted: wanted.map(finite),
  verdict,
});
