import type { LawSide } from "../experiments/agree/law-side.js";
import type { LimitSide } from "../experiments/agree/limit-side.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { chart } from "../plots/chart.js";
import type { Mark } from "../plots/marks.js";
import { panels } from "../plots/panels.js";
import type { Svg } from "../plots/svg.js";

/** Observables along the one path and, where there is a law side, in law. */
export const series = (limit: LimitSide, tokens: TokenSide | null, law: LawSide | null): Svg =>
  law
    ? panels([[alongPath(limit, tokens), inLaw(Object.keys(limit.density), law)]])
    : alongPath(limit, tokens);

const alongPath = (limit: LimitSide, tokens: TokenSide | null): Svg =>
  chart({
    title: "One common noise",
    x: { label: "time t" },
    y: { label: "observable" },
    legend: "top",
    marks: Object.keys(limit.density).flatMap((name, s) => pathMarks(name, s, limit, tokens)),
  });

function pathMarks(name: string, s: number, limit: LimitSide, tokens: TokenSide | null): Mark[] {
  const followed = limit.characteristics[name];
  return [
    { kind: "line", series: s, x: limit.times, y: limit.density[name], label: name },
    ...(followed
      ? [
          {
            kind: "line",
            series: s,
            x: limit.times.slice(0, followed.length),
            y: followed,
            dash: "2 3",
            width: 3,
            opacity: 0.5,
          } as const,
        ]
      : []),
    ...(tokens?.observables[name]
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
  ];
}

const inLaw = (names: readonly string[], law: LawSide): Svg =>
  chart({
    title: "In law: transformers and equation",
    x: { label: "diffusive time t" },
    y: { label: "mean over paths" },
    legend: "top",
    marks: names.flatMap((name, s): Mark[] => [
      {
        kind: "band",
        series: s,
        x: law.times,
        ...twoErrors(law.equation[name]),
        label: `${name}, equation`,
      },
      {
        kind: "points",
        series: s,
        x: law.times,
        y: law.transformer[name].mean,
        ...twoErrors(law.transformer[name]),
        label: `${name}, transformers`,
      },
    ]),
  });

/** Two standard errors about a mean; a single path has none. */
function twoErrors({ mean, stderr }: LawSide["equation"][string]): { low: number[]; high: number[] } {
  const off = (sign: number): number[] => mean.map((v, i) => v + sign * 2 * (stderr[i] ?? 0));
  return { low: off(-1), high: off(1) };
}

/** At most about two dozen of the values, evenly. */
const thin = (values: readonly number[]): number[] => {
  const every = Math.max(1, Math.round(values.length / 24));
  return values.filter((_, i) => i % every === 0);
};
