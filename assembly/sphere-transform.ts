import { fromRows, toRows } from "./fourier";
import { sumDegrees, sumLatitudes } from "./legendre-sums";
import { clearRings, fromRings, toRings } from "./ring-spectrum";
import { Plan } from "./sphere-plan";

/** The rows of pairs j and j + 1 for one field. */
function placeRows(plan: Plan, j: i32, fields: i32, field: i32): void {
  const row = <usize>(plan.longitudes * fields) << 3;
  const north = plan.values + (<usize>field << 3) + <usize>j * row;
  const south = plan.values + (<usize>field << 3) + <usize>(2 * plan.pairs - 1 - j) * row;
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

/** values <- the fields of plan.coefficients. */
export function synthesis(plan: Plan, degree: i32, fields: i32): void {
  sumDegrees(plan, degree, fields);
  for (let j = 0; j < plan.pairs; j += 2) {
    for (let field = 0; field < fields; field++) {
      placeRows(plan, j, fields, field);
      fromRings(plan, ringsOf(plan, j, field), degree, plan.x);
      toRows(plan.longitudes, plan.rows, plan.x, plan.y, plan.twiddles);
    }
  }
}

/** coefficients <- those of the fields of plan.values. */
export function analysis(plan: Plan, degree: i32, fields: i32): void {
  for (let j = 0; j < plan.pairs; j += 2) {
    const even = v128.load(plan.evenWeights + (<usize>j << 3));
    const odd = v128.load(plan.oddWeights + (<usize>j << 3));
    for (let field = 0; field < fields; field++) {
      placeRows(plan, j, fields, field);
      const z = fromRows(plan.longitudes, plan.rows, plan.x, plan.y, plan.twiddles);
      toRings(plan, z, degree, ringsOf(plan, j, field), even, odd);
    }
  }
  for (let j = plan.pairs; j < 4 * plan.blocks; j += 2)
    for (let field = 0; field < fields; field++) clearRings(plan, degree, ringsOf(plan, j, field));
  sumLatitudes(plan, degree, fields);
}
