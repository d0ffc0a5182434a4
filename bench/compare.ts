import { table } from "../src/commands/table.js";
import { rowsOf, type Row } from "./table.js";
import type { Report } from "./report.js";

/** Rows of both reports: before, now, their ratio, and a mark where the quartiles do not meet. */
export function changes(before: Report, now: Report): string {
  const old = new Map(rowsOf(before).map((row) => [nameOf(row), row]));
  const rows = rowsOf(now).flatMap((row) => {
    const was = old.get(nameOf(row));
    if (!was || was.value === null || row.value === null) return [];
    return [[row.key, row.name, was.value, row.value, row.value / was.value, apart(was, row) ? "*" : ""]];
  });
  return table(["case", "what", "before", "now", "now / before", ""], rows);
}

const nameOf = ({ key, name }: Row): string => `${key} ${name}`;

const apart = ({ quartiles: a }: Row, { quartiles: b }: Row): boolean =>
  a !== undefined && b !== undefined && (a[1] < b[0] || b[1] < a[0]);
