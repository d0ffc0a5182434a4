import type { Config } from "../config/config.js";
import type { Verdict } from "../experiments/agree/verdict.js";
import type { LawSide } from "../experiments/agree/law-side.js";
import type { Report } from "../io/report.js";
import type { Sides } from "./agree-sides.js";
import { CLAIM_COLUMNS, claimRow } from "./claim-table.js";
import { table } from "./table.js";

/** What the report says first. */
export const summaryText = ({ claims }: Verdict, { limit }: Sides): string => {
  const failed = claims.filter(({ verdict }) => verdict === "fails").length;
  return (
    "One Brownian path drives every token. Given that path the law of a token solves a stochastic Fokker-Planck equation. " +
    "Here the equation is solved in spherical harmonics, its characteristics are moved by the particle scheme, clouds of random " +
    "tokens follow the same path, and ensembles of random transformers are held against the stochastic equation in law. " +
    (failed === 0 ? `All ${claims.length} claims hold.` : `${failed} of ${claims.length} claims FAIL.`) +
    (limit.order.note ? ` Note: ${limit.order.note}.` : "")
  );
};

const short = (v: number): string => String(Number(v.toPrecision(3)));

export const claimTable = ({ claims }: Verdict): Report["parts"][number] => ({
  kind: "table",
  caption: "What was claimed and what came out.",
  columns: CLAIM_COLUMNS,
  rows: claims.map(claimRow),
});

const OBSERVABLE_COLUMNS = [
  "observable at the horizon",
  "density",
  "characteristics",
  "tokens",
  "transformers",
  "equation in law",
];

/** The last value of each observable from every side; means over paths carry their standard error. */
function observableRows({ limit, tokens, law }: Sides): string[][] {
  const last = (values: readonly number[] | undefined): string =>
    values?.length ? values[values.length - 1].toFixed(5) : "";
  const inLaw = (side: LawSide["equation"] | undefined, name: string): string => {
    const series = side?.[name];
    if (!series) return "";
    const i = series.mean.length - 1;
    return `${series.mean[i].toFixed(4)} ± ${(series.stderr[i] ?? 0).toFixed(4)}`;
  };
  return Object.keys(limit.density).map((name) => [
    name,
    last(limit.density[name]),
    last(limit.characteristics[name]),
    last(tokens.observables[name]),
    inLaw(law?.transformer, name),
    inLaw(law?.equation, name),
  ]);
}

export function observableTable(config: Config, sides: Sides): Report["parts"][number] {
  const { tokens, law } = sides;
  const n = tokens.levels[tokens.levels.length - 1];
  return {
    kind: "table",
    caption:
      `Observables at the horizon. Density, characteristics and ${n} tokens share one path (seed "${config.ensemble.seed}"); ` +
      (law
        ? `the last two columns are means over ${law.paths} paths of ${law.tokens} tokens, with standard errors.`
        : ""),
    columns: OBSERVABLE_COLUMNS,
    rows: observableRows(sides),
  };
}

/** What a terminal shows; `out` is where the report is. */
export function agreeText(
  config: Config,
  sides: Sides,
  { claims, rates }: Verdict,
  out: string | undefined,
): string {
  const all = rates[rates.length - 1];
  const { note } = sides.limit.order;
  return [
    `One common noise, seed "${config.ensemble.seed}".\n`,
    table(OBSERVABLE_COLUMNS, observableRows(sides)),
    table(
      ["tokens n", "RMS error of the moments", "95% interval"],
      all.levels.map(({ tokens: n, error, interval }) => [
        n,
        error,
        `[${short(interval[0])}, ${short(interval[1])}]`,
      ]),
    ),
    table(CLAIM_COLUMNS, claims.map(claimRow)),
    ...(note ? [`Note: ${note}.\n`] : []),
    ...(out ? [`Report: ${out}/report.html\n`] : []),
  ].join("\n");
}
