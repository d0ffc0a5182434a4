import { convergencePlot } from "../plots/convergence-plot.js";
import { spectrumPlot } from "../plots/spectrum-plot.js";
import type { Svg } from "../plots/svg.js";
import type { AgreementResult } from "../studies/agreement.js";
import type { HarmonicTransform } from "../types.js";
import { clock, maps } from "./agree-maps.js";
import { series } from "./agree-series.js";
import type { Sides } from "./agree-sides.js";

export interface Figure {
  readonly name: string;
  readonly svg: Svg;
  readonly caption: string;
}

/** Maps, observables, rate and spectrum: what a person would rather look at than read. */
export function agreeFigures(
  transform: HarmonicTransform,
  { limit, tokens, law }: Sides,
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

function rate(rates: readonly AgreementResult[]): Svg {
  const all = rates[rates.length - 1];
  return convergencePlot({
    title: "Random tokens against the density",
    subtitle: `${all.paths} initial clouds of every size, 95% intervals`,
    xLabel: "number of tokens n",
    yLabel: "RMS error of the moments, l ≤ 4",
    references: [-0.5],
    series: [{ ...all, label: "random tokens" }],
  });
}
