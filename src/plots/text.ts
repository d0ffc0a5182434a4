/** Advance widths of DejaVu Sans for U+0020 … U+007E, in hundredths of the font size. */
const ascii = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34,
  34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73,
  68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63,
  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const narrow = superscripts + "₀₁₂₃₄₅₆₇₈₉⟨⟩ℓ";
const wide = "½¼¾⅓⅔…×−≤≥∞";

/** Width in pixels of one line in DejaVu Sans; without a font at hand, exact for ASCII and close for the rest. */
export function textWidth(text: string, size: number, bold = false): number {
  let hundredths = 0;
  for (const character of text) {
    const own = ascii[(character.codePointAt(0) ?? 0) - 32];
    hundredths += own ?? (narrow.includes(character) ? 40 : wide.includes(character) ? 92 : 64);
  }
  return (hundredths * size * (bold ? 1.12 : 1)) / 100;
}

/** Breaks text at spaces into lines no wider than `width` pixels; a single longer word keeps its own line. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** -12 as ⁻¹². */
export function superscript(integer: number): string {
  return String(integer).replace(/./g, (c) => (c === "-" ? "⁻" : superscripts[Number(c)]));
}

/** A number with a true minus sign, at most `digits` significant digits, and 10ⁿ outside 1e-3 … 1e5. */
export function shortNumber(value: number, digits = 3): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const e = Number(exponent);
  const plain = e >= -3 && e < 5 ? String(Number(value.toPrecision(digits))) : undefined;
  const body = plain ?? `${Number(mantissa)}×10${superscript(e)}`;
  return body.replace("-", "−").replace(/^(−?)1×/, "$1");
}

/** Simple fractions as one character: 0.5 is ½, -1.5 is −3/2. */
export function fraction(value: number): string {
  const sign = value < 0 ? "−" : "";
  const named: Record<string, string> = { "0.5": "½", "0.25": "¼", "0.75": "¾", "1.5": "3/2", "2.5": "5/2" };
  return sign + (named[String(Math.abs(value))] ?? shortNumber(Math.abs(value)));
}
