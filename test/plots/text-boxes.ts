import { textWidth } from "../../src/plots/text.js";

export interface TextBox {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the level texts of a chart stand, from its markup; turned ones are left out. */
export function textBoxes(svg: string): TextBox[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].flatMap(([, attributes, text]) => {
    const get = (key: string) => new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1];
    if (get("transform")?.includes("rotate(-90")) return [];
    const size = Number(get("font-size") ?? 12);
    const width = textWidth(text, size, get("font-weight") === "bold");
    const [x, y] = [Number(get("x")), Number(get("y"))];
    const anchor = get("text-anchor");
    const left = anchor === "middle" ? x - width / 2 : anchor === "end" ? x - width : x;
    return [{ text, left, right: left + width, top: y - 0.76 * size, bottom: y + 0.2 * size }];
  });
}

export function overlap(a: TextBox, b: TextBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
