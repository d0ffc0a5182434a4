import { csvParse, csvParseRows } from "d3-dsv";
import { expect } from "vitest";
import type { Columns } from "../../src/io/csv.js";

/**
 * Reads a table with another program's parser: every row has as many cells as the header, the header loses no name, and
 * every cell is what was written, numbers to the bit.
 */
export function checkReadBack(text: string, columns: Columns): void {
  const names = Object.keys(columns);
  const rows = csvParseRows(text);
  expect(rows[0]).toEqual(names);
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([names.length]));
  const parsed = csvParse(text);
  expect(parsed.columns).toEqual(names);
  for (const name of names) {
    expect(parsed.length).toBe(columns[name].length);
    parsed.forEach((row, i) => {
      const cell = columns[name][i];
      const read = typeof cell === "number" ? Number(row[name]) : row[name];
      if (!Object.is(read, cell ?? "")) throw new Error(`${name}, row ${i}: "${row[name]}" for ${cell}`);
    });
  }
}

/** The columns of a file, as text. Throws unless all rows have as many cells as the header. */
export function readTable(text: string): Record<string, string[]> {
  const [header, ...rows] = csvParseRows(text);
  expect(new Set(header).size).toBe(header.length);
  rows.forEach((row, i) => {
    if (row.length !== header.length) throw new Error(`row ${i}: ${row.length} cells of ${header.length}`);
  });
  return Object.fromEntries(header.map((name, c) => [name, rows.map((row) => row[c])]));
}
