import type { LimitSide } from "../experiments/agree/limit-side.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { circleMap } from "../plots/circle-map.js";
import { panels } from "../plots/panels.js";
import { sphereMaps } from "../plots/sphere-map.js";
import type { Svg } from "../plots/svg.js";
import type { HarmonicTransform } from "../types.js";

export const clock = (time: number): string => `t = ${Number(time.toFixed(3))}`;

/** The density at every snapshot, with tokens on top where they came as far. */
export function maps(transform: HarmonicTransform, { snapshots }: LimitSide, tokens: TokenSide | null): Svg {
  const each = snapshots.map(({ time, coefficients }, i) => ({
    title: clock(time),
    tokens: tokens?.shown[i],
    density: { transform, coefficients },
  }));
  if (transform.dimension === 3) return sphereMaps(each, { width: 400 });
  const circles = each.map((map) => circleMap(map));
  return panels([circles.slice(0, 2), circles.slice(2)].filter((row) => row.length > 0));
}
