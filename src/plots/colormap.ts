/** Red, green and blue in 0 … 255. */
export type Color = readonly [number, number, number];
export type ColormapName = "viridis" | "diverging" | "cyclic" | "gray";

type Triple = readonly [number, number, number];

const toLinear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const fromLinear = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const byte = (v: number) => Math.round(255 * Math.min(1, Math.max(0, v)));

/** sRGB to Oklab, a space in which equal steps look equal (B. Ottosson, "A perceptual color space", 2020). */
export function toOklab([red, green, blue]: Color): Triple {
  const [r, g, b] = [red, green, blue].map((v) => toLinear(v / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([L, a, b]: Triple): Color {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byte(fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    byte(fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    byte(fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  ];
}

/** Evenly spaced anchors: viridis by S. van der Walt and N. Smith (CC0), the others our own. */
const anchors: Record<ColormapName, readonly string[]> = {
  viridis: [
    "#440154",
    "#482878",
    "#3e4989",
    "#31688e",
    "#26828e",
    "#1f9e89",
    "#35b779",
    "#6ece58",
    "#b5de2b",
    "#fde725",
  ],
  diverging: ["#123a6b", "#2f6fae", "#86b3d9", "#f7f7f7", "#eda27b", "#c2542f", "#6e1a12"],
  cyclic: ["#e6e1e0", "#7fa3c9", "#5a5fae", "#3a1c56", "#8a2b52", "#c4785c", "#e6e1e0"],
  gray: ["#ffffff", "#d0d0d0", "#9a9a9a", "#606060", "#202020"],
};

const parse = (hex: string): Color =>
  [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)) as unknown as Color;

/** The colour at t in [0, 1] (clamped), interpolated in Oklab. "cyclic" has the same colour at both ends. */
export function colormap(name: ColormapName): (t: number) => Color {
  const lab = anchors[name].map((hex) => toOklab(parse(hex)));
  return (t) => {
    const place = Math.min(1, Math.max(0, t)) * (lab.length - 1);
    const i = Math.min(lab.length - 2, Math.floor(place));
    const mix = (c: 0 | 1 | 2) => lab[i][c] + (place - i) * (lab[i + 1][c] - lab[i][c]);
    return fromOklab([mix(0), mix(1), mix(2)]);
  };
}

/** "#rrggbb". */
export function hex(color: Color): string {
  return "#" + color.map((v) => v.toString(16).padStart(2, "0")).join("");
}
