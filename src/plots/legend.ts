import type { Mark } from "./marks.js";
import { markerPath, type Marker, seriesStyle } from "./palette.js";
import { coordinate, element, faintInk, label } from "./svg.js";
import { textWidth, wrapText } from "./text.js";

export interface LegendEntry {
  readonly label: string;
  readonly note?: string;
  readonly line?: { readonly color: string; readonly dash: string };
  readonly marker?: { readonly color: string; readonly marker: Marker };
  readonly band?: { readonly color: string; readonly opacity: number };
}

export type LegendPlace = "right" | "top" | "direct" | "none";

const size = 11.5;
const swatch = 28;
const gap = 7;
const rowHeight = 18;
const noteHeight = 14;

/** One entry per label, in order of appearance; marks that share a label are drawn on top of each other. */
export function legendEntries(marks: readonly Mark[]): LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  marks.forEach((mark, index) => {
    if (mark.kind !== "line" && mark.kind !== "points" && mark.kind !== "band") return;
    if (mark.label === undefined) return;
    const style = seriesStyle(mark.series ?? index);
    const color = mark.color ?? style.color;
    const own: Partial<LegendEntry> =
      mark.kind === "line"
        ? { line: { color, dash: mark.dash ?? style.dash } }
        : mark.kind === "points"
          ? { marker: { color, marker: mark.marker ?? style.marker } }
          : { band: { color, opacity: mark.opacity ?? 0.2 } };
    const earlier = entries.get(mark.label) ?? { label: mark.label };
    entries.set(mark.label, { ...earlier, ...(mark.note ? { note: mark.note } : {}), ...own });
  });
  return [...entries.values()];
}

interface Cell {
  readonly entry: LegendEntry;
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  readonly noteLines: readonly string[];
}

/** A legend with every entry placed, relative to its own corner. */
export interface LegendLayout {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly Cell[];
}

/** Entries under each other, text broken at `maxWidth`. */
export function legendColumn(entries: readonly LegendEntry[], maxWidth: number): LegendLayout {
  let [y, width] = [0, 0];
  const cells = entries.map((entry): Cell => {
    const lines = wrapText(entry.label, maxWidth - swatch - gap, size);
    const noteLines = entry.note ? wrapText(entry.note, maxWidth - swatch - gap, size - 1) : [];
    const cell = { entry, x: 0, y, lines, noteLines };
    y += rowHeight + (lines.length - 1 + noteLines.length) * noteHeight + 3;
    const widths = [...lines.map((l) => textWidth(l, size)), ...noteLines.map((l) => textWidth(l, size - 1))];
    width = Math.max(width, swatch + gap + Math.max(...widths));
    return cell;
  });
  return { width, height: Math.max(0, y - 3), cells };
}

/** Entries beside each other, in as many rows as `maxWidth` asks for. */
export function legendRows(entries: readonly LegendEntry[], maxWidth: number): LegendLayout {
  let [x, y, width] = [0, 0, 0];
  const cells = entries.map((entry): Cell => {
    const text = entry.note ? `${entry.label}: ${entry.note}` : entry.label;
    const own = swatch + gap + textWidth(text, size);
    if (x > 0 && x + own > maxWidth) {
      x = 0;
      y += rowHeight;
    }
    const cell = { entry, x, y, lines: [text], noteLines: [] };
    width = Math.max(width, x + own);
    x += own + 18;
    return cell;
  });
  return { width, height: entries.length ? y + rowHeight : 0, cells };
}

export function drawLegend(layout: LegendLayout, x: number, y: number): string {
  return layout.cells.map((cell) => drawCell(cell, x + cell.x, y + cell.y)).join("");
}

function drawCell({ entry, lines, noteLines }: Cell, x: number, y: number): string {
  const middle = y + rowHeight / 2;
  const parts: string[] = [];
  // What is drawn light over a heat map needs a dark ground here.
  if (isLight(entry.line?.color ?? entry.marker?.color))
    parts.push(
      element("rect", { x: x - 2, y: middle - 7, width: swatch + 4, height: 14, rx: 2, fill: "#777" }),
    );
  if (entry.band) {
    const { color, opacity } = entry.band;
    parts.push(element("rect", { x, y: middle - 6, width: swatch, height: 12, fill: color, opacity }));
  }
  if (entry.line) {
    const { color, dash } = entry.line;
    const stroke = { stroke: color, "stroke-width": 1.8, "stroke-dasharray": dash || undefined };
    parts.push(element("line", { x1: x, y1: middle, x2: x + swatch, y2: middle, ...stroke }));
  }
  if (entry.marker) {
    const transform = `translate(${coordinate(x + swatch / 2)} ${coordinate(middle)})`;
    const d = markerPath(entry.marker.marker, 7);
    parts.push(
      element("path", { d, transform, fill: entry.marker.color, stroke: "#fff", "stroke-width": 0.8 }),
    );
  }
  const left = x + swatch + gap;
  lines.forEach((line, i) =>
    parts.push(label(line, left, middle + 4 + i * noteHeight, { "font-size": size })),
  );
  noteLines.forEach((line, i) => {
    const below = middle + 4 + (lines.length + i) * noteHeight;
    parts.push(label(line, left, below, { "font-size": size - 1, fill: faintInk }));
  });
  return parts.join("");
}

/** Whether a hexadecimal colour would not show on white paper. */
function isLight(color: string | undefined): boolean {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color ?? "")?.[1];
  if (!digits) return false;
  const channels = digits.length === 3 ? [...digits].map((c) => c + c) : (digits.match(/../g) ?? []);
  const [r, g, b] = channels.map((c) => parseInt(c, 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.85;
}
