import type { LawSide } from "../experiments/agree/law-side.js";
import type { LimitSide } from "../experiments/agree/limit-side.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { chart } from "../plots/chart.js";
import { circleMap } from "../plots/circle-map.js";
import { convergencePlot } from "../plots/convergence-plot.js";
import type { LatLonRaster } from "../plots/lat-lon.js";
import type { Mark } from "../plots/marks.js";
import { panels } from "../plots/panels.js";
import { spectrumPlot } from "../plots/spectrum-plot.js";
import { sphereMaps } from "../plots/sphere-map.js";
import type { Svg } from "../plots/svg.js";
import { planHarmonics } from "../spectral/harmonics.js";
import type { AgreementResult } from "../studies/agreement.js";
import type { HarmonicTransform } from "../types.js";

export interface Figure {
  readonly name: string;
  readonly svg: Svg;
  readonly caption: string;
}

const clock = (time: number): string => `t = ${Number(time.toFixed(3))}`;

/** Maps, observables, rate and spectrum: what a person would rather look at than read. */
export function agreementFigures(
  transform: HarmonicTransform,
  limit: LimitSide,
  tokens: TokenSide,
  law: LawSide | null,
  rates: readonly AgreementResult[],
): Figure[] {
  return [
    {
      name: "density",
      svg: maps(transform, limit, tokens),
      caption: `The law at four times: the density from its spherical harmonics, and ${tokens.shown[0].length / transform.dimension} random tokens under the same noise on top.`,
    },
    {
      name: "observables",
      svg: series(limit, tokens, law),
      caption:
        "Observables over time. On the left one common noise: density (line), characteristics (dashes) and the largest cloud of tokens (dots). " +
        "On the right the means over paths of transformers and of the stochastic equation; bands are two standard errors.",
    },
    {
      name: "rate",
      svg: rate(rates),
      caption:
        "Distance of n random tokens from the density in the harmonic moments to degree 4, root mean square over initial clouds, with bootstrap intervals.",
    },
    {
      name: "spectrum",
      svg: spectrumPlot({
        spectra: limit.snapshots.map(({ time, energy }) => ({ label: clock(time), energy })),
        title: "Energy per degree",
      }),
      caption: "Energy of the density in each degree. The run is resolved while the last degrees stay small.",
    },
  ];
}

/** Rows of the raster behind a map: one and a half degrees each, a tenth of a wavelength at degree 24. */
const ROWS = 120;

function maps(transform: HarmonicTransform, limit: LimitSide, tokens: TokenSide): Svg {
  const harmonics = planHarmonics(transform.dimension, transform.lmax);
  const values = new Float64Array(harmonics.size);
  const x = new Float64Array(transform.dimension);
  const at = (coefficients: Float64Array): number => {
    harmonics.values(x, 0, values);
    let sum = 0;
    for (let q = 0; q < values.length; q++) sum += coefficients[q] * values[q];
    return sum;
  };
  if (transform.dimension === 2) {
    const each = limit.snapshots.map(({ time, coefficients }, i) =>
      circleMap({
        title: clock(time),
        tokens: tokens.shown[i],
        densities: [
          {
            density: (angle) => {
              x.set([Math.cos(angle), Math.sin(angle)]);
              return at(coefficients);
            },
          },
        ],
      }),
    );
    return panels([each.slice(0, 2), each.slice(2)]);
  }
  const raster = (coefficients: Float64Array): LatLonRaster => {
    const columns = 2 * ROWS;
    const drawn = Float64Array.from({ length: ROWS * columns }, (_, i) => {
      const colatitude = ((Math.floor(i / columns) + 0.5) * Math.PI) / ROWS;
      const longitude = (((i % columns) + 0.5) * 2 * Math.PI) / columns;
      const s = Math.sin(colatitude);
      x.set([s * Math.cos(longitude), s * Math.sin(longitude), Math.cos(colatitude)]);
      return at(coefficients);
    });
    return { rows: ROWS, columns, values: drawn };
  };
  return sphereMaps(
    limit.snapshots.map(({ time, coefficients }, i) => ({
      title: clock(time),
      tokens: tokens.shown[i],
      density: raster(coefficients),
    })),
    { width: 400 },
  );
}

function series(limit: LimitSide, tokens: TokenSide, law: LawSide | null): Svg {
  const names = Object.keys(limit.density);
  const pathwise = chart({
    title: "One common noise",
    x: { label: "time t" },
    y: { label: "observable" },
    legend: "top",
    marks: names.flatMap((name, s): Mark[] => [
      { kind: "line", series: s, x: limit.times, y: limit.density[name], label: name },
      {
        kind: "line",
        series: s,
        x: limit.times,
        y: limit.characteristics[name],
        dash: "2 3",
        width: 3,
        opacity: 0.5,
      },
      ...(tokens.observables[name]
        ? [
            {
              kind: "points",
              series: s,
              x: thin(tokens.times),
              y: thin(tokens.observables[name]),
              size: 5,
            } as const,
          ]
        : []),
    ]),
  });
  if (!law) return pathwise;
  const inLaw = chart({
    title: "In law: transformers and equation",
    x: { label: "diffusive time t" },
    y: { label: "mean over paths" },
    legend: "top",
    marks: names.flatMap((name, s): Mark[] => {
      const { mean, stderr } = law.equation[name];
      const chain = law.transformer[name];
      const off = (values: readonly number[], errors: readonly (number | null)[], sign: number): number[] =>
        values.map((v, i) => v + sign * 2 * (errors[i] ?? 0));
      return [
        {
          kind: "band",
          series: s,
          x: law.times,
          low: off(mean, stderr, -1),
          high: off(mean, stderr, 1),
          label: `${name}, equation`,
        },
        {
          kind: "points",
          series: s,
          x: law.times,
          y: chain.mean,
          low: off(chain.mean, chain.stderr, -1),
          high: off(chain.mean, chain.stderr, 1),
          label: `${name}, transformers`,
        },
      ];
    }),
  });
  return panels([[pathwise, inLaw]]);
}

/** At most about two dozen of the values, evenly. */
const thin = (values: readonly number[]): number[] => {
  const every = Math.max(1, Math.round(values.length / 24));
  return values.filter((_, i) => i % every === 0);
};

function rate(rates: readonly AgreementResult[]): Svg {
  const all = rates[rates.length - 1];
  return convergencePlot({
    title: "Random tokens against the density",
    xLabel: "number of tokens n",
    yLabel: "RMS error of the moments, l ≤ 4",
    references: [-0.5],
    series: [
      {
        label: "random tokens",
        x: all.levels.map(({ tokens }) => tokens),
        error: all.levels.map(({ error }) => error),
        low: all.levels.map(({ interval }) => interval[0]),
        high: all.levels.map(({ interval }) => interval[1]),
        ...(all.fit && { fit: all.fit }),
      },
    ],
  });
}
