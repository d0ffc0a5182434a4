import type { Claim } from "../studies/claim.js";

export const CLAIM_COLUMNS = ["claim", "value", "interval", "wanted", "verdict"] as const;

type JsonBounds = readonly [low: number | null, high: number | null];

/** A claim as it is written to JSON, which has no infinity: a bound that is not there is null, and so is a value. */
export type ClaimJson = {
  readonly claim: string;
  readonly value: number | null;
  readonly interval: JsonBounds | null;
  readonly wanted: JsonBounds;
  readonly verdict: Claim["verdict"];
};

const finite = (v: number | null): number | null => (v !== null && Number.isFinite(v) ? v : null);
const finiteBounds = ([low, high]: JsonBounds): JsonBounds => [finite(low), finite(high)];

/** A claim as JSON; one that is already is the same again. */
export const claimJson = ({ claim, value, interval, wanted, verdict }: Claim | ClaimJson): ClaimJson => ({
  claim,
  value: finite(value),
  interval: interval && finiteBounds(interval),
  wanted: finiteBounds(wanted),
  verdict,
});

/** Four digits. */
const number = (v: number): string => String(Number(v.toPrecision(4)));

const range = ([low, high]: JsonBounds): string =>
  `[${low === null ? "−∞" : number(low)}, ${high === null ? "∞" : number(high)}]`;

/** A claim as a row of text: value (a dash where there is none, such as the slope of a missing fit), interval, wanted, verdict. */
export function claimRow(given: Claim | ClaimJson): string[] {
  const { claim, value, interval, wanted, verdict } = claimJson(given);
  return [
    claim,
    value === null ? "–" : number(value),
    interval === null ? "none" : range(interval),
    range(wanted),
    verdict === "holds" ? "holds" : "FAILS",
  ];
}

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** The same rows as the lines of a Markdown table, which does without the columns' widths. */
export const claimLines = (claims: readonly (Claim | ClaimJson)[]): string[] => [
  line(CLAIM_COLUMNS),
  line(CLAIM_COLUMNS.map(() => "---")),
  ...claims.map((claim) => line(claimRow(claim))),
];
