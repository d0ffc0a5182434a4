/**
 * Every number in the tables of docs/paper-weak-error.md: weak errors of random transformers against their limits, two
 * tokens against their exact law (Koubbi, Geshkovski, Rigollet, arXiv:2604.01978).
 *
 * Runs in about half a minute: npm run -s build && node dist/examples/paper-weak-error.js quick
 * In a minute or two, with more paths and depths: node dist/examples/paper-weak-error.js full
 */
import { pathToFileURL } from "node:url";
import { claimLines } from "../src/commands/claim-table.js";
import type { Claim } from "../src/studies/claim.js";
import { odeClaims, regimeClaims, trajectoryClaims } from "../src/paper/claims/regimes.js";
import { twoTokenClaims } from "../src/paper/claims/two-tokens.js";
import { weakErrorClaims } from "../src/paper/claims/weak-error.js";

type Size = "quick" | "full";

const sections: readonly (readonly [string, (size: Size) => Claim[]])[] = [
  ["Stochastic limits", (size) => [...weakErrorClaims(size)]],
  ["Deterministic limits", (size) => [...odeClaims(size), ...trajectoryClaims(size)]],
  ["Regimes", regimeClaims],
  ["Two tokens", (size) => [...twoTokenClaims(size)]],
];

/** One table with its heading, in Markdown. */
export const section = (title: string, claims: readonly Claim[]): string =>
  ["", `### ${title}`, "", ...claimLines(claims)].join("\n");

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const size: Size = process.argv[2] === "full" ? "full" : "quick";
  for (const [title, claims] of sections) console.log(section(title, claims(size)));
}
