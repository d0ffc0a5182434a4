import { label, picture, placed, sizeOf, type Svg } from "./svg.js";

export interface PanelOptions {
  /** Bold a, b, c … at the corner of every panel, row by row. Default true. */
  readonly letters?: boolean;
  readonly title?: string;
  /** Pixels between panels; default 8. */
  readonly gap?: number;
}

/**
 * Pictures on a grid, each row as tall and each column as wide as its largest; null leaves a place free.
 * Panels are embedded whole, so panels of panels work too.
 */
export function panels(rows: readonly (readonly (Svg | null)[])[], options: PanelOptions = {}): Svg {
  const { letters = true, title, gap = 8 } = options;
  if (rows.length === 0 || rows.every((row) => row.every((panel) => panel === null)))
    throw new RangeError("panels: want at least one picture");
  const sizes = rows.map((row) =>
    row.map((panel) => (panel === null ? { width: 0, height: 0 } : sizeOf(panel))),
  );
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...sizes.map((row) => row[c]?.width ?? 0)),
  );
  const heights = sizes.map((row) => Math.max(...row.map((size) => size.height)));
  const letterHeight = letters ? 14 : 0;
  const body: string[] = [];
  let y = title ? 34 : 0;
  if (title) body.push(label(title, 10, 23, { "font-size": 15, "font-weight": "bold" }));
  let letter = 0;
  rows.forEach((row, r) => {
    let x = 0;
    row.forEach((panel, c) => {
      if (panel !== null) {
        body.push(placed(panel, x, y + letterHeight));
        if (letters) {
          const name = String.fromCharCode(97 + letter++);
          body.push(label(name, x + 10, y + 16, { "font-size": 15, "font-weight": "bold" }));
        }
      }
      x += widths[c] + gap;
    });
    y += heights[r] + letterHeight + gap;
  });
  const width = widths.reduce((sum, w) => sum + w + gap, -gap);
  return picture(width, y - gap, title ?? "", ...body);
}
