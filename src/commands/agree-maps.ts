import type { LimitSide } from "../experiments/agree/limit-side.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { circleMap } from "../plots/circle-map.js";
import type { LatLonRaster } from "../plots/lat-lon.js";
import { panels } from "../plots/panels.js";
import { sphereMaps } from "../plots/sphere-map.js";
import type { Svg } from "../plots/svg.js";
import { planHarmonics } from "../spectral/harmonics.js";
import type { HarmonicTransform } from "../types.js";

export const clock = (time: number): string => `t = ${Number(time.toFixed(3))}`;

/** Rows of the raster behind a map: one and a half degrees each, a tenth of a wavelength at degree 24. */
const ROWS = 120;

/** The density of harmonic coefficients at a unit vector. */
type Density = (coefficients: Float64Array, x: Float64Array) => number;

/** The density at every snapshot, with tokens on top. */
export function maps(transform: HarmonicTransform, { snapshots }: LimitSide, { shown }: TokenSide): Svg {
  const harmonics = planHarmonics(transform.dimension, transform.lmax);
  const values = new Float64Array(harmonics.size);
  const density: Density = (coefficients, x) => {
    harmonics.values(x, 0, values);
    let sum = 0;
    for (let q = 0; q < values.length; q++) sum += coefficients[q] * values[q];
    return sum;
  };
  return transform.dimension === 2
    ? onCircles(snapshots, shown, density)
    : onSpheres(snapshots, shown, density);
}

type Snapshots = LimitSide["snapshots"];
type Shown = TokenSide["shown"];

function onCircles(snapshots: Snapshots, shown: Shown, density: Density): Svg {
  const each = snapshots.map(({ time, coefficients }, i) =>
    circleMap({
      title: clock(time),
      tokens: shown[i],
      densities: [
        { density: (angle) => density(coefficients, Float64Array.of(Math.cos(angle), Math.sin(angle))) },
      ],
    }),
  );
  return panels([each.slice(0, 2), each.slice(2)]);
}

const onSpheres = (snapshots: Snapshots, shown: Shown, density: Density): Svg =>
  sphereMaps(
    snapshots.map(({ time, coefficients }, i) => ({
      title: clock(time),
      tokens: shown[i],
      density: raster((x) => density(coefficients, x)),
    })),
    { width: 400 },
  );

function raster(density: (x: Float64Array) => number): LatLonRaster {
  const columns = 2 * ROWS;
  const x = new Float64Array(3);
  const values = Float64Array.from({ length: ROWS * columns }, (_, i) => {
    const colatitude = ((Math.floor(i / columns) + 0.5) * Math.PI) / ROWS;
    const longitude = (((i % columns) + 0.5) * 2 * Math.PI) / columns;
    const s = Math.sin(colatitude);
    x.set([s * Math.cos(longitude), s * Math.sin(longitude), Math.cos(colatitude)]);
    return density(x);
  });
  return { rows: ROWS, columns, values };
}
