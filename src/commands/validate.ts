import { ConfigError } from "../config/contract/config-error.js";
import { stopSentence, type Stop } from "../experiments/stop.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { environment, identity } from "../io/manifest.js";
import { reserve } from "../io/reservation.js";
import type { PlainResult } from "../io/run-record.js";
import { EVERYTHING } from "../validation/everything.js";
import { CLAIM_COLUMNS, claimJson, claimRow, type ClaimJson } from "./claim-table.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { inParts } from "./in-parts.js";
import { table } from "./table.js";
import type { ValidatePart } from "./validate-worker.js";

export interface ValidateFlags extends ResultFlags {
  readonly only?: readonly string[];
}

/** What run.json holds and --json prints. */
type ValidateJson = PlainResult & {
  readonly claims: readonly (ClaimJson & { readonly group: string })[];
  readonly stopped?: Stop;
};

/**
 * `commonnoise validate`: every claim at full size, each shown on standard error as it comes, the table at the end. 0 when
 * all hold, 1 when one fails, 3 when it ended early with the claims until then. Throws a ConfigError for a group that there
 * is not.
 */
export async function validateCommand(
  flags: ValidateFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  interrupts.hold();
  const all = EVERYTHING.map(({ name }) => name);
  for (const name of flags.only ?? []) {
    if (!all.includes(name)) {
      throw new ConfigError(`--only: there is no group "${name}"; want ${all.join(", ")}`);
    }
  }
  const only = all.filter((name) => flags.only?.includes(name) ?? true);
  const started = new Date();
  const facts = identity({ command: "validate", config: { only }, seed: "fixed by each claim" });
  const reservation = flags.out === undefined ? null : await reserve(flags.out, facts, flags.force);
  try {
    if (reservation?.finished) {
      const stored = reservation.finished.result as unknown as ValidateJson;
      return await showFinished(reservation, flags, { text: validateText(stored), code: codeOf(stored) });
    }
    const found = await compute(only, started, interrupts);
    if (!found) return NOTHING_KEPT;
    const { claims, stopped } = found;
    const result: ValidateJson = { claims, manifest: facts, ...(stopped && { stopped }) };
    const text = validateText(result);
    return await deliver({
      flags,
      reservation,
      result,
      environment: environment(started, new Date()),
      texts: { "claims.txt": text },
      text,
      sentences: stopped ? [stopSentence(stopped)] : [],
      code: codeOf(result),
    });
  } finally {
    reservation?.release();
  }
}

/** The groups in a thread of its own; the claims that came until it ended, however that is. Null when there are none. */
async function compute(
  groups: readonly string[],
  started: Date,
  interrupts: Interrupts,
): Promise<Pick<ValidateJson, "claims" | "stopped"> | null> {
  const claims: ValidateJson["claims"][number][] = [];
  let begun = 0;
  const ended = await inParts<true, ValidatePart>(new URL("./validate-worker.js", import.meta.url), groups, {
    interrupts,
    onPart(part) {
      if ("begun" in part) {
        begun = part.begun;
        return;
      }
      const claim = claimJson(part.claim);
      claims.push({ group: part.group, ...claim });
      const seconds = ((Date.now() - started.getTime()) / 1000).toFixed(0).padStart(5);
      process.stderr.write(`${seconds} s  ${part.group}: ${claimRow(claim).join(" | ")}\n`);
    },
    far: () =>
      claims.length > 0
        ? { done: begun, of: groups.length, unit: `groups (the last unfinished; ${claims.length} claims)` }
        : null,
  });
  return ended && { claims, stopped: ended.stopped };
}

const failures = ({ claims }: ValidateJson): number =>
  claims.filter(({ verdict }) => verdict === "fails").length;

const codeOf = (result: ValidateJson): number => (result.stopped ? KEPT : failures(result) > 0 ? 1 : 0);

function validateText(result: ValidateJson): string {
  const { claims } = result;
  const failed = failures(result);
  return `${table(CLAIM_COLUMNS, claims.map(claimRow))}\n${claims.length - failed} claims hold, ${failed} fail.\n`;
}
