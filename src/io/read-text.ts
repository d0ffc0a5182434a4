import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The text of a file a user named. The error is one sentence with the path in it. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new RangeError(`${path}: cannot be read: ${reasonOf(error)}`);
  }
}

/** Why a file could not be read, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "there is no such file";
  return code === "EISDIR" ? "it is a directory" : String(error);
}

/** `path` as seen from the directory of the file that names it. */
export const besideFile = (file: string, path: string): string => resolve(dirname(file), path);
