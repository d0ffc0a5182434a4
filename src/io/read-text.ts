import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isatty } from "node:tty";
import { quoted } from "../config/contract/path-name.js";
import { codeOf } from "./file-error.js";

/** Bytes of a file that are read. */
const LARGEST = 256 * 2 ** 20;

const PIECE = 2 ** 16;

/** What `-` stands for. */
const STANDARD_INPUT = 0;

/**
 * The text of a file a user named, `-` being standard input; a UTF-8 byte order mark is left out. Throws a RangeError of
 * one sentence with the path in it for what is not there, not text, or too large.
 */
export function readText(path: string): string {
  const refuse = (reason: string): never => {
    throw new RangeError(`${nameOf(path)}: cannot be read: ${reason}`);
  };
  let bytes: Uint8Array | null;
  try {
    bytes = path === "-" ? readAll(STANDARD_INPUT) : readFile(path);
  } catch (error) {
    return refuse(reasonOf(error));
  }
  if (bytes === null) return refuse(`it has more than ${LARGEST / 2 ** 20} MiB`);
  if (isUtf16(bytes)) return refuse("it is UTF-16; want UTF-8");
  if (bytes.includes(0)) return refuse("it is not text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("it is not text in UTF-8");
  }
}

/** Whether reading it may take for ever, as of a pipe to which nobody writes. */
export function mayBlock(path: string): boolean {
  try {
    return !(path === "-" ? fstatSync(STANDARD_INPUT) : statSync(path)).isFile();
  } catch {
    return false;
  }
}

/** `path` as seen from the directory of the file that names it; from standard input, from the working directory. */
export const besideFile = (file: string, path: string): string => resolve(dirname(file), path);

const nameOf = (path: string): string =>
  path === "-" ? "standard input" : /[\p{Cc}\p{Zl}\p{Zp}]/u.test(path) ? quoted(path) : path;

function readFile(path: string): Uint8Array | null {
  const file = openSync(path, "r");
  try {
    return readAll(file);
  } finally {
    closeSync(file);
  }
}

/** Everything in an open file or pipe; null where it is more than `LARGEST`. */
function readAll(file: number): Uint8Array | null {
  if (isatty(file)) throw new RangeError("it is a terminal; want a file or a pipe");
  if (fstatSync(file).size > LARGEST) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const piece = new Uint8Array(PIECE);
    const read = readPiece(file, piece);
    if (read === 0) return Buffer.concat(pieces, length);
    if ((length += read) > LARGEST) return null;
    pieces.push(piece.subarray(0, read));
  }
}

/** Milliseconds to wait for a pipe that has nothing yet. */
const WAIT = 10;

function readPiece(file: number, piece: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, piece);
    } catch (error) {
      if (codeOf(error) === "EOF") return 0;
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT);
    }
  }
}

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EISDIR", "it is a directory"],
  ["EACCES", "it may not be read by this user"],
  ["ENAMETOOLONG", "its name is too long"],
]);

/** Why a file could not be read, in words. */
export const reasonOf = (error: unknown): string => REASONS.get(codeOf(error)) ?? (error as Error).message;
