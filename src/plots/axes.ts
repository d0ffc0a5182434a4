import type { AxisSpec, Scale } from "./scale.js";
import { type Box, element, label } from "./svg.js";
import { tickSize } from "./layout.js";

const gridStroke = { stroke: "#e4e4e4", "stroke-width": 0.8 };
const zeroStroke = { stroke: "#bbb", "stroke-width": 0.8, "stroke-dasharray": "2 3" };
const axisStroke = { stroke: "#333", "stroke-width": 1 };

/** Light lines across the plot at the labelled ticks, and a dotted one in the row for zeros. */
export function drawGrid(plot: Box, x: Scale, y: Scale, specs: { x: AxisSpec; y: AxisSpec }): string {
  const upright = specs.x.grid === false ? [] : x.ticks;
  const level = specs.y.grid === false ? [] : y.ticks;
  const lines: string[] = [];
  for (const { value, label: text } of upright) {
    if (!text) continue;
    const at = x.position(value);
    lines.push(element("line", { x1: at, y1: plot.y, x2: at, y2: plot.y + plot.height, ...gridStroke }));
  }
  for (const { value, label: text } of level) {
    if (!text) continue;
    const at = y.position(value);
    lines.push(element("line", { x1: plot.x, y1: at, x2: plot.x + plot.width, y2: at, ...gridStroke }));
  }
  if (y.zero !== undefined)
    lines.push(
      element("line", { x1: plot.x, y1: y.zero, x2: plot.x + plot.width, y2: y.zero, ...zeroStroke }),
    );
  return lines.join("");
}

/** The frame of the plot with outward ticks, numbers and titles at the bottom and at the left. */
export function drawAxes(plot: Box, x: Scale, y: Scale, specs: { x: AxisSpec; y: AxisSpec }): string {
  const bottom = plot.y + plot.height;
  const parts = [element("rect", { ...plot, fill: "none", ...axisStroke })];
  for (const { value, label: text } of x.ticks) {
    const at = x.position(value);
    parts.push(element("line", { x1: at, y1: bottom, x2: at, y2: bottom + (text ? 5 : 3), ...axisStroke }));
    if (text) parts.push(label(text, at, bottom + 17, { "text-anchor": "middle", "font-size": tickSize }));
  }
  for (const { value, label: text } of y.ticks) {
    const at = y.position(value);
    parts.push(element("line", { x1: plot.x - (text ? 5 : 3), y1: at, x2: plot.x, y2: at, ...axisStroke }));
    if (text) parts.push(label(text, plot.x - 8, at + 4, { "text-anchor": "end", "font-size": tickSize }));
  }
  if (y.zero !== undefined)
    parts.push(
      element("line", { x1: plot.x - 5, y1: y.zero, x2: plot.x, y2: y.zero, ...axisStroke }),
      label("0", plot.x - 8, y.zero + 4, { "text-anchor": "end", "font-size": tickSize }),
    );
  const title = (spec: AxisSpec, scale: Scale) =>
    scale.factor ? `${spec.label} (${scale.factor})` : spec.label;
  if (specs.x.label) {
    const centre = plot.x + plot.width / 2;
    parts.push(label(title(specs.x, x) ?? "", centre, bottom + 37, { "text-anchor": "middle" }));
  }
  if (specs.y.label) {
    const [left, middle] = [20, plot.y + plot.height / 2];
    const transform = `rotate(-90 ${left} ${middle.toFixed(2)})`;
    parts.push(label(title(specs.y, y) ?? "", left, middle, { "text-anchor": "middle", transform }));
  }
  return parts.join("");
}
