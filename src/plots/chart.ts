import { drawAxes, drawGrid } from "./axes.js";
import { drawColorBar } from "./color-bar.js";
import { drawMark } from "./draw-marks.js";
import { drawLegend } from "./legend.js";
import { type ChartLayout, type ChartSpec, layoutChart, subtitleSize, titleSize } from "./layout.js";
import { clipped, faintInk, label, picture, type Svg } from "./svg.js";

/**
 * One chart: two axes, marks, and a legend that never covers them.
 * Throws a RangeError naming the mark and entry when a number cannot be drawn (NaN, or ≤ 0 on a logarithmic axis).
 */
export function chart(spec: ChartSpec): Svg {
  const layout = layoutChart(spec);
  const { plot, x, y } = layout;
  const marks = spec.marks.map((mark, index) => drawMark(mark, index, layout));
  const covered = spec.marks.some((mark) => mark.kind === "heat");
  return picture(
    layout.width,
    layout.height,
    spec.title ?? "",
    drawTitle(layout),
    covered ? "" : drawGrid(plot, x, y, spec),
    clipped(plot, ...marks),
    drawAxes(plot, x, y, spec),
    layout.legend ? drawLegend(layout.legend.layout, layout.legend.box.x, layout.legend.box.y) : "",
    ...layout.direct.map(({ entry, y: at }) => {
      const fill = entry.line?.color ?? entry.marker?.color ?? entry.band?.color;
      return label(entry.label, plot.x + plot.width + 6, at + 4, { "font-size": 11.5, fill });
    }),
    layout.colorBar ? drawColorBar(layout.colorBar.spec, layout.colorBar.box) : "",
  );
}

function drawTitle({ title, titleLines, subtitleLines }: ChartLayout): string {
  if (!title) return "";
  let at = title.y + 3;
  const lines: string[] = [];
  for (const line of titleLines)
    lines.push(label(line, title.x, (at += 17) - 6, { "font-size": titleSize, "font-weight": "bold" }));
  for (const line of subtitleLines)
    lines.push(label(line, title.x, (at += 15) - 4, { "font-size": subtitleSize, fill: faintInk }));
  return lines.join("");
}
