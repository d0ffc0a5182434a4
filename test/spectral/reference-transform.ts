import type { HarmonicTransform } from "../../src/types.js";

/**
 * Harmonics straight from their definitions, one value at a time: factorial-free normalised Legendre functions in the
 * angle, sines and cosines by the library. Slow, plain, and sharing no code with the source.
 */
export function harmonicByAngles(l: number, m: number, x: readonly number[]): number {
  if (x.length === 2) {
    const t = Math.atan2(x[1], x[0]);
    if (l === 0) return 1 / Math.sqrt(2 * Math.PI);
    return (m > 0 ? Math.cos(l * t) : Math.sin(l * t)) / Math.sqrt(Math.PI);
  }
  const phi = Math.atan2(x[1], x[0]);
  const n = Math.abs(m);
  const sine = Math.hypot(x[0], x[1]);
  // P_n^n without the (-1)^n, times sqrt((2l+1)/(4 pi) (l-n)!/(l+n)!)
  let start = 1;
  for (let k = 1; k <= n; k++) start *= (2 * k - 1) * sine;
  let before = 0;
  let legendre = start;
  for (let k = n; k < l; k++) {
    const next = ((2 * k + 1) * x[2] * legendre - (k + n) * before) / (k - n + 1);
    before = legendre;
    legendre = next;
  }
  let ratio = 1;
  for (let k = l - n + 1; k <= l + n; k++) ratio /= k;
  const norm = Math.sqrt(((2 * l + 1) / (4 * Math.PI)) * ratio) * (n > 0 ? Math.SQRT2 : 1);
  return norm * legendre * (m < 0 ? Math.sin(n * phi) : Math.cos(n * phi));
}

/** The dense matrix Y[i][k], node i, coefficient k. */
export function harmonicMatrix(transform: HarmonicTransform): Float64Array[] {
  const d = transform.dimension;
  return Array.from({ length: transform.count }, (_, i) => {
    const x = Array.from(transform.nodes.slice(d * i, d * i + d));
    return Float64Array.from({ length: transform.size }, (_, k) =>
      harmonicByAngles(transform.degrees[k], transform.orders[k], x),
    );
  });
}

/** Surface gradient by symmetric differences of the harmonic extended constantly along rays. */
export function harmonicGradient(l: number, m: number, x: readonly number[]): number[] {
  const step = 1e-5;
  return x.map((_, a) => {
    const at = (shift: number): number => {
      const y = x.map((v, b) => (a === b ? v + shift : v));
      const norm = Math.hypot(...y);
      return harmonicByAngles(
        l,
        m,
        y.map((v) => v / norm),
      );
    };
    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
  });
}

/** Uniform numbers on (-1, 1) from a linear congruence: fixed, and good enough to fill coefficients. */
export function fixedNumbers(count: number, seed: number): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (2 * (state + 0.5)) / 4294967296 - 1;
  });
}
