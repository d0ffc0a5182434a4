import type { FigureHooks, Progress } from "../../../src/paper/figures/figure.js";
import { columnsOf, csv } from "../../../src/io/csv.js";
import { checkReadBack } from "../../io/read-back.js";
import type { Row } from "../../../src/paper/figures/rows.js";

/** What a figure hands over while it is computed. */
export function collected() {
  const tables: Record<string, Row[]> = {};
  let last: Progress | null = null;
  const hooks: FigureHooks = {
    onProgress: (progress) => (last = progress),
    keep: (table, rows) => (tables[table] ??= []).push(...rows),
  };
  return { hooks, tables, progress: (): Progress | null => last };
}

/** Every table as a file that another program reads back. */
export function checkTables(tables: Readonly<Record<string, readonly Row[]>>): void {
  for (const rows of Object.values(tables)) {
    const columns = columnsOf(rows);
    checkReadBack(csv(columns), columns);
  }
}
