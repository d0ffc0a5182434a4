import { randomUUID } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "./file-error.js";
import { isAlive, thisProcess, type Owner } from "./owner.js";

/** The file that says who works in a directory. */
export const LOCK = "lock.json";

type Holder = Owner & { readonly since: string; readonly key: string };

export interface Lock {
  /** Gives the directory back, if it is still ours. Does not fail. */
  release(): void;
}

/**
 * Takes the lock of a directory, also from an owner that is dead. Gives its holder instead when that one still works
 * there. Throws what the file system throws.
 */
export async function takeLock(
  directory: string,
): Promise<{ readonly lock: Lock } | { readonly holder: Holder }> {
  const path = join(directory, LOCK);
  const mine: Holder = { ...thisProcess(), since: new Date().toISOString(), key: randomUUID() };
  const draft = join(directory, `.${LOCK}.${mine.key}`);
  try {
    await writeFile(draft, JSON.stringify(mine) + "\n", { flag: "wx" });
    for (;;) {
      try {
        // A link appears whole or not at all, and never over another one.
        await link(draft, path);
        return { lock: { release: () => giveBack(path, mine.key) } };
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        // Given back in this moment: try again.
        if (codeOf(error) === "ENOENT") return null;
        throw error;
      });
      if (text === null) continue;
      const holder = parseHolder(text);
      if (holder && isAlive(holder)) return { holder };
      await removeStale(path, text, `${draft}.stale`);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes a dead owner's lock away, but puts it back if somebody else was faster and it is a new one. */
async function removeStale(path: string, text: string, aside: string): Promise<void> {
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== text) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function giveBack(path: string, key: string): void {
  try {
    if (parseHolder(readFileSync(path, "utf8"))?.key === key) rmSync(path, { force: true });
  } catch {
    // It is gone, or cannot be reached any more: then it is not ours to remove.
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const found = JSON.parse(text) as Partial<Holder> | null;
    return typeof found?.pid === "number" && typeof found.host === "string" ? (found as Holder) : null;
  } catch {
    return null;
  }
}
