/** A plain-text table, numbers to six significant digits and aligned to the right. */
export function table(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((v) => (typeof v === "number" ? numberText(v) : v)));
  const width = columns.map((name, c) => Math.max(name.length, ...cells.map((row) => row[c].length)));
  const right = columns.map((_, c) => rows.length > 0 && rows.every((row) => typeof row[c] === "number"));
  const line = (row: readonly string[]) =>
    row
      .map((text, c) => (right[c] ? text.padStart(width[c]) : text.padEnd(width[c])))
      .join("  ")
      .trimEnd() + "\n";
  return line(columns) + line(width.map((w) => "-".repeat(w))) + cells.map(line).join("");
}

const numberText = (v: number): string =>
  Number.isInteger(v) ? String(v) : String(Number(v.toPrecision(6)));
