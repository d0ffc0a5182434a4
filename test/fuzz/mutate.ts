import { stream } from "../../src/noise/stream.js";

/** A whole number from 0 to below n. */
export type Draw = (n: number) => number;

/** Draws that depend on the seed alone. */
export function drawsOf(seed: string): Draw {
  const source = stream(seed, "mutate");
  const uniform = new Float64Array(1);
  let drawn = 0;
  return (n) => {
    source.uniforms(0, drawn++, uniform);
    return Math.floor(uniform[0] * n);
  };
}

type Values = Record<string, unknown> | unknown[];

const isInner = (value: unknown): value is Values => typeof value === "object" && value !== null;

/** Numbers at the edges of what numbers are, and of what configurations hold. */
const EXTREME_NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  3,
  1e-300,
  5e-324,
  1e100,
  1e200,
  1.7976931348623157e308,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 53,
  2 ** 53 + 2,
  NaN,
  Infinity,
  -Infinity,
];

const STRANGE_NAMES = [
  "",
  "__proto__",
  "constructor",
  "toString",
  "prototype",
  "a\nb",
  "\u0000",
  "a.b",
  "[0]",
  "config",
  "ünï",
  "k".repeat(500),
];

const OTHER_TYPES: (() => unknown)[] = [
  () => null,
  () => true,
  () => "",
  () => "1",
  () => "fresh",
  () => [],
  () => ({}),
  () => [[]],
  () => [1, 2, 3],
  () => undefined,
  () => 7,
];

const pick = <T>(list: readonly T[], draw: Draw): T => list[draw(list.length)];

/** An own entry, whatever its name. */
function put(into: Values, key: string | number, value: unknown): void {
  Object.defineProperty(into, key, { value, writable: true, enumerable: true, configurable: true });
}

function nudge(inner: Values, key: string, _whole: Values, draw: Draw): void {
  const value = (inner as Record<string, unknown>)[key];
  if (typeof value === "number")
    put(inner, key, pick([value + 1, value * 2, value / 2, -value, value * 1000], draw));
}

/** Ways to spoil one entry of an object or a list. */
const WAYS: ((inner: Values, key: string, whole: Values, draw: Draw) => void)[] = [
  /** Drop it. */
  (inner, key) => {
    if (Array.isArray(inner)) inner.splice(Number(key), 1);
    else delete inner[key];
  },
  /** Have it twice: under another name, or once more in the list. */
  (inner, key, _whole, draw) => {
    const value = structuredClone((inner as Record<string, unknown>)[key]);
    if (Array.isArray(inner)) inner.push(value);
    else put(inner, `${key}${pick(["s", "2", "_"], draw)}`, value);
  },
  /** Make it of another type. */
  (inner, key, _whole, draw) => put(inner, key, pick(OTHER_TYPES, draw)()),
  /** Make it an extreme number. */
  (inner, key, _whole, draw) => put(inner, key, pick(EXTREME_NUMBERS, draw)),
  /** Make it another value that the configuration has somewhere. */
  (inner, key, whole, draw) => {
    const { inner: other, key: at } = pick(entriesOf(whole), draw);
    put(inner, key, structuredClone((other as Record<string, unknown>)[at]));
  },
  /** Give it a strange name, or one with a letter less. */
  (inner, key, _whole, draw) => {
    const value = (inner as Record<string, unknown>)[key];
    if (Array.isArray(inner)) return void put(inner, key, pick(STRANGE_NAMES, draw));
    const name = draw(2) === 0 ? pick(STRANGE_NAMES, draw) : key.slice(0, -1);
    delete inner[key];
    put(inner, name, value);
  },
  /** Make it text. */
  (inner, key, _whole, draw) => put(inner, key, pick(STRANGE_NAMES, draw)),
  /** Make a number another one nearby, which may be right; three ways of eleven. */
  nudge,
  nudge,
  nudge,
  /** Put it one level deeper. */
  (inner, key, _whole, draw) => {
    const value = (inner as Record<string, unknown>)[key];
    put(inner, key, draw(2) === 0 ? [value] : { [pick(STRANGE_NAMES, draw)]: value });
  },
];

/** Every entry of a value, at any depth. */
function entriesOf(value: Values): { inner: Values; key: string }[] {
  return Object.keys(value).flatMap((key) => {
    const entry = (value as Record<string, unknown>)[key];
    return [{ inner: value, key }, ...(isInner(entry) ? entriesOf(entry) : [])];
  });
}

/** A copy of a configuration with one to three entries spoiled: a function of the configuration and the seed. */
export function mutate(config: object, seed: string): unknown {
  const draw = drawsOf(seed);
  const whole = structuredClone(config) as Values;
  for (let left = 1 + draw(3); left > 0; left--) {
    const entries = entriesOf(whole);
    if (entries.length === 0) break;
    const { inner, key } = pick(entries, draw);
    pick(WAYS, draw)(inner, key, whole, draw);
  }
  return whole;
}

/** Numbers that configurations may well hold. */
const USUAL_NUMBERS = [0, 1, 2, 3, 5, 8, 16, -1, 0.5, 0.1, 1e-3, 0.9, 30, 1000];

/** A copy with one to three of its numbers replaced by usual ones: most of these make sense, or nearly. */
export function mutateNumbers(config: object, seed: string): unknown {
  const draw = drawsOf(seed);
  const copy = structuredClone(config);
  const places: (readonly [Values, string])[] = [];
  const visit = (inner: Values): void => {
    for (const [key, value] of Object.entries(inner)) {
      if (typeof value === "number") places.push([inner, key]);
      else if (isInner(value)) visit(value);
    }
  };
  visit(copy as Values);
  for (let left = 1 + draw(3); left > 0; left--) {
    const [inner, key] = places[draw(places.length)];
    (inner as Record<string, unknown>)[key] = USUAL_NUMBERS[draw(USUAL_NUMBERS.length)];
  }
  return copy;
}
