import { fromRows, toRows } from "./fourier";
import { clearRings, fromRings, toRings } from "./ring-spectrum";
import { Plan } from "./sphere-plan";

export { sumDegrees, sumLatitudes } from "./legendre-sums";

/** The rows of pairs i and i + 1, of `count` whose values are there, for one field. */
function placeRows(plan: Plan, i: i32, count: i32, fields: i32, field: i32): void {
  const row = <usize>(plan.longitudes * fields) << 3;
  const north = plan.values + (<usize>field << 3) + <usize>i * row;
  const south = plan.values + (<usize>field << 3) + <usize>(2 * count - 1 - i) * row;
  const rows = plan.rows;
  rows.north0 = north;
  rows.north1 = north + row;
  rows.south0 = south;
  rows.south1 = south - row;
  rows.stride = <usize>fields << 3;
}

/** Where pair j stands in a field's rings. */
// @ts-ignore: decorator
@inline
function ringsOf(plan: Plan, j: i32, field: i32): usize {
  return plan.rings + <usize>field * plan.ringsOfField + (<usize>(j >> 2) << 7) + (<usize>(j & 3) << 3);
}

/** values <- what the rings of pairs `from` to `end` sum to. */
export function toValues(plan: Plan, degree: i32, fields: i32, from: i32, end: i32): void {
  for (let j = from; j < end; j += 2) {
    for (let field = 0; field < fields; field++) {
      placeRows(plan, j - from, end - from, fields, field);
      fromRings(plan, ringsOf(plan, j, field), degree, plan.x);
      toRows(plan.longitudes, plan.rows, plan.x, plan.y, plan.twiddles);
    }
  }
}

/** The rings of pairs `from` to `end`, and after the last pair those that a block has too much, <- sums of values. */
export function fromValues(plan: Plan, degree: i32, fields: i32, from: i32, end: i32): void {
  for (let j = from; j < end; j += 2) {
    const even = v128.load(plan.evenWeights + (<usize>j << 3));
    const odd = v128.load(plan.oddWeights + (<usize>j << 3));
    for (let field = 0; field < fields; field++) {
      placeRows(plan, j - from, end - from, fields, field);
      const z = fromRows(plan.longitudes, plan.rows, plan.x, plan.y, plan.twiddles);
      toRings(plan, z, degree, ringsOf(plan, j, field), even, odd);
    }
  }
  if (end < plan.pairs) return;
  for (let j = end; j < 4 * plan.blocks; j += 2)
    for (let field = 0; field < fields; field++) clearRings(plan, degree, ringsOf(plan, j, field));
}
