import type { Claim } from "../studies/claim.js";

export const CLAIM_COLUMNS = ["claim", "value", "interval", "wanted", "verdict"] as const;

const number = (v: number): string =>
  Number.isFinite(v) ? String(Number(v.toPrecision(4))) : v < 0 ? "−∞" : "∞";

const range = ([low, high]: readonly [number, number]): string =>
  low === high ? "exact" : `[${number(low)}, ${number(high)}]`;

/** A claim as a row of text: value, interval, what was wanted, verdict. */
export const claimRow = ({ claim, value, interval, wanted, verdict }: Claim): string[] => [
  claim,
  number(value),
  range(interval),
  `[${number(wanted[0])}, ${number(wanted[1])}]`,
  verdict === "holds" ? "holds" : "FAILS",
];
