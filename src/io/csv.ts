/** Columns of one length, in the order in which they were put. */
export type Columns = Readonly<Record<string, ArrayLike<number | null> | readonly string[]>>;

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

function cell(value: number | string | null, name: string, row: number): string {
  if (value === null) return "";
  if (typeof value === "string") return quoted(value);
  if (!Number.isFinite(value))
    throw new RangeError(`csv: column "${name}", row ${row}: ${value} is not finite`);
  return String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
