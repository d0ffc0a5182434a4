/** Columns of one length, in the order in which they were put. */
export type Columns = Readonly<Record<string, ArrayLike<Cell>>>;

type Cell = number | string | null;

/**
 * Rows as columns, named by the first row. A number that is not finite, such as a time that never comes, becomes null.
 * Throws a RangeError for a row with other columns.
 */
export function columnsOf(rows: readonly Readonly<Record<string, Cell>>[]): Columns {
  const names = Object.keys(rows[0] ?? {});
  rows.forEach((row, i) => {
    if (Object.keys(row).join() !== names.join())
      throw new RangeError(`row ${i}: has ${Object.keys(row).join(", ")}, want ${names.join(", ")}`);
  });
  const finite = (v: Cell): Cell => (typeof v === "number" && !Number.isFinite(v) ? null : v);
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => finite(row[name]))]));
}

/**
 * A table as comma-separated values (RFC 4180, with plain newlines): one header row, numbers at full precision, null as
 * an empty cell.
 * Throws a RangeError when columns differ in length or a number is not finite.
 */
export function csv(columns: Columns): string {
  const names = Object.keys(columns);
  if (names.length === 0) throw new RangeError("csv: want at least one column");
  const count = columns[names[0]].length;
  for (const name of names) {
    if (columns[name].length !== count)
      throw new RangeError(
        `csv: column "${name}" has ${columns[name].length} rows, "${names[0]}" has ${count}`,
      );
  }
  const rows = [names.map(quoted).join(",")];
  for (let i = 0; i < count; i++) rows.push(names.map((name) => cell(columns[name][i], name, i)).join(","));
  return rows.join("\n") + "\n";
}

function cell(value: Cell, name: string, row: number): string {
  if (value === null) return "";
  if (typeof value === "string") return quoted(value);
  if (!Number.isFinite(value))
    throw new RangeError(`csv: column "${name}", row ${row}: ${value} is not finite`);
  return Object.is(value, -0) ? "-0" : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
