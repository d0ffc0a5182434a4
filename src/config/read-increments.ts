import { ConfigError } from "./contract/config-error.js";

/** Rows of increments from a file's text: a JSON list of lists, or CSV (commas, semicolons or blanks; # comments). */
export function readIncrements(path: string, text: string): number[][] {
  const rows: unknown = text.trimStart().startsWith("[") ? parseJson(path, text) : rowsOfText(text);
  if (!Array.isArray(rows) || rows.length === 0)
    throw new ConfigError(`noise.path: "${path}" holds no rows of numbers`);
  rows.forEach((row: unknown, i) => {
    const bad = Array.isArray(row) ? row.findIndex((v) => typeof v !== "number" || !Number.isFinite(v)) : 0;
    if (bad >= 0)
      throw new ConfigError(
        `noise.path: row ${i + 1} of "${path}" has something that is not a finite number`,
      );
  });
  return rows as number[][];
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`noise.path: "${path}" is not valid JSON: ${(error as Error).message}`);
  }
}

/** Rows of numbers (commas, semicolons or blanks; # comments); NaN where a cell is none. */
export const rowsOfText = (text: string): number[][] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/\s*[,;]\s*|\s+/).map((cell) => (cell === "" ? NaN : Number(cell))));
