import { colorLevels, indexedPalette } from "./heat.js";
import type { ColormapName } from "./colormap.js";
import { encodePng, pngAddress } from "./png.js";
import { makeScale, type Scale } from "./scale.js";
import { type Box, element, ink, label } from "./svg.js";
import { textWidth } from "./text.js";

export interface ColorBarSpec {
  readonly colormap: ColormapName;
  readonly domain: readonly [number, number];
  readonly log?: boolean;
  readonly label: string;
}

const thickness = 12;

function barScale(spec: ColorBarSpec, top: number, height: number): Scale {
  const axis = { scale: spec.log ? "log" : "linear" } as const;
  const [a, b] = spec.domain;
  const domain = a === b ? ([a - (Math.abs(a) || 1) / 2, b + (Math.abs(b) || 1) / 2] as const) : spec.domain;
  return makeScale(axis, domain, [top + height, top], Math.max(2, Math.round(height / 40)));
}

function tickWidth(scale: Scale): number {
  return Math.max(0, ...scale.ticks.map((tick) => textWidth(tick.label, 11)));
}

/** Width of an upright bar of this height with ticks and title. */
export function colorBarWidth(spec: ColorBarSpec, height: number): number {
  return thickness + 8 + tickWidth(barScale(spec, 0, height)) + 20;
}

/** An upright bar in `box`: colours at the left, numbers beside them, the title turned at the right. */
export function drawColorBar(spec: ColorBarSpec, box: Box): string {
  const scale = barScale(spec, box.y, box.height);
  const { x, y, height } = box;
  // Entry 0 of the palette is "missing"; the largest value stands on top.
  const pixels = Uint8Array.from({ length: colorLevels }, (_, i) => colorLevels - i);
  const href = pngAddress(encodePng(1, colorLevels, pixels, indexedPalette(spec.colormap)));
  const bar = { x, y, width: thickness, height };
  const right = x + thickness;
  const ticks = scale.ticks.map((tick) => {
    const at = scale.position(tick.value);
    const line = {
      x1: right,
      y1: at,
      x2: right + (tick.label ? 4 : 2),
      y2: at,
      stroke: ink,
      "stroke-width": 0.8,
    };
    return (
      element("line", line) + (tick.label ? label(tick.label, right + 7, at + 4, { "font-size": 11 }) : "")
    );
  });
  const titleX = right + 8 + tickWidth(scale) + 15;
  const titleY = y + height / 2;
  const title = scale.factor ? `${spec.label} (${scale.factor})` : spec.label;
  return (
    element("image", { ...bar, preserveAspectRatio: "none", href }) +
    element("rect", { ...bar, fill: "none", stroke: ink, "stroke-width": 0.8 }) +
    ticks.join("") +
    label(title, titleX, titleY, {
      "text-anchor": "middle",
      transform: `rotate(-90 ${titleX.toFixed(2)} ${titleY.toFixed(2)})`,
    })
  );
}
