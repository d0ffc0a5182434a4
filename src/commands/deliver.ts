import type { Config } from "../config/config.js";
import { copiesOf } from "../io/array-files.js";
import { print } from "../io/print.js";
import { reserveBeside, type Reservation } from "../io/reservation.js";
import { resultFiles, runJson, type PlainResult, type RunJson, type RunRecord } from "../io/run-record.js";

/** Flags of every command with a result. */
export interface ResultFlags {
  readonly out?: string;
  readonly json?: boolean;
  /** Replaces a finished result of another configuration, or computes the same one again. */
  readonly force?: boolean;
  /** Runs although the estimate of time or memory is too large. */
  readonly yes?: boolean;
}

/** What a command has found. */
export interface Delivery extends RunRecord<RunJson | PlainResult> {
  readonly flags: ResultFlags;
  /** Where it is to be written. */
  readonly reservation: Reservation | null;
  /** What was run, where a configuration says so: copies of the files it was read with go beside the result. */
  readonly config?: Config;
  /** What a terminal shows. */
  readonly text: string;
  /** Said on standard error: how far it came, what failed. */
  readonly sentences?: readonly string[];
  readonly code: number;
}

/** The exit code of results that are kept although not all went well. */
export const KEPT = 3;

/**
 * Writes and prints a result; gives the exit code. A result that was stopped never replaces a finished one: it is written
 * beside it. When it cannot be written, it is printed in full.
 */
export async function deliver(delivery: Delivery): Promise<number> {
  const { flags, reservation, result, config, text, sentences = [], code } = delivery;
  const said = [...sentences];
  let written: string | null = null;
  let unwritten = false;
  if (reservation) {
    try {
      const { copies, changed } = config ? copiesOf(config) : { copies: {}, changed: [] };
      const { files, remarks } = await resultFiles({ ...delivery, copies });
      const target =
        result.stopped !== undefined && reservation.replaces
          ? await reserveBeside(reservation, result.manifest)
          : reservation;
      await target.commit(files);
      written = target.directory;
      said.unshift(...remarks, ...changed);
    } catch (error) {
      unwritten = true;
      said.push(
        `${(error as Error).message.replace(/\.$/, "")}; the whole result stands on standard output.`,
      );
    } finally {
      reservation.release();
    }
  }
  const shown =
    flags.json || unwritten ? runJson(result) : written ? `${text}Written to ${written}.\n` : text;
  let unprinted = false;
  try {
    await print(shown);
  } catch (error) {
    unprinted = true;
    said.push((error as Error).message);
  }
  for (const sentence of said) process.stderr.write(`${sentence}\n`);
  if (unprinted) return written ? KEPT : 1;
  return unwritten ? KEPT : code;
}

/** Shows the same result that was finished earlier; gives its exit code. */
export async function showFinished(
  { directory, finished, release }: Reservation,
  flags: ResultFlags,
  { text, code }: { readonly text: string; readonly code: number },
): Promise<number> {
  release();
  process.stderr.write(
    `${directory} holds this result already, finished: it is shown here; --force computes it again.\n`,
  );
  await print(flags.json ? finished!.text : text);
  return code;
}
