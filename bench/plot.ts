import { chart, type Svg } from "commonnoise";
import { rowsOf, type Row } from "./table.js";
import type { Report } from "./report.js";

/** What is a ratio of our time to another's. */
const RATIOS =
  /^(dealiased_)?(synthesis|analysis)$|^(c_native|c_o2|numpy|loop|ensemble_loop|affine_c|affine_milstein_c)$/;

/** Our time over theirs, on a logarithmic axis, one row of points a case: left of one we are faster. */
export function reportPlot(report: Report): Svg {
  const rows = rowsOf(report).filter(({ name, value }) => value !== null && RATIOS.test(name));
  const keys = [...new Set(rows.map(({ key }) => key))];
  const names = [...new Set(rows.map(({ name }) => name))];
  const place = ({ key }: Row): number => keys.length - keys.indexOf(key);
  return chart({
    title: "Our time over theirs",
    subtitle: `${report.processor}, ${report.engine}, kernels ${report.kernels}; bars from quartile to quartile`,
    width: 820,
    height: 140 + 26 * keys.length,
    x: { label: "ratio of times", scale: "log" },
    y: {
      label: "",
      domain: [0.5, keys.length + 0.5],
      ticks: keys.map((_, k) => k + 1),
      format: (row) => keys[keys.length - row] ?? "",
    },
    legend: "right",
    marks: [
      { kind: "rule", x: 1 },
      ...names.map((name, series) => {
        const these = rows.filter((row) => row.name === name);
        return {
          kind: "points",
          series,
          label: name.replaceAll("_", " "),
          x: these.map(({ value }) => value!),
          y: these.map(place),
        } as const;
      }),
    ],
  });
}
