/** A plain-text table, numbers aligned to the right, to six significant digits unless they are whole and below 1e15. */
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

/** Whole numbers from here up are not counted but measured, and no digit after the sixth is worth its place. */
const LARGE = 1e15;

function numberText(v: number): string {
  if (Math.abs(v) >= LARGE) return v.toExponential(5).replace(/\.?0+e/, "e");
  return String(Number.isInteger(v) ? v : Number(v.toPrecision(6)));
}

/** Three digits. */
export const short = (v: number): string => String(Number(v.toPrecision(3)));

/** An interval as "[0.1, 0.25]", or "none". */
export const intervalText = (interval: readonly [low: number, high: number] | null): string =>
  interval ? `[${interval.map(short).join(", ")}]` : "none";
