import { chart } from "./chart.js";
import { colormap, hex } from "./colormap.js";
import type { Mark } from "./marks.js";
import type { Svg } from "./svg.js";

export interface SpectrumPlotSpec {
  /** Energy of every degree l = 0, 1, … at one time each, in order of time. */
  readonly spectra: readonly { readonly label: string; readonly energy: ArrayLike<number> }[];
  readonly title?: string;
  readonly subtitle?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Energies below this share of the largest are rounding and left out; default 1e-32. */
  readonly floor?: number;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Energy per degree on a logarithmic axis, one curve a time, from dark (early) to light (late). Energies of zero have
 * no place on it and leave a gap in the markers.
 */
export function spectrumPlot(spec: SpectrumPlotSpec): Svg {
  const { spectra, floor = 1e-32, width = 560, height = 380 } = spec;
  const largest = Math.max(0, ...spectra.flatMap(({ energy }) => Array.from(energy)));
  if (!(largest > 0)) throw new RangeError("spectra: want at least one positive energy");
  const at = colormap("viridis");
  const marks = spectra.flatMap(({ label, energy }, series): Mark[] => {
    const degrees = Array.from(energy, (_, l) => l).filter(
      (l) => energy[l] > floor * largest || Number.isNaN(energy[l]),
    );
    const y = degrees.map((l) => energy[l]);
    // The last tenth of viridis is too light for a line on white paper.
    const color = hex(at(spectra.length > 1 ? (0.88 * series) / (spectra.length - 1) : 0.25));
    const common = { series, x: degrees, y, label, color };
    return [
      { kind: "line", ...common, dash: "", width: 1.4 },
      { kind: "points", ...common, size: 5 },
    ];
  });
  return chart({
    title: spec.title,
    subtitle: spec.subtitle,
    width,
    height,
    x: { label: spec.xLabel ?? "degree l" },
    y: { label: spec.yLabel ?? "energy", scale: "log" },
    marks,
  });
}
