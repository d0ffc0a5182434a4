import { checkOptions, maybe } from "../../numerics/options.js";
import { matrixOf, vectorOf, type MatrixLike, type NumbersLike } from "../../numerics/rows.js";

/** x -> matrix x + offset; a missing part is zero. */
export interface AffineField {
  /** [d,d]: row by row, nested rows, or an ndarray. */
  readonly matrix?: MatrixLike;
  /** [d] */
  readonly offset?: NumbersLike;
}

/** What is not zero of a matrix [d,d+1], offset first: many a field has few entries, and a step of few points few else to do. */
export interface Entries {
  /** Of every entry, its place row by row, its row, and its column in the matrix without the offset: -1 for the offset. */
  readonly places: Int32Array;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

export function entriesOf(what: string, field: AffineField, d: number): Entries {
  checkOptions(`affine: ${what}`, field, { matrix: maybe("numbers"), offset: maybe("numbers") });
  const A = field.matrix && matrixOf(`${what}.matrix`, field.matrix, d, d);
  const a = field.offset && vectorOf(`${what}.offset`, field.offset, d);
  const row = (place: number): number => Math.floor(place / (d + 1));
  const column = (place: number): number => (place % (d + 1)) - 1;
  const all = Array.from(
    { length: d * (d + 1) },
    (_, place) => (column(place) < 0 ? a?.[row(place)] : A?.[row(place) * d + column(place)]) ?? 0,
  );
  const places = Int32Array.from(all.keys()).filter((place) => all[place] !== 0);
  return {
    places,
    rows: places.map(row),
    columns: places.map(column),
    values: Float64Array.from(places, (place) => all[place]),
  };
}

/** map[d,d+1] += c field */
export function addField(c: number, { places, values }: Entries, map: Float64Array): void {
  if (c === 0) return;
  for (let e = 0; e < places.length; e++) map[places[e]] += c * values[e];
}

/** map += A inner for the matrix A of a field: what nabla along `inner` makes of it. */
export function addLinear(
  { rows, columns, values }: Entries,
  inner: Float64Array,
  d: number,
  map: Float64Array,
): void {
  const width = d + 1;
  for (let e = 0; e < values.length; e++) {
    if (columns[e] < 0) continue;
    const to = rows[e] * width;
    const from = columns[e] * width;
    for (let q = 0; q < width; q++) map[to + q] += values[e] * inner[from + q];
  }
}

/** out[n,d] = offset + matrix v, point by point. */
export function apply(map: Float64Array, v: Float64Array, d: number, out: Float64Array): void {
  for (let o = 0; o < v.length; o += d) {
    for (let a = 0, e = 0; a < d; a++) {
      let y = map[e++];
      for (let b = 0; b < d; b++) y += map[e++] * v[o + b];
      out[o + a] = y;
    }
  }
}
