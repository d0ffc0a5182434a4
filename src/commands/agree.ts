import { agreement, type Agreement } from "../experiments/agree/verdict.js";
import { lawSide, type LawSide } from "../experiments/agree/law-side.js";
import { limitSide, type LimitSide } from "../experiments/agree/limit-side.js";
import { agreeSettings, lawObservables, ofTokens } from "../experiments/agree/settings.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { planTransform } from "../spectral/plan-transform.js";
import type { Config } from "../config/config.js";
import { environment, manifest } from "../io/manifest.js";
import { progressBar } from "../io/progress.js";
import { report } from "../io/report.js";
import { runJson, writeRun, type RunJson } from "../io/run-record.js";
import { inWorker } from "../io/worker.js";
import { agreementFigures } from "./agree-figures.js";
import { CLAIM_COLUMNS, claimRow } from "./claim-table.js";
import { load } from "./load.js";
import { table } from "./table.js";

export interface AgreeFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** `commonnoise agree`: 0 when every claim holds, 1 when one fails, 3 when the density lost its resolution. */
export async function agreeCommand(path: string, flags: AgreeFlags): Promise<number> {
  const started = new Date();
  const config = load(path);
  const settings = agreeSettings(config);
  // Everything that can be refused is refused before a thread is started.
  lawObservables(config);
  const leftOut = config.observe.filter(ofTokens);
  const bar = progressBar("density, tokens, transformers", 1000);
  const progress = { here: 0, there: 0 };
  const show = (): void => bar.update(Math.round(500 * (progress.here + progress.there)));
  const beside = inWorker<TokenSide>(new URL("./agree-worker.js", import.meta.url), config, {
    onProgress(done, total) {
      progress.there = done / total;
      show();
    },
  });
  // Awaited below; if the density fails first, its error is the one to show.
  beside.catch(() => undefined);
  const limit = limitSide(config, (done, total) => {
    progress.here = (0.7 * done) / total;
    show();
  });
  const law = lawSide(config, (done, total) => {
    progress.here = 0.7 + (0.3 * done) / total;
    show();
  });
  const tokens = await beside;
  bar.stop();
  const { claims, rates } = agreement(config, limit, tokens, law);
  const failed = claims.filter(({ verdict }) => verdict === "fails");
  const ended = new Date();

  const result: RunJson = {
    observables: Object.fromEntries(
      Object.entries(limit.density).map(([name, mean]) => [
        name,
        { time: limit.times, mean, stderr: mean.map(() => null) },
      ]),
    ),
    diagnostics: {
      lmax: settings.lmax,
      mass: limit.mass,
      minimum: limit.minimum,
      tail: limit.tail,
      ...limit.order,
      ...(leftOut.length > 0 && { leftOut: leftOut.join(", ") }),
    },
    manifest: manifest({ config, seed: config.ensemble.seed, scheme: "log-ode" }),
    claims: claims.map((claim) => ({ ...claim })),
    agrees: failed.length === 0,
    rates: rates.map((rate) => ({
      ...rate,
      levels: rate.levels.map((level) => ({ ...level })),
      fit: rate.fit && { ...rate.fit },
    })),
    stopped: limit.stopped,
  };
  if (flags.out) {
    const transform = planTransform(config.model.dimension, settings.lmax);
    const figures = agreementFigures(transform, limit, tokens, law, rates);
    const facts = { manifest: result.manifest, environment: environment(started, ended) };
    const { remarks } = await writeRun(flags.out, {
      result,
      environment: facts.environment,
      plots: Object.fromEntries(figures.map(({ name, svg }) => [name, svg])),
      texts: {
        "report.html": report({
          ...facts,
          title: "One common noise: density, particles and transformer",
          summary: summary(claims),
          parts: [
            claimTable(claims),
            ...observableTable(config, limit, tokens, law),
            ...figures.map(({ svg, caption }) => ({ kind: "figure" as const, svg, caption })),
          ],
        }),
      },
      state: {
        coefficients: {
          data: limit.snapshots[limit.snapshots.length - 1].coefficients,
          shape: [transform.size],
        },
        moments: { data: limit.moments, shape: [limit.moments.length] },
      },
    });
    for (const remark of remarks) process.stderr.write(`${remark}\n`);
  }
  if (flags.json) process.stdout.write(runJson(result));
  else {
    if (leftOut.length > 0)
      process.stdout.write(`Left out, since a density has no single tokens: ${leftOut.join(", ")}.\n`);
    process.stdout.write(text(config, claims, limit, tokens, law, rates, flags.out));
    if (limit.order.note) process.stdout.write(`Note: ${limit.order.note}.\n`);
  }
  if (limit.stopped) {
    process.stderr.write(`The density stopped at t = ${limit.stopped.time}: ${limit.stopped.cause}.\n`);
    return 3;
  }
  if (failed.length > 0) {
    process.stderr.write(`DISAGREEMENT: ${failed.map(({ claim }) => claim).join("; ")}.\n`);
    return 1;
  }
  return 0;
}

type Claims = Agreement["claims"];

const summary = (claims: Claims): string => {
  const failed = claims.filter(({ verdict }) => verdict === "fails").length;
  return (
    "One Brownian path drives every token. Given that path the law of a token solves a stochastic Fokker-Planck equation. " +
    "Here the equation is solved in spherical harmonics, its characteristics are moved by the particle scheme, clouds of random " +
    "tokens follow the same path, and ensembles of random transformers are held against the stochastic equation in law. " +
    (failed === 0 ? `All ${claims.length} claims hold.` : `${failed} of ${claims.length} claims FAIL.`)
  );
};

const short = (v: number): string => String(Number(v.toPrecision(3)));

const claimTable = (claims: Claims) => ({
  kind: "table" as const,
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
function observableRows(limit: LimitSide, tokens: TokenSide, law: LawSide | null): string[][] {
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

function observableTable(config: Config, limit: LimitSide, tokens: TokenSide, law: LawSide | null) {
  const n = tokens.levels[tokens.levels.length - 1];
  return [
    {
      kind: "table" as const,
      caption:
        `Observables at the horizon. Density, characteristics and ${n} tokens share one path (seed "${config.ensemble.seed}"); ` +
        (law
          ? `the last two columns are means over ${law.paths} paths of ${law.tokens} tokens, with standard errors.`
          : ""),
      columns: OBSERVABLE_COLUMNS,
      rows: observableRows(limit, tokens, law),
    },
  ];
}

function text(
  config: Config,
  claims: Claims,
  limit: LimitSide,
  tokens: TokenSide,
  law: LawSide | null,
  rates: Agreement["rates"],
  out: string | undefined,
): string {
  const all = rates[rates.length - 1];
  return [
    `One common noise, seed "${config.ensemble.seed}".\n`,
    table(OBSERVABLE_COLUMNS, observableRows(limit, tokens, law)),
    table(
      ["tokens n", "RMS error of the moments", "95% interval"],
      all.levels.map(({ tokens: n, error, interval }) => [
        n,
        error,
        `[${short(interval[0])}, ${short(interval[1])}]`,
      ]),
    ),
    table(CLAIM_COLUMNS, claims.map(claimRow)),
    ...(out ? [`Report: ${out}/report.html\n`] : []),
  ].join("\n");
}
