import { rmdirSync, rmSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { codeOf, fileError } from "./file-error.js";
import { type Json, stableJson } from "./json.js";
import { LOCK, takeLock, type Lock } from "./lock.js";
import type { Identity } from "./manifest.js";
import { packageFacts } from "./package-facts.js";

/** Where files stand while not all of them are written. */
const PENDING = ".pending";

/** The file that comes last, so that a directory without it holds an unfinished result. */
const RESULT = "run.json";

/** What is kept free for the results: a full disk is found before the work. */
const RESERVED_BYTES = 2 ** 20;

/** A directory that cannot be had. The message is one sentence. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** A result that stands in a directory. */
export interface Stored {
  /** run.json as it is. */
  readonly text: string;
  readonly result: Readonly<Record<string, Json | undefined>>;
}

/** A directory that is kept for one result. */
export interface Reservation {
  readonly directory: string;
  /** The same result, finished, from an earlier time. */
  readonly finished: Stored | null;
  /** Whether the directory holds a finished result, which only a finished one may replace. */
  readonly replaces: boolean;
  /**
   * Puts all files there, in place of those of an earlier result, and gives the directory back. Nothing of the earlier one
   * is touched before the new one is written down. Throws one sentence when that fails.
   */
  commit(files: ReadonlyMap<string, string | Uint8Array>): Promise<void>;
  /** Gives the directory back without a result, and removes it if it was made for it. */
  release(): void;
}

/**
 * Reserves a directory for the result of `identity`, making it if need be, before any work is done: nobody else works there,
 * it can be written to, there is room, and what stands there is nothing, a result of the same configuration, an unfinished
 * one of it, or (with `force`) of another. Throws an OutputError for anything else.
 */
export async function reserve(directory: string, identity: Identity, force = false): Promise<Reservation> {
  const made = await makeDirectory(directory);
  const removeMade = (): void => {
    for (const path of made) {
      try {
        rmdirSync(path);
      } catch {
        return;
      }
    }
  };
  let lock: Lock;
  let earlier: Earlier;
  try {
    earlier = await inspect(directory, identity);
    lock = await locked(directory);
  } catch (error) {
    removeMade();
    throw error;
  }
  const pending = join(directory, PENDING);
  let given = false;
  const release = (): void => {
    if (given) return;
    given = true;
    process.off("exit", release);
    rmSync(pending, { recursive: true, force: true });
    lock.release();
    removeMade();
  };
  process.on("exit", release);
  try {
    // Again, now that nobody else can change it.
    earlier = await inspect(directory, identity);
    if (earlier.other !== null && !force) {
      throw new OutputError(
        `${directory} holds the result of another configuration (${earlier.other}): choose another directory, or --force, which replaces it once the new result is complete`,
      );
    }
    await rm(pending, { recursive: true, force: true });
    await mkdir(pending);
    await keepRoom(pending);
  } catch (error) {
    release();
    throw error instanceof OutputError ? error : refused(directory, error);
  }
  return {
    directory,
    finished: earlier.same && !force ? earlier.same : null,
    replaces: earlier.complete,
    async commit(files) {
      try {
        await rm(join(pending, ROOM), { force: true });
        for (const [name, content] of files) await writeWhole(join(pending, name), content);
        // From here on until the last file is there, it is an unfinished result, whatever comes.
        await rm(join(directory, RESULT), { force: true });
        for (const name of earlier.files) {
          if (!files.has(name)) await rm(join(directory, name), { force: true });
        }
        for (const name of files.keys()) await rename(join(pending, name), join(directory, name));
        made.length = 0;
      } catch (error) {
        throw fileError(directory, error);
      } finally {
        release();
      }
    },
    release,
  };
}

/**
 * Reserves a directory beside another, `DIR-stopped`, for a result that may not replace the one there, nor any other that is
 * finished. Throws an OutputError when the hundredth is not to be had either.
 */
export async function reserveBeside({ directory }: Reservation, identity: Identity): Promise<Reservation> {
  for (let n = 1; ; n++) {
    try {
      const beside = await reserve(`${resolve(directory)}-stopped${n > 1 ? `-${n}` : ""}`, identity);
      if (!beside.replaces) return beside;
      beside.release();
    } catch (error) {
      if (!(error instanceof OutputError) || n >= 100) throw error;
    }
  }
}

const refused = (directory: string, error: unknown): OutputError =>
  new OutputError(fileError(directory, error).message.replace(/\.$/, ""), { cause: error });

/** Makes the directory and those above it that are missing, one by one; gives those made, the lowest first. */
async function makeDirectory(directory: string): Promise<string[]> {
  const missing: string[] = [];
  const made: string[] = [];
  let at = resolve(directory);
  try {
    for (;;) {
      try {
        const found = await stat(at);
        if (!found.isDirectory())
          throw new OutputError(`${directory} is not a directory: choose another name`);
        break;
      } catch (error) {
        if (codeOf(error) !== "ENOENT" || dirname(at) === at) throw error;
        missing.unshift(at);
        at = dirname(at);
      }
    }
    for (const path of missing) {
      try {
        await mkdir(path);
        made.unshift(path);
      } catch (error) {
        // Somebody else may have made it in this moment.
        if (codeOf(error) !== "EEXIST" || !(await stat(path)).isDirectory()) throw error;
      }
    }
    return made;
  } catch (error) {
    for (const path of made) rmdirSync(path);
    throw error instanceof OutputError ? error : refused(directory, error);
  }
}

async function locked(directory: string): Promise<Lock> {
  let taken: Awaited<ReturnType<typeof takeLock>>;
  try {
    taken = await takeLock(directory);
  } catch (error) {
    throw refused(directory, error);
  }
  if ("lock" in taken) return taken.lock;
  const { pid, host, since } = taken.holder;
  throw new OutputError(
    `${directory} is in use by process ${pid} on ${host} since ${since}: wait for it, or choose another directory`,
  );
}

/** What stands in a directory. */
interface Earlier {
  /** Its own files, which a new result replaces. */
  readonly files: readonly string[];
  readonly complete: boolean;
  /** The finished result of the same configuration. */
  readonly same: Stored | null;
  /** What is different about the result that stands there; null when it is none, or of the same configuration. */
  readonly other: string | null;
}

/** Throws an OutputError for a directory with anything in it that is no result of this package. */
async function inspect(directory: string, identity: Identity): Promise<Earlier> {
  let present: string[];
  try {
    present = await readdir(directory);
  } catch (error) {
    throw refused(directory, error);
  }
  const ours = new Set([LOCK, PENDING]);
  const nothing: Earlier = { files: [], complete: false, same: null, other: null };
  if (present.every((name) => ours.has(name) || name.startsWith(`.${LOCK}.`))) return nothing;
  const files = await filesOfResult(directory);
  if (!files) {
    throw new OutputError(
      `${directory} is not empty and holds no result of ${packageFacts().name}: choose another directory`,
    );
  }
  const stored = await readStored(directory);
  if (!stored) return { ...nothing, files };
  const complete = stored.result.stopped === undefined;
  const other = difference(stored.result.manifest, identity);
  return { files, complete, other, same: complete && other === null ? stored : null };
}

/** The first setting that differs, as "model.beta: 1 there, 2 here"; null when all agree. */
function difference(there: Json | undefined, here: Identity): string | null {
  const walk = (a: Json | undefined, b: Json | undefined, path: string): string | null => {
    if (isRecord(a) && isRecord(b)) {
      for (const key of [...new Set([...Object.keys(b), ...Object.keys(a)])].sort()) {
        const found = walk(a[key], b[key], path ? `${path}.${key}` : key);
        if (found) return found;
      }
      return null;
    }
    const [one, two] = [a, b].map((v) => (v === undefined ? "nothing" : stableJson(v, 0)));
    return one === two ? null : `${path}: ${short(one)} there, ${short(two)} here`;
  };
  const facts = isRecord(there) ? there : {};
  const { package: from, command, config, seed } = facts;
  return (
    walk(command, here.command, "command") ??
    walk(config, here.config, "") ??
    walk(seed, here.seed, "seed") ??
    walk(from, here.package, "package")
  );
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}...` : text);

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** The files that a manifest of this package lists; null when there is no such manifest. */
async function filesOfResult(directory: string): Promise<string[] | null> {
  const found = await readJson(join(directory, "manifest.json"));
  const { package: from, files } = (found?.value ?? {}) as { package?: { name?: unknown }; files?: unknown };
  if (from?.name !== packageFacts().name || !Array.isArray(files)) return null;
  return files.filter(isFileName);
}

async function readStored(directory: string): Promise<Stored | null> {
  const found = await readJson(join(directory, RESULT));
  return found && isRecord(found.value) ? { text: found.text, result: found.value } : null;
}

async function readJson(path: string): Promise<{ text: string; value: Json } | null> {
  try {
    const text = await readFile(path, "utf8");
    return { text, value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}

export const isFileName = (name: unknown): name is string =>
  typeof name === "string" && /^[\w][\w .()+-]*$/.test(name) && name !== LOCK;

/** Takes the room that results will need. */
const ROOM = "room";
const keepRoom = (pending: string): Promise<void> =>
  writeWhole(join(pending, ROOM), new Uint8Array(RESERVED_BYTES));

/** A new file, flushed to disk. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
