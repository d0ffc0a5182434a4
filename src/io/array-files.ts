import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config/config.js";
import type { FileReference } from "../config/contract/file-arrays.js";
import { copyName, readFilesOf } from "../config/file-arrays.js";
import { digestOf } from "./read-arrays.js";

/** Where the file is that a configuration in `directory` names; in a result's record its copy beside that, where there is one. */
export function placeOf(reference: FileReference, directory: string, record: boolean): string {
  const copy = resolve(directory, copyName(reference));
  return record && existsSync(copy) ? copy : resolve(directory, reference.file);
}

/** Copies of the files that a configuration was read with, for the directory of its result; and which changed since. */
export function copiesOf(config: Config): { copies: Record<string, Uint8Array>; changed: string[] } {
  const copies: Record<string, Uint8Array> = {};
  const changed: string[] = [];
  for (const file of readFilesOf(config)) {
    const bytes = readAgain(file.source);
    if (bytes && digestOf(bytes) === file.sha256) copies[copyName(file)] = bytes;
    else
      changed.push(
        `${file.source} is no longer the file that was used: the result has its digest, and no copy.`,
      );
  }
  return { copies, changed };
}

/** The bytes of a file; null where there is none any more, or what is there cannot be read twice, such as a pipe. */
function readAgain(path: string): Uint8Array | null {
  try {
    return statSync(path).isFile() ? readFileSync(path) : null;
  } catch {
    return null;
  }
}
