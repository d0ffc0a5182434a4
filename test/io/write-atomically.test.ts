import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fileError, writeAtomically } from "../../src/io/write-atomically.js";

const rename = vi.hoisted(() => ({ fail: "" }));
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    rename: async (from: string, to: string) => {
      if (rename.fail) throw Object.assign(new Error("refused"), { code: rename.fail });
      return real.rename(from, to);
    },
  };
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "commonnoise-test-"));
});
afterEach(async () => {
  rename.fail = "";
  await rm(directory, { recursive: true });
});

describe("writing atomically", () => {
  it("writes text and bytes, replaces what was there, and leaves nothing beside it", async () => {
    const path = join(directory, "a.txt");
    await writeAtomically(path, "first");
    await writeAtomically(path, Uint8Array.of(0xce, 0xb7));
    expect(await readFile(path, "utf8")).toBe("η");
    expect(await readdir(directory)).toEqual(["a.txt"]);
  });

  it("keeps the old file and no half-written new one when the disk fills up", async () => {
    const path = join(directory, "a.txt");
    await writeFile(path, "old");
    rename.fail = "ENOSPC";
    await expect(writeAtomically(path, "new")).rejects.toThrow(`Could not write ${path}: the disk is full.`);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(directory)).toEqual(["a.txt"]);
  });

  it("says in one sentence that the directory is missing, or that a directory stands in its place", async () => {
    const lost = join(directory, "no", "a.txt");
    await expect(writeAtomically(lost, "x")).rejects.toThrow(/its directory does not exist\.$/);
    const path = join(directory, "b");
    await mkdir(path);
    await expect(writeAtomically(path, "x")).rejects.toThrow(/Could not write .*: it is a directory\.$/);
    expect(await readdir(directory)).toEqual(["b"]);
  });

  it("keeps the cause and names reasons it does not know", () => {
    const cause = new Error("strange");
    expect(fileError("p", cause).message).toBe("Could not write p: strange.");
    expect(fileError("p", cause).cause).toBe(cause);
  });
});
