import { colorBarWidth, type ColorBarSpec } from "./color-bar.js";
import { extentOf } from "./extent.js";
import { heatDomain } from "./heat.js";
import {
  legendColumn,
  legendEntries,
  type LegendEntry,
  type LegendLayout,
  type LegendPlace,
  legendRows,
} from "./legend.js";
import type { Mark } from "./marks.js";
import { axisDomain, type AxisSpec, makeScale, type Scale } from "./scale.js";
import type { Box } from "./svg.js";
import { textWidth, wrapText } from "./text.js";

/** A chart as its author asks for it. Sizes in pixels at 96 a inch. */
export interface ChartSpec {
  /** Default 560. */
  readonly width?: number;
  /** Default 380. */
  readonly height?: number;
  readonly title?: string;
  readonly subtitle?: string;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Drawn in order; later ones lie on top. */
  readonly marks: readonly Mark[];
  /** Never over the data. Default "right", or "top" beside a colour bar; "direct" names lines at their right ends. */
  readonly legend?: LegendPlace;
  /** Least margins, to make the plots of several charts line up. */
  readonly margin?: { readonly left?: number; readonly right?: number };
}

export interface DirectLabel {
  readonly entry: LegendEntry;
  readonly y: number;
}

/** Where everything stands. No two of the boxes overlap. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly x: Scale;
  readonly y: Scale;
  readonly titleLines: readonly string[];
  readonly subtitleLines: readonly string[];
  readonly title: Box | null;
  readonly legend: { readonly box: Box; readonly layout: LegendLayout } | null;
  readonly direct: readonly DirectLabel[];
  readonly colorBar: { readonly box: Box; readonly spec: ColorBarSpec } | null;
}

export const titleSize = 13;
export const subtitleSize = 11.5;
export const tickSize = 11;
const edge = 10;

export function layoutChart(spec: ChartSpec): ChartLayout {
  const { width = 560, height = 380 } = spec;
  const extent = extentOf(spec.marks, spec.x, spec.y);
  const lines = spec.marks.every((mark) => mark.kind !== "points" && mark.kind !== "slope");
  const domainX = axisDomain(spec.x, extent.x, extent.filled || lines ? 0 : 0.05, "x");
  const domainY = axisDomain(spec.y, extent.y, extent.filled ? 0 : 0.05, "y");
  const bar = colorBarOf(spec.marks);
  const entries = legendEntries(spec.marks);
  const place = entries.length === 0 ? "none" : (spec.legend ?? (bar ? "top" : "right"));

  const titleLines = spec.title ? wrapText(spec.title, (width - 2 * edge) / 1.1, titleSize) : [];
  const subtitleLines = spec.subtitle ? wrapText(spec.subtitle, width - 2 * edge, subtitleSize) : [];
  const titleHeight = titleLines.length * 17 + subtitleLines.length * 15;
  const rows = place === "top" ? legendRows(entries, width - 4 * edge - 30) : null;
  const column = place === "right" ? legendColumn(entries, Math.max(120, width * 0.34)) : null;
  const top = edge + (titleHeight ? titleHeight + 7 : 0) + (rows ? rows.height + 6 : 0);
  const bottom = edge + 18 + (spec.x.label ? 20 : 0);
  const plotHeight = height - top - bottom;

  const y = makeScale(spec.y, domainY, [top + plotHeight, top], Math.max(2, Math.round(plotHeight / 50)));
  const yTickWidth = Math.max(0, ...y.ticks.map((tick) => textWidth(tick.label, tickSize)));
  const left = Math.max(spec.margin?.left ?? 0, edge + (spec.y.label ? 20 : 0) + yTickWidth + 8);
  const directWidth = Math.max(0, ...entries.map((e) => textWidth(e.label, 11.5)));
  const beside =
    (column ? column.width + 16 : 0) +
    (place === "direct" ? directWidth + 8 : 0) +
    (bar ? colorBarWidth(bar, plotHeight) + 14 : 0);
  const overhang = 18;
  const right = Math.max(spec.margin?.right ?? 0, beside > 0 ? beside + edge : overhang);
  const plot: Box = { x: left, y: top, width: width - left - right, height: plotHeight };
  if (plot.width < 40 || plot.height < 40)
    throw new RangeError(`chart: ${width} × ${height} leaves no room to plot in; make it larger`);
  const x = withoutCollisions(
    makeScale(spec.x, domainX, [left, left + plot.width], Math.max(2, Math.round(plot.width / 68))),
  );

  // From the plot outwards: names of the lines, colour bar, legend.
  const barX = left + plot.width + 14 + (place === "direct" ? directWidth + 8 : 0);
  const legendX = left + plot.width + 16 + (bar ? colorBarWidth(bar, plotHeight) + 14 : 0);
  return {
    width,
    height,
    plot,
    x,
    y,
    titleLines,
    subtitleLines,
    title: titleHeight ? { x: edge, y: edge, width: width - 2 * edge, height: titleHeight } : null,
    legend: rows
      ? { box: { x: left, y: top - rows.height - 6, width: rows.width, height: rows.height }, layout: rows }
      : column
        ? { box: { x: legendX, y: top, width: column.width, height: column.height }, layout: column }
        : null,
    direct: place === "direct" ? directLabels(spec.marks, entries, y, plot) : [],
    colorBar: bar
      ? { box: { x: barX, y: top, width: colorBarWidth(bar, plotHeight), height: plotHeight }, spec: bar }
      : null,
  };
}

function colorBarOf(marks: readonly Mark[]): ColorBarSpec | null {
  for (const mark of marks) {
    if (mark.kind !== "heat" || mark.label === undefined) continue;
    return {
      colormap: mark.colormap ?? "viridis",
      domain: heatDomain(mark),
      log: mark.log,
      label: mark.label,
    };
  }
  return null;
}

/** The same scale without those labels that would run into the one before. */
function withoutCollisions(scale: Scale): Scale {
  let end = -Infinity;
  const ticks = scale.ticks.map((tick) => {
    if (!tick.label) return tick;
    const half = textWidth(tick.label, tickSize) / 2;
    const at = scale.position(tick.value);
    if (at - half < end + 5) return { ...tick, label: "" };
    end = at + half;
    return tick;
  });
  return { ...scale, ticks };
}

/** Every entry at the height where its curve ends, pushed apart to a line's distance within the plot. */
function directLabels(
  marks: readonly Mark[],
  entries: readonly LegendEntry[],
  y: Scale,
  plot: Box,
): DirectLabel[] {
  const labels = entries.map((entry) => {
    const own = marks.find((m) => (m.kind === "line" || m.kind === "points") && m.label === entry.label);
    const value =
      own && (own.kind === "line" || own.kind === "points") ? own.y[own.y.length - 1] : y.domain[0];
    return { entry, y: Math.min(plot.y + plot.height, Math.max(plot.y, y.position(value))) };
  });
  labels.sort((a, b) => a.y - b.y);
  const distance = 15;
  for (let i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + distance);
  let limit = plot.y + plot.height;
  for (let i = labels.length - 1; i >= 0; i--) {
    labels[i].y = Math.min(labels[i].y, limit);
    limit = labels[i].y - distance;
  }
  return labels;
}
