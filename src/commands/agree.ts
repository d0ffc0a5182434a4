import type { Config } from "../config/config.js";
import { withoutArrays } from "../config/file-arrays.js";
import { agreeSettings, lawObservables, ofTokens } from "../experiments/agree/settings.js";
import { verdictOf, type Verdict } from "../experiments/agree/verdict.js";
import { environment, manifest } from "../io/manifest.js";
import { report } from "../io/report.js";
import { runJson, writeRun, type RunJson } from "../io/run-record.js";
import { planTransform } from "../spectral/plan-transform.js";
import { agreeFigures } from "./agree-figures.js";
import { computeSides, type Sides } from "./agree-sides.js";
import { agreeText, claimTable, observableTable, summaryText } from "./agree-text.js";
import { claimJson } from "./claim-table.js";
import { load } from "./load.js";

export interface AgreeFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** `commonnoise agree`: 0 when every claim holds, 1 when one fails, 3 when the density lost its resolution. */
export async function agreeCommand(path: string, flags: AgreeFlags): Promise<number> {
  const started = new Date();
  const config = load(path);
  // Everything that can be refused is refused before a thread is started.
  agreeSettings(config);
  lawObservables(config);
  const sides = await computeSides(config);
  const verdict = verdictOf(config, sides.limit, sides.tokens, sides.law);
  const failed = verdict.claims.filter((claim) => claim.verdict === "fails");
  const result = resultOf(config, sides, verdict);
  if (flags.out) await writeReport(flags.out, config, sides, verdict, result, started);

  const leftOut = config.observe.filter(ofTokens);
  if (flags.json) process.stdout.write(runJson(result));
  else {
    if (leftOut.length > 0)
      process.stdout.write(`Left out, since a density has no single tokens: ${leftOut.join(", ")}.\n`);
    process.stdout.write(agreeText(config, sides, verdict, flags.out));
  }
  const { stopped } = sides.limit;
  if (stopped) {
    process.stderr.write(`The density stopped at t = ${stopped.time}: ${stopped.cause}.\n`);
    return 3;
  }
  if (failed.length > 0) {
    process.stderr.write(`DISAGREEMENT: ${failed.map(({ claim }) => claim).join("; ")}.\n`);
    return 1;
  }
  return 0;
}

/** What run.json holds and --json prints. */
function resultOf(config: Config, { limit }: Sides, { claims, rates }: Verdict): RunJson {
  const leftOut = config.observe.filter(ofTokens);
  return {
    observables: Object.fromEntries(
      Object.entries(limit.density).map(([name, mean]) => [
        name,
        { time: limit.times, mean, stderr: mean.map(() => null) },
      ]),
    ),
    diagnostics: {
      lmax: agreeSettings(config).lmax,
      mass: limit.mass,
      minimum: limit.minimum,
      tail: limit.tail,
      ...limit.order,
      ...(leftOut.length > 0 && { leftOut: leftOut.join(", ") }),
    },
    manifest: manifest({ config: withoutArrays(config), seed: config.ensemble.seed, scheme: "log-ode" }),
    claims: claims.map(claimJson),
    agrees: claims.every(({ verdict }) => verdict === "holds"),
    rates: rates.map((rate) => ({
      ...rate,
      levels: rate.levels.map((level) => ({ ...level })),
      fit: rate.fit && { ...rate.fit },
    })),
    stopped: limit.stopped,
  };
}

/** The report with its pictures, and the density where it ended. */
async function writeReport(
  out: string,
  config: Config,
  sides: Sides,
  verdict: Verdict,
  result: RunJson,
  started: Date,
): Promise<void> {
  const { limit } = sides;
  const transform = planTransform(config.model.dimension, agreeSettings(config).lmax);
  const figures = agreeFigures(transform, sides, verdict.rates);
  const facts = { manifest: result.manifest, environment: environment(started, new Date()) };
  const { remarks } = await writeRun(out, {
    result,
    environment: facts.environment,
    plots: Object.fromEntries(figures.map(({ name, svg }) => [name, svg])),
    texts: {
      "report.html": report({
        ...facts,
        title: "One common noise: density, particles and transformer",
        summary: summaryText(verdict, sides),
        parts: [
          claimTable(verdict),
          observableTable(config, sides),
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
