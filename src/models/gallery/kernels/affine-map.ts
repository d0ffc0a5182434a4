import { kernelChoice } from "../../../kernels/choice.js";
import { affineMap as embedded } from "../../../kernels/embedded/affine-map.js";
import { instantiate, layout } from "../../../kernels/instance.js";
import { movePlain } from "./affine-map-plain.js";

/** Moves n points of R^d by one affine map. */
export interface AffineMover {
  /** [n,d], where points lie best: others are copied there and back. */
  readonly home?: Float64Array;
  /**
   * points[n,d] <- offset + matrix x row by row, in place; `map` [d,d+1] has the offset first. The sum of all that came out,
   * which is finite only if they are.
   */
  move(map: Float64Array, points: Float64Array): number;
}

/** Below so many points a call costs more than it saves. */
const FEW = 32;

interface Functions {
  move(points: number, count: number, d: number, map: number, scratch: number): number;
}

/** The plain one and the vectors' give the same bits. */
export function planAffineMap(n: number, d: number): AffineMover {
  const choice = n < FEW ? "plain" : kernelChoice();
  if (choice === "plain") return { move: (map, points) => movePlain(map, points, d) };
  const room = layout();
  const at = {
    map: room.numbers(d * (d + 1)),
    scratch: room.numbers(2 * d),
    // Pairs of points: an odd last one has a neighbour.
    points: room.numbers((n + 1) * d),
  };
  const { functions, view } = instantiate<Functions>(embedded, choice, room);
  const home = view(at.points, n * d);
  const own = view(at.map, d * (d + 1));
  return {
    home,
    move(map, points) {
      own.set(map);
      if (points !== home) home.set(points);
      const sum = functions.move(at.points, n, d, at.map, at.scratch);
      if (points !== home) points.set(home);
      return sum;
    },
  };
}
