/**
 * Every number of docs/paper-weak-error.md, as the tables that stand there: weak errors of random transformers against
 * their limits, two tokens against their exact law (Koubbi, Geshkovski, Rigollet, arXiv:2604.01978).
 *
 * Runs in about half a minute: npm run -s build && node dist/examples/paper-weak-error.js quick
 * In several minutes, with more paths and depths: node dist/examples/paper-weak-error.js full
 */
import { pathToFileURL } from "node:url";
import type { Claim } from "../src/studies/claim.js";
import { odeClaims, regimeClaims, trajectoryClaims } from "../src/paper/claims/regimes.js";
import { twoTokenClaims } from "../src/paper/claims/two-tokens.js";
import { weakErrorClaims } from "../src/paper/claims/weak-error.js";

type Size = "quick" | "full";

const sections: readonly (readonly [string, (size: Size) => Claim[]])[] = [
  ["Stochastic limits", weakErrorClaims],
  ["Deterministic limits", (size) => [...odeClaims(size), ...trajectoryClaims(size)]],
  ["Regimes", regimeClaims],
  ["Two tokens", (size) => twoTokenClaims(size)],
];

const short = (v: number): string =>
  Math.abs(v) >= 1e9 ? (v < 0 ? "−∞" : "∞") : String(Number(v.toPrecision(4)));
const range = ([low, high]: readonly [number, number]): string => `[${short(low)}, ${short(high)}]`;

export function claimRow({ claim, value, interval, wanted, verdict }: Claim): string {
  const name = claim.replaceAll("|", "\\|");
  return `| ${name} | ${short(value)} | ${range(interval)} | ${range(wanted)} | ${verdict} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const size: Size = process.argv[2] === "full" ? "full" : "quick";
  for (const [title, claims] of sections) {
    console.log(
      `\n### ${title}\n\n| claim | value | interval | wanted | verdict |\n| --- | --- | --- | --- | --- |`,
    );
    for (const claim of claims(size)) console.log(claimRow(claim));
  }
}
