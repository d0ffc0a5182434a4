import { ConfigError } from "../config/contract/config-error.js";
import { runPool } from "../experiments/pool/pool.js";
import { stopSentence, type Stop } from "../experiments/stop.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { environment, identity } from "../io/manifest.js";
import { reserve } from "../io/reservation.js";
import type { PlainResult } from "../io/run-record.js";
import { openWorker } from "../io/worker.js";
import type { Block } from "../studies/blocks.js";
import { EVERYTHING } from "../validation/everything.js";
import { CLAIM_COLUMNS, claimJson, claimRow, type ClaimJson } from "./claim-table.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { endOf } from "./in-parts.js";
import { table } from "./table.js";
import { workersOf, type WorkerFlags } from "./workers.js";
import type { ValidatePart } from "./validate-worker.js";

export interface ValidateFlags extends ResultFlags, WorkerFlags {
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
  const workers = workersOf(flags);
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
    const found = await compute(only, started, workers, interrupts);
    if (!found) return NOTHING_KEPT;
    const { claims, stopped } = found;
    const result: ValidateJson = { claims, manifest: facts, ...(stopped && { stopped }) };
    const text = validateText(result);
    return await deliver({
      flags,
      reservation,
      result,
      environment: environment(started, new Date(), workers),
      texts: { "claims.txt": text },
      text,
      sentences: stopped ? [stopSentence(stopped)] : [],
      code: codeOf(result),
    });
  } finally {
    reservation?.release();
  }
}

/** The groups on threads; the claims that came until they ended, however that is, group by group. Null when there are none. */
async function compute(
  groups: readonly string[],
  started: Date,
  workers: number,
  interrupts: Interrupts,
): Promise<Pick<ValidateJson, "claims" | "stopped"> | null> {
  const claims = new Map<string, ValidateJson["claims"][number][]>(groups.map((group) => [group, []]));
  const counts = { begun: 0, whole: 0 };
  const pooled = await runPool<Block, undefined, ValidatePart>({
    open: () => openWorker(new URL("./validate-worker.js", import.meta.url)),
    input: groups,
    workers,
    join: (left, right) => ({ ...right, from: left.from }),
    hold: (stop) => interrupts.hold(stop),
    onInterrupt: "parts",
    onPart(_, part) {
      if (typeof part === "string") {
        counts[part]++;
        return;
      }
      const claim = claimJson(part.claim);
      claims.get(part.group)!.push({ group: part.group, ...claim });
      const seconds = ((Date.now() - started.getTime()) / 1000).toFixed(0).padStart(5);
      process.stderr.write(`${seconds} s  ${part.group}: ${claimRow(claim).join(" | ")}\n`);
    },
  });
  if (!pooled) return null;
  const found = [...claims.values()].flat();
  const open = counts.begun - counts.whole;
  const far = {
    done: counts.begun,
    of: groups.length,
    unit: `groups (${open === 1 ? "the last" : `${open} of them`} unfinished; ${found.length} claims)`,
  };
  const stopped = endOf(pooled, found.length > 0 ? far : null);
  return stopped === null ? null : { claims: found, stopped };
}

const failures = ({ claims }: ValidateJson): number =>
  claims.filter(({ verdict }) => verdict === "fails").length;

const codeOf = (result: ValidateJson): number => (result.stopped ? KEPT : failures(result) > 0 ? 1 : 0);

function validateText(result: ValidateJson): string {
  const { claims } = result;
  const failed = failures(result);
  return `${table(CLAIM_COLUMNS, claims.map(claimRow))}\n${claims.length - failed} claims hold, ${failed} fail.\n`;
}
