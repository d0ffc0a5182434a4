import { chart } from "./chart.js";
import type { LegendPlace } from "./legend.js";
import type { Mark } from "./marks.js";
import type { Svg } from "./svg.js";

export interface ObservablesPlotSpec {
  readonly series: readonly {
    readonly label: string;
    readonly time: ArrayLike<number>;
    readonly mean: ArrayLike<number>;
    /** Standard errors; the band is two of them to either side. Null, where there is no estimate, is no width. */
    readonly stderr?: ArrayLike<number | null>;
  }[];
  readonly title?: string;
  readonly subtitle?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly width?: number;
  readonly height?: number;
  readonly legend?: LegendPlace;
}

/** Observables over time, with bands of two standard errors. */
export function observablesPlot(spec: ObservablesPlotSpec): Svg {
  const marks = spec.series.flatMap(({ label, time, mean, stderr }, series): Mark[] => {
    const around = (sign: number) => Array.from(mean, (v, i) => v + sign * 2 * (stderr?.[i] ?? 0));
    const band: Mark = { kind: "band", series, x: time, low: around(-1), high: around(1), label };
    return [...(stderr ? [band] : []), { kind: "line", series, x: time, y: mean, label }];
  });
  return chart({
    title: spec.title,
    subtitle: spec.subtitle,
    width: spec.width,
    height: spec.height,
    legend: spec.legend,
    x: { label: spec.xLabel ?? "time t" },
    y: { label: spec.yLabel ?? "observable" },
    marks,
  });
}
