import { createRequire } from "node:module";
import type { Svg } from "../plots/svg.js";

export type Raster = { readonly png: Uint8Array } | { readonly skipped: string };

const require = createRequire(import.meta.url);

/** The fonts that come with the package, so that text looks the same on every machine. */
export function fontFiles(): string[] {
  return ["DejaVuSans", "DejaVuSans-Bold"].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
}

/**
 * A picture as PNG, `zoom` pixels for each of its own (default 2). The renderer (@resvg/resvg-js) is an optional
 * dependency: without it the result says so instead.
 */
export async function rasterize(svg: Svg, zoom = 2): Promise<Raster> {
  const renderer = await import("@resvg/resvg-js").catch(() => null);
  if (!renderer)
    return { skipped: "No PNG was written: the optional package @resvg/resvg-js is not installed." };
  const image = new renderer.Resvg(svg, {
    fitTo: { mode: "zoom", value: zoom },
    font: { fontFiles: fontFiles(), defaultFontFamily: "DejaVu Sans", loadSystemFonts: false },
  });
  return { png: image.render().asPng() };
}
