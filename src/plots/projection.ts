/** A point of the page: x to the right, y up; or the Cartesian coordinates of a direction. */
export type Plane = readonly [number, number];
export type Direction = readonly [number, number, number];

/** A map of the sphere, centred on direction (1, 0, 0) with (0, 0, 1) upwards, east to the right. */
export interface Projection {
  /** Half width and half height of the picture. */
  readonly extent: Plane;
  /** Null for a direction the picture does not show. */
  forward(direction: Direction): Plane | null;
  /** Null outside the picture. */
  inverse(point: Plane): Direction | null;
}

const direction = (longitude: number, sinLatitude: number): Direction => {
  const r = Math.sqrt(Math.max(0, 1 - sinLatitude * sinLatitude));
  return [r * Math.cos(longitude), r * Math.sin(longitude), sinLatitude];
};

/**
 * Hammer's equal-area projection of the whole sphere, in an ellipse (J. P. Snyder, "Map projections: a working
 * manual", USGS 1395, 1987): Lambert's azimuthal projection of the sphere with longitudes halved, drawn twice as wide.
 */
export const hammer: Projection = {
  extent: [2 * Math.SQRT2, Math.SQRT2],
  forward([x, y, z]) {
    const half = Math.atan2(y, x) / 2;
    const r = Math.sqrt(Math.max(0, 1 - z * z));
    const k = Math.sqrt(2 / (1 + r * Math.cos(half)));
    return [2 * k * r * Math.sin(half), k * z];
  },
  inverse([x, y]) {
    const s = (x * x) / 16 + (y * y) / 4;
    if (s > 0.5) return null;
    const w = Math.sqrt(1 - s);
    return direction(2 * Math.atan2(w * x, 2 * (2 * w * w - 1)), w * y);
  },
};

/** Mollweide's equal-area projection of the whole sphere, in an ellipse, parallels straight (Snyder, 1987). */
export const mollweide: Projection = {
  extent: [2 * Math.SQRT2, Math.SQRT2],
  forward([x, y, z]) {
    const target = Math.PI * Math.max(-1, Math.min(1, z));
    // 2t + sin 2t = pi sin(latitude) by Newton; the derivative vanishes at the poles only.
    let t = Math.asin(target / Math.PI) * 0.9;
    for (let i = 0; i < 60 && Math.abs(target) < Math.PI; i++) {
      const step = (2 * t + Math.sin(2 * t) - target) / (2 + 2 * Math.cos(2 * t));
      t -= step;
      if (Math.abs(step) < 1e-14) break;
    }
    if (Math.abs(target) >= Math.PI) t = (Math.sign(z) * Math.PI) / 2;
    return [((2 * Math.SQRT2) / Math.PI) * Math.atan2(y, x) * Math.cos(t), Math.SQRT2 * Math.sin(t)];
  },
  inverse([x, y]) {
    const sine = y / Math.SQRT2;
    if (Math.abs(sine) > 1) return null;
    const t = Math.asin(sine);
    const c = Math.cos(t);
    const longitude = c > 0 ? (Math.PI * x) / (2 * Math.SQRT2 * c) : 0;
    return Math.abs(longitude) > Math.PI ? null : direction(longitude, (2 * t + Math.sin(2 * t)) / Math.PI);
  },
};

/** One hemisphere seen from far away. */
export const orthographic: Projection = {
  extent: [1, 1],
  forward: ([x, y, z]) => (x >= 0 ? [y, z] : null),
  inverse([y, z]) {
    const x2 = 1 - y * y - z * z;
    return x2 < 0 ? null : [Math.sqrt(x2), y, z];
  },
};

/** The rotation (orthonormal rows) after which `centre` is in the middle of a map and north is up as far as it can be. */
export function centredOn(centre: Direction): readonly [Direction, Direction, Direction] {
  const norm = Math.hypot(...centre);
  if (!(Math.abs(norm - 1) < 1e-9)) throw new RangeError(`centre: [${centre}] has norm ${norm}, want 1`);
  const [x, y, z] = centre;
  const r = Math.hypot(x, y);
  const east: Direction = r > 1e-12 ? [-y / r, x / r, 0] : [0, 1, 0];
  const north: Direction = [y * east[2] - z * east[1], z * east[0] - x * east[2], x * east[1] - y * east[0]];
  return [centre, east, north];
}
