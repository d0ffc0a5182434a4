import { ConfigError, refuse } from "./contract/config-error.js";
import { quoted } from "./contract/path-name.js";
import { readJson } from "./read-json.js";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Rows of increments from a file's text: a JSON list of lists, or CSV (commas, semicolons or blanks; # comments). */
export function readIncrements(path: string, text: string): number[][] {
  const rows = text.trimStart().startsWith("[") ? jsonRows(path, text) : rowsOfText(text);
  if (!Array.isArray(rows) || rows.length === 0) {
    return refuse("noise.path", `${quoted(path)} holds no rows of numbers`);
  }
  rows.forEach((row: unknown, i) => {
    const bad = Array.isArray(row) ? row.findIndex((v) => typeof v !== "number" || !Number.isFinite(v)) : 0;
    if (bad >= 0) {
      refuse("noise.path", `row ${i + 1} of ${quoted(path)} has something that is not a finite number`);
    }
  });
  return rows as number[][];
}

function jsonRows(path: string, text: string): unknown {
  try {
    return readJson(text).value;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return refuse("noise.path", `${quoted(path)} is ${error.faults[0].message}`);
  }
}

/** Rows of numbers (commas, semicolons or blanks; # comments); NaN where a cell is none. */
export const rowsOfText = (text: string): number[][] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s*[,;]\s*|\s+/).map((cell) => (NUMBER.test(cell) ? Number(cell) : NaN)));
