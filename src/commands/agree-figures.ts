import { convergencePlot } from "../plots/convergence-plot.js";
import { spectrumPlot } from "../plots/spectrum-plot.js";
import type { Svg } from "../plots/svg.js";
import type { Sides } from "../experiments/agree/sides.js";
import type { AgreementResult } from "../studies/agreement.js";
import type { HarmonicTransform } from "../types.js";
import { clock, maps } from "./agree-maps.js";
import { series } from "./agree-series.js";

export interface Figure {
  readonly name: string;
  readonly caption: string;
  readonly draw: () => Svg;
}

/** Maps, observables, rate and spectrum: what a person would rather look at than read. Only what has come can be drawn. */
export function agreeFigures(
  transform: HarmonicTransform,
  { limit, tokens, law }: Sides,
  rates: readonly AgreementResult[],
): Figure[] {
  const shown = tokens ? tokens.shown[0].length / transform.dimension : 0;
  const whole = law && law.done.equation > 0 ? law : null;
  const ofLimit = limit && [
    {
      name: "density",
      draw: () => maps(transform, limit, tokens),
      caption: `The law along the path: the density from its spherical harmonics${shown > 0 ? `, and ${shown} random tokens under the same noise on top` : ""}.`,
    },
    {
      name: "observables",
      draw: () => series(limit, tokens, whole),
      caption:
        "Observables over time. On the left one common noise: density (line), characteristics (dashes) and the largest cloud of tokens (dots)." +
        (whole
          ? " On the right the means over paths of transformers and of the stochastic equation; bands are two standard errors."
          : ""),
    },
    {
      name: "spectrum",
      draw: () =>
        spectrumPlot({
          spectra: limit.snapshots.map(({ time, energy }) => ({ label: clock(time), energy })),
          title: "Energy per degree",
        }),
      caption: "Energy of the density in each degree. The run is resolved while the last degrees stay small.",
    },
  ];
  const ofRates = {
    name: "rate",
    draw: () => rate(rates),
    caption:
      "Distance of n random tokens from the density in the harmonic moments to degree 4, root mean square over initial clouds, with bootstrap intervals.",
  };
  return [...(ofLimit ?? []), ...(rates.length > 0 ? [ofRates] : [])];
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
