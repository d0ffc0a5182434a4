import type { Report } from "../io/report.js";
import type { AgreeJson } from "./agree-json.js";
import { CLAIM_COLUMNS, claimRow } from "./claim-table.js";
import { intervalText, table } from "./table.js";

/** What the report says first. */
export const summaryText = (result: AgreeJson): string =>
  "One Brownian path drives every token. Given that path the law of a token solves a stochastic Fokker-Planck equation. " +
  "Here the equation is solved in spherical harmonics, its characteristics are moved by the particle scheme, clouds of random " +
  "tokens follow the same path, and ensembles of random transformers are held against the stochastic equation in law. " +
  verdictText(result) +
  noteOf(result)
    .map((note) => ` ${note}`)
    .join("");

function verdictText({ claims, notReached }: AgreeJson): string {
  const failed = claims.filter(({ verdict }) => verdict === "fails").length;
  const judged =
    failed > 0
      ? `${failed} of ${claims.length} claims FAIL.`
      : claims.length > 0
        ? `All ${claims.length} claims hold.`
        : "No claim was judged.";
  return notReached.length === 0
    ? judged
    : `Unfinished: ${notReached.length} claims were not reached. ${judged}`;
}

const noteOf = ({ diagnostics: { note } }: AgreeJson): string[] =>
  typeof note === "string" ? [`Note: ${note}.`] : [];

const claimRows = ({ claims, notReached }: AgreeJson): string[][] => [
  ...claims.map(claimRow),
  ...notReached.map((claim) => [claim, "", "", "", "not reached"]),
];

export const claimTable = (result: AgreeJson): Report["parts"][number] => ({
  kind: "table",
  caption: "What was claimed and what came out.",
  columns: CLAIM_COLUMNS,
  rows: claimRows(result),
});

const observableColumns = ({ stopped }: AgreeJson): string[] => [
  stopped ? "observable at its last time" : "observable at the horizon",
  "density",
  "characteristics",
  "tokens",
  "transformers",
  "equation in law",
];

/** The last value of each observable from every side; means over paths carry their standard error. */
function observableRows({ observables, characteristics, tokens, law, manifest }: AgreeJson): string[][] {
  const last = (values: ArrayLike<number> | undefined): string =>
    values?.length ? values[values.length - 1].toFixed(5) : "";
  const inLaw = (side: "transformer" | "equation", name: string): string => {
    const series = law?.[side][name];
    if (!series || series.mean.length === 0) return "";
    const i = series.mean.length - 1;
    const error = series.stderr[i];
    return series.mean[i].toFixed(4) + (error === null ? "" : ` ± ${error.toFixed(4)}`);
  };
  // In the order in which they were asked for, which the keys of a stored result have not.
  const { observe } = manifest.config as { readonly observe: readonly string[] };
  const names = observe.filter(
    (name) => name in observables || name in (tokens?.observables ?? {}) || name in (law?.transformer ?? {}),
  );
  return names.map((name) => [
    name,
    last(observables[name]?.mean),
    last(characteristics?.observables[name]),
    last(tokens?.observables[name]),
    inLaw("transformer", name),
    inLaw("equation", name),
  ]);
}

export function observableTable(result: AgreeJson): Report["parts"][number] {
  const { tokens, law, manifest, stopped } = result;
  const n = tokens ? `${tokens.levels[tokens.levels.length - 1]} tokens` : "tokens";
  return {
    kind: "table",
    caption:
      `Observables ${stopped ? "where each side ended" : "at the horizon"}. Density, characteristics and ${n} share one path (seed "${manifest.seed}"); ` +
      (law
        ? `the last two columns are means over ${law.done.transformer} and ${law.done.equation} paths of ${law.tokens} tokens, with standard errors.`
        : ""),
    columns: observableColumns(result),
    rows: observableRows(result),
  };
}

/** What a terminal shows. */
export function agreeText(result: AgreeJson): string {
  const { diagnostics, manifest, rates } = result;
  const { leftOut } = diagnostics;
  const all = rates[rates.length - 1];
  return [
    ...(typeof leftOut === "string" ? [`Left out, since a density has no single tokens: ${leftOut}.\n`] : []),
    `One common noise, seed "${manifest.seed}".\n`,
    table(observableColumns(result), observableRows(result)),
    ...(all
      ? [
          table(
            ["tokens n", "RMS error of the moments", "95% interval"],
            all.levels.map(({ tokens, error, interval }) => [tokens, error, intervalText(interval)]),
          ),
        ]
      : []),
    table(CLAIM_COLUMNS, claimRows(result)),
    ...noteOf(result).map((note) => `${note}\n`),
  ].join("\n");
}
