/**
 * Values on a regular grid of the sphere, values[row * columns + column]: row r at colatitude (r + ½)π/rows, from the
 * north pole (0, 0, 1); column c at longitude (c + ½)2π/columns, from (1, 0, 0) towards (0, 1, 0).
 */
export interface LatLonRaster {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** The grid as a function of direction, bilinear between its points and constant beyond the last row at the poles. */
export function rasterDensity({
  rows,
  columns,
  values,
}: LatLonRaster): (x: number, y: number, z: number) => number {
  if (values.length !== rows * columns)
    throw new RangeError(`density.values: ${values.length} numbers for ${rows} × ${columns}`);
  return (x, y, z) => {
    const colatitude = Math.acos(Math.max(-1, Math.min(1, z)));
    const longitude = Math.atan2(y, x);
    const r = Math.max(0, Math.min(rows - 1, (colatitude * rows) / Math.PI - 0.5));
    const c = (longitude * columns) / (2 * Math.PI) - 0.5;
    const [r0, c0] = [Math.min(rows - 1, Math.floor(r)), Math.floor(c)];
    const r1 = Math.min(rows - 1, r0 + 1);
    const [s, t] = [r - r0, c - c0];
    const wrap = (k: number) => ((k % columns) + columns) % columns;
    const row = (k: number) =>
      (1 - t) * values[k * columns + wrap(c0)] + t * values[k * columns + wrap(c0 + 1)];
    return (1 - s) * row(r0) + s * row(r1);
  };
}
