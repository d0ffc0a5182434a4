import { ConfigError } from "../config/contract/config-error.js";
import type { Claim } from "../studies/claim.js";
import { EVERYTHING } from "../validation/everything.js";
import { environment, manifest } from "../io/manifest.js";
import { writeResult } from "../io/run-record.js";
import { CLAIM_COLUMNS, claimJson, claimRow } from "./claim-table.js";
import { table } from "./table.js";

export interface ValidateFlags {
  readonly only?: readonly string[];
  readonly out?: string;
}

/**
 * `commonnoise validate`: every claim at full size, each shown on standard error as it comes, the table at the end. 0 when
 * all hold, 1 when one fails.
 */
export async function validateCommand({ only, out }: ValidateFlags): Promise<number> {
  const names = EVERYTHING.map(({ name }) => name);
  for (const name of only ?? []) {
    if (!names.includes(name)) {
      throw new ConfigError(`--only: there is no group "${name}"; want ${names.join(", ")}`);
    }
  }
  const started = new Date();
  const claims: Claim[] = [];
  for (const group of EVERYTHING) {
    if (only && !only.includes(group.name)) continue;
    for (const claim of group.claims()) {
      claims.push(claim);
      const seconds = ((Date.now() - started.getTime()) / 1000).toFixed(0).padStart(5);
      process.stderr.write(`${seconds} s  ${group.name}: ${claimRow(claim).join(" | ")}\n`);
    }
  }
  const text = table(CLAIM_COLUMNS, claims.map(claimRow));
  const failed = claims.filter(({ verdict }) => verdict === "fails").length;
  process.stdout.write(`${text}\n${claims.length - failed} claims hold, ${failed} fail.\n`);
  if (out) {
    const result = {
      claims: claims.map(claimJson),
      manifest: manifest({ config: { only: only ?? names }, seed: "fixed by each claim" }),
    };
    await writeResult(out, {
      result,
      environment: environment(started, new Date()),
      texts: { "claims.txt": text },
    });
  }
  return failed === 0 ? 0 : 1;
}
