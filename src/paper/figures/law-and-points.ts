import type { LineMark, Mark, PointsMark } from "../../plots/marks.js";

type Numbers = ArrayLike<number>;

export interface Curve {
  readonly x: Numbers;
  readonly y: Numbers;
}

/** Measured values y at x, with their standard errors. */
export interface MeasuredPoints extends Curve {
  readonly standardErrors: Numbers;
}

/** A law as a curve, beside what was measured of it. */
export interface LawAndPoints {
  readonly label: string;
  readonly law: Curve;
  readonly points: MeasuredPoints;
}

/** Points with intervals of two standard errors. */
export function measuredPoints(
  { x, y, standardErrors }: MeasuredPoints,
  style: Pick<PointsMark, "series" | "label" | "size">,
): Mark {
  const shifted = (sign: number): number[] => Array.from(y, (v, k) => v + sign * 2 * standardErrors[k]);
  return { kind: "points", x, y, low: shifted(-1), high: shifted(1), ...style };
}

/** Curve and points of one series, in one colour and with one entry in the legend. */
export const lawAndPoints = (
  { label, law, points }: LawAndPoints,
  series: number,
  line: Pick<LineMark, "dash" | "width"> = {},
): Mark[] => [
  { kind: "line", series, ...law, label, ...line },
  measuredPoints(points, { series, label, size: 6 }),
];
