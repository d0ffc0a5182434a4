import type { SlopeMark } from "./marks.js";

/** A curve on two logarithmic axes. */
export interface LogCurve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Intercept of the line log y = slope log x + intercept through the mean of a curve's points. */
export function logIntercept({ x, y }: LogCurve, slope: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.log(y[i]) - slope * Math.log(x[i]);
  return sum / x.length;
}

/**
 * A reference slope placed where it can be compared and read: parallel to the curve whose own slope is nearest, moved
 * up or down by the smallest factor that keeps `clearance` (a ratio of y) from every curve and from the lines that are
 * `placed` already, over the middle of x.
 */
export function placeReference(
  slope: number,
  curves: readonly LogCurve[],
  clearance: number,
  placed: readonly SlopeMark[] = [],
): SlopeMark {
  const all = curves.flatMap(({ x }) => Array.from(x));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = Math.log(high / low);
  const x = [low * Math.exp(0.22 * span), low * Math.exp(0.62 * span)] as const;
  const middle = Math.sqrt(x[0] * x[1]);
  const nearest = curves.reduce((best, next) =>
    Math.abs(ownSlope(next) - slope) < Math.abs(ownSlope(best) - slope) ? next : best,
  );
  const base = interpolateLog(nearest, middle) - slope * Math.log(middle);
  const need = Math.log(clearance);
  const probes = Array.from({ length: 9 }, (_, i) => x[0] * (x[1] / x[0]) ** (i / 8));
  const free = (shift: number) =>
    [...curves, ...placed.map(asCurve)].every((curve) =>
      probes.every((v) => Math.abs(base + shift + slope * Math.log(v) - interpolateLog(curve, v)) >= need),
    );
  let shift = -need;
  for (let k = 2; k < 60; k++) {
    const next = ((k % 2 === 0 ? -1 : 1) * need * Math.floor(k / 2)) / 3;
    if (!free(next)) continue;
    shift = next;
    break;
  }
  const through = [middle, Math.exp(base + shift + slope * Math.log(middle))] as const;
  return { kind: "slope", slope, through, x, side: shift > 0 ? "above" : "below" };
}

const asCurve = ({ x, through, slope }: SlopeMark): LogCurve => ({
  x,
  y: x.map((v) => through[1] * (v / through[0]) ** slope),
});

/** Least-squares slope of log y against log x. */
function ownSlope({ x, y }: LogCurve): number {
  const lx = Array.from(x, Math.log);
  const ly = Array.from(y, Math.log);
  const mean = (list: readonly number[]) => list.reduce((s, v) => s + v, 0) / list.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const sxy = lx.reduce((s, v, i) => s + (v - mx) * (ly[i] - my), 0);
  const sxx = lx.reduce((s, v) => s + (v - mx) ** 2, 0);
  return sxx > 0 ? sxy / sxx : 0;
}

/** log y at x, straight between the points and beyond them. */
function interpolateLog({ x, y }: LogCurve, at: number): number {
  const points = Array.from(x, (v, i) => [Math.log(v), Math.log(y[i])]).sort((a, b) => a[0] - b[0]);
  const t = Math.log(at);
  let i = 0;
  while (i < points.length - 2 && t > points[i + 1][0]) i++;
  const [a, b] = [points[i], points[Math.min(i + 1, points.length - 1)]];
  return b[0] === a[0] ? a[1] : a[1] + ((t - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
}
