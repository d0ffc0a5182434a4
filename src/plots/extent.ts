import { cellEdges, type Mark } from "./marks.js";
import type { AxisSpec } from "./scale.js";

interface Cover {
  readonly x: ArrayLike<number>[];
  readonly y: ArrayLike<number>[];
}

/** Smallest and largest x and y that the marks want to be seen. Bounds ≤ 0 on a logarithmic axis do not count. */
export function extentOf(
  marks: readonly Mark[],
  x: AxisSpec,
  y: AxisSpec,
): { x: [number, number]; y: [number, number]; filled: boolean } {
  const cover: Cover = { x: [], y: [] };
  let filled = false;
  marks.forEach((mark, index) => {
    checkMark(mark, `marks[${index}]`, x, y);
    add(mark, cover, x.scale === "log", y.scale === "log");
    filled ||= mark.kind === "heat";
  });
  return { x: range(cover.x, x.scale === "log"), y: range(cover.y, y.scale === "log"), filled };
}

function range(lists: readonly ArrayLike<number>[], log: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      if (log && !(list[i] > 0)) continue;
      low = Math.min(low, list[i]);
      high = Math.max(high, list[i]);
    }
  }
  return low <= high ? [low, high] : log ? [1, 10] : [0, 1];
}

function add(mark: Mark, { x, y }: Cover, logX: boolean, logY: boolean): void {
  switch (mark.kind) {
    case "line":
    case "points":
      x.push(mark.x);
      y.push(mark.y);
      if (mark.kind === "points" && mark.low && mark.high) y.push(mark.low, mark.high);
      break;
    case "band":
      x.push(mark.x);
      y.push(mark.low, mark.high);
      break;
    case "slope":
      x.push(mark.x);
      y.push(mark.x.map((v) => mark.through[1] * (v / mark.through[0]) ** mark.slope));
      break;
    case "region":
      x.push(mark.points.map((p) => p[0]));
      y.push(mark.points.map((p) => p[1]));
      break;
    case "rule":
      if (mark.x !== undefined) x.push([mark.x]);
      if (mark.y !== undefined) y.push([mark.y]);
      break;
    case "heat":
      x.push(cellEdges(mark.x, logX));
      y.push(cellEdges(mark.y, logY));
      break;
    case "contour":
      x.push(mark.x);
      y.push(mark.y);
      break;
    case "text":
      x.push([mark.x]);
      y.push([mark.y]);
  }
}

/** One sentence about the first number that cannot be drawn. */
function checkMark(mark: Mark, name: string, x: AxisSpec, y: AxisSpec): void {
  const finite = (
    values: ArrayLike<number>,
    key: string,
    length: number,
    positive: boolean,
    { holes = false, zero = false } = {},
  ) => {
    if (values.length !== length)
      throw new RangeError(`${name}.${key}: ${values.length} numbers, want ${length}`);
    for (let i = 0; i < values.length; i++) {
      if (holes && Number.isNaN(values[i])) continue;
      if (!Number.isFinite(values[i]))
        throw new RangeError(`${name}.${key}[${i}]: ${values[i]} is not finite`);
      if (positive && !(values[i] > 0 || (zero && values[i] === 0)))
        throw new RangeError(
          `${name}.${key}[${i}]: ${values[i]} on a logarithmic axis, want a positive number`,
        );
    }
  };
  const logX = x.scale === "log";
  const logY = y.scale === "log";
  if (mark.kind === "line" || mark.kind === "points") {
    finite(mark.x, "x", mark.x.length, logX);
    finite(mark.y, "y", mark.x.length, logY, { zero: mark.kind === "points" && y.zero });
  }
  if (mark.kind === "points" && (mark.low || mark.high)) {
    finite(mark.low ?? [], "low", mark.x.length, false);
    finite(mark.high ?? [], "high", mark.x.length, logY);
  }
  if (mark.kind === "band") {
    finite(mark.x, "x", mark.x.length, logX);
    finite(mark.low, "low", mark.x.length, false);
    finite(mark.high, "high", mark.x.length, logY);
  }
  if (mark.kind === "heat" || mark.kind === "contour") {
    finite(mark.x, "x", mark.x.length, logX);
    finite(mark.y, "y", mark.y.length, logY);
    const holes = mark.kind === "contour" || mark.missing !== undefined;
    const positive = mark.kind === "heat" && mark.log === true;
    finite(mark.values, "values", mark.x.length * mark.y.length, positive, { holes });
  }
  if (mark.kind === "slope" && !(logX && logY))
    throw new RangeError(`${name}: a reference slope needs both axes logarithmic`);
}
