import { scaleLinear } from "d3-scale";
import { shortNumber, superscript } from "./text.js";

/** An axis as its author asks for it. */
export interface AxisSpec {
  readonly label?: string;
  /** Default "linear". */
  readonly scale?: "linear" | "log";
  /** Labelled powers of a logarithmic axis: 10 (default) or 2. */
  readonly base?: 2 | 10;
  /** Default: what the marks cover, with a little room. */
  readonly domain?: readonly [number, number];
  /** Where labelled ticks stand; chosen when absent. */
  readonly ticks?: readonly number[];
  /** Text of a tick. */
  readonly format?: (value: number) => string;
  /** False leaves out the light lines across the plot. */
  readonly grid?: boolean;
  /** A logarithmic y axis with a row of its own for numbers that are 0, below all others and labelled so. */
  readonly zero?: boolean;
}

export interface Tick {
  readonly value: number;
  /** Empty for minor ticks. */
  readonly label: string;
}

/** A placed axis: values to pixels and back. */
export interface Scale {
  readonly kind: "linear" | "log";
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** "×10⁻⁵" when the labels had to be divided by a power of ten, else empty. */
  readonly factor: string;
  /** Pixel at which numbers that are 0 stand, on a logarithmic axis that has a place for them. */
  readonly zero?: number;
  position(value: number): number;
  value(position: number): number;
}

/** The numbers an axis covers: `extent` widened by `room` (a share of its length), or the author's domain. */
export function axisDomain(
  spec: AxisSpec,
  extent: readonly [number, number],
  room: number,
  name: string,
): readonly [number, number] {
  const given = spec.domain ?? extent;
  if (!given.every(Number.isFinite)) throw new RangeError(`${name}.domain: [${given}] is not finite`);
  const log = spec.scale === "log";
  if (log && !(given[0] > 0 && given[1] > 0))
    throw new RangeError(`${name}.domain: [${given}] on a logarithmic axis, want positive numbers`);
  if (spec.domain) {
    if (given[0] === given[1]) throw new RangeError(`${name}.domain: [${given}] is empty`);
    return given;
  }
  const [low, high] = given.map((v) => (log ? Math.log(v) : v));
  const pad = high > low ? room * (high - low) : log ? Math.LN2 : Math.abs(high) * 0.1 || 1;
  return [low - pad, high + pad].map((v) => (log ? Math.exp(v) : v)) as unknown as readonly [number, number];
}

/** Pixels of the row for numbers that are 0. */
const ZERO_ROW = 24;

/**
 * The scale that sends `domain` to the pixels `range`, with about `count` labelled ticks. Where the axis has a row for
 * zeros, it is the first piece of the range.
 */
export function makeScale(
  spec: AxisSpec,
  domain: readonly [number, number],
  pixels: readonly [number, number],
  count: number,
): Scale {
  const towards = Math.sign(pixels[1] - pixels[0]);
  const zero = spec.zero && spec.scale === "log" ? pixels[0] + (towards * ZERO_ROW) / 2 : undefined;
  const range = [pixels[0] + (zero === undefined ? 0 : towards * ZERO_ROW), pixels[1]] as const;
  const kind = spec.scale ?? "linear";
  const warp = kind === "log" ? Math.log : (v: number) => v;
  const unwarp = kind === "log" ? Math.exp : (v: number) => v;
  const [a, b] = domain.map(warp);
  const { ticks, factor } = makeTicks(spec, domain, count);
  return {
    kind,
    domain,
    ticks,
    factor,
    ...(zero !== undefined && { zero }),
    position: (value) =>
      value === 0 && zero !== undefined
        ? zero
        : range[0] + ((warp(value) - a) / (b - a)) * (range[1] - range[0]),
    value: (position) => unwarp(a + ((position - range[0]) / (range[1] - range[0])) * (b - a)),
  };
}

function makeTicks(spec: AxisSpec, domain: readonly [number, number], count: number) {
  const low = Math.min(...domain);
  const high = Math.max(...domain);
  if (spec.ticks) {
    const format = spec.format ?? ((v: number) => shortNumber(v));
    const inside = spec.ticks.filter((v) => v >= low && v <= high);
    return { ticks: inside.map((value) => ({ value, label: format(value) })), factor: "" };
  }
  return spec.scale === "log"
    ? { ticks: logTicks(low, high, spec.base ?? 10, count, spec.format), factor: "" }
    : linearTicks(low, high, count, spec.format);
}

function linearTicks(low: number, high: number, count: number, format?: (v: number) => string) {
  const exponent = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  const power = !format && (exponent < -2 || exponent > 4) ? exponent : 0;
  const scale = scaleLinear().domain([low / 10 ** power, high / 10 ** power]);
  const plain = scale.tickFormat(count);
  const ticks = scale
    .ticks(count)
    .map((v) => ({ value: v * 10 ** power, label: format ? format(v) : plain(v) }));
  return { ticks, factor: power === 0 ? "" : `×10${superscript(power)}` };
}

/** Powers of the base, thinned to about `count`; on less than two decades also 2 and 5 times each. */
function logTicks(
  low: number,
  high: number,
  base: 2 | 10,
  count: number,
  format?: (v: number) => string,
): Tick[] {
  const first = Math.floor(Math.log(low) / Math.log(base) - 1e-9);
  const last = Math.ceil(Math.log(high) / Math.log(base) + 1e-9);
  const inside = (v: number) => v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const every = Math.max(1, Math.ceil(powers.filter((p) => inside(base ** p)).length / count));
  const fine = base === 10 && powers.filter((p) => inside(10 ** p)).length < 3;
  const named = (value: number, multiple: number, power: number): string => {
    if (format) return format(value);
    if (fine && power >= -3 && power <= 3) return shortNumber(value);
    return `${multiple === 1 ? "" : `${multiple}×`}${base}${superscript(power)}`;
  };
  const ticks: Tick[] = [];
  for (const power of powers) {
    for (const multiple of base === 10 && every === 1 ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1]) {
      const value = multiple * base ** power;
      if (!inside(value)) continue;
      const labelled = multiple === 1 ? power % every === 0 : fine && (multiple === 2 || multiple === 5);
      ticks.push({ value, label: labelled ? named(value, multiple, power) : "" });
    }
  }
  return ticks;
}
