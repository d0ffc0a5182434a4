/** A whole `<svg>` element as text: what every function here that draws a picture returns. */
export type Svg = string;

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A rectangle in pixels, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const fontFamily = "DejaVu Sans, Verdana, sans-serif";
export const ink = "#1a1a1a";
export const faintInk = "#595959";

/** Text made safe between tags and inside attributes; characters that XML forbids become U+FFFD. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\u{FFFD}")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/** A coordinate with two decimals at most. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

/** `<name attributes>children</name>`; children must be markup already. Throws a RangeError on NaN and infinities. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    if (typeof value === "number" && !Number.isFinite(value))
      throw new RangeError(`svg: attribute ${key} of <${name}> is ${value}, want a finite number`);
    head += ` ${key}="${typeof value === "number" ? coordinate(value) : escapeText(value)}"`;
  }
  return children.length === 0 ? `${head}/>` : `${head}>${children.join("")}</${name}>`;
}

/** A text element; `content` is plain text and is escaped. */
export function label(content: string, x: number, y: number, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeText(content));
}

/** What makes text readable over a picture: a white rim. */
export const halo: Attributes = {
  "paint-order": "stroke",
  stroke: "#fff",
  "stroke-width": 3.5,
  "stroke-linejoin": "round",
};

/** The root element: white ground, one font, and a title for readers who cannot see the picture. */
export function picture(width: number, height: number, title: string, ...body: readonly string[]): Svg {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
      role: "img",
      "font-family": fontFamily,
      "font-size": 12,
      fill: ink,
    },
    ...(title ? [element("title", {}, escapeText(title))] : []),
    element("rect", { width, height, fill: "#fff" }),
    ...body,
  );
}

/** A group drawn inside `box` and cut off at its edge, with the picture's own coordinates kept. */
export function clipped(box: Box, ...body: readonly string[]): string {
  const { x, y, width, height } = box;
  const viewBox = [x, y, width, height].map(coordinate).join(" ");
  return element("svg", { x, y, width, height, viewBox, overflow: "hidden" }, ...body);
}

/** Width and height of a picture made here. Throws a RangeError when the text is not one. */
export function sizeOf(svg: Svg): { width: number; height: number } {
  const found = /^<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg);
  if (!found) throw new RangeError("svg: want a picture that starts with <svg … width height>");
  return { width: Number(found[1]), height: Number(found[2]) };
}

/** The same picture with its corner at (x, y) of a surrounding one. */
export function placed(svg: Svg, x: number, y: number): string {
  return svg.replace(/^<svg /, `<svg x="${coordinate(x)}" y="${coordinate(y)}" `);
}
