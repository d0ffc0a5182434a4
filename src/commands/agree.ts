import { checkSize } from "../config/estimate.js";
import type { Config } from "../config/config.js";
import { withoutArrays } from "../config/file-arrays.js";
import type { LimitSide } from "../experiments/agree/limit-side.js";
import { agreeSettings, lawObservables } from "../experiments/agree/settings.js";
import type { Sides } from "../experiments/agree/sides.js";
import { verdictOf, type Verdict } from "../experiments/agree/verdict.js";
import { stopSentence } from "../experiments/stop.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { environment, identity, type Environment } from "../io/manifest.js";
import type { NpyArray } from "../io/npz.js";
import { report } from "../io/report.js";
import { reserve } from "../io/reservation.js";
import type { RunRecord } from "../io/run-record.js";
import type { Svg } from "../plots/svg.js";
import { planTransform } from "../spectral/plan-transform.js";
import { agreeFigures } from "./agree-figures.js";
import { agreeJson, type AgreeJson } from "./agree-json.js";
import { computeSides } from "./agree-sides.js";
import { agreeTables } from "./agree-tables.js";
import { agreeText, claimTable, observableTable, summaryText } from "./agree-text.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { loadHeard } from "./load.js";
import { workersOf, type WorkerFlags } from "./workers.js";

/**
 * `commonnoise agree`: 0 when every claim holds, 1 when one fails, 3 when a side ended early, by itself or on an interrupt,
 * with everything until then kept and the claims of whole sides judged.
 */
export async function agreeCommand(
  path: string,
  flags: ResultFlags & WorkerFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  const started = new Date();
  const workers = workersOf(flags);
  const config = await loadHeard(path, interrupts);
  if (!flags.yes) checkSize(config, "agree");
  // Everything that can be refused is refused before a thread is started.
  agreeSettings(config);
  lawObservables(config);
  const facts = identity({ command: "agree", config: withoutArrays(config), seed: config.ensemble.seed });
  const reservation = flags.out === undefined ? null : await reserve(flags.out, facts, flags.force);
  try {
    if (reservation?.finished) {
      const stored = reservation.finished.result as unknown as AgreeJson;
      return await showFinished(reservation, flags, { text: agreeText(stored), code: codeOf(stored) });
    }
    if (interrupts.requested) return NOTHING_KEPT;
    const sides = await computeSides(config, workers, interrupts);
    if (interrupts.requested && nothingIn(sides)) return NOTHING_KEPT;
    const verdict = verdictOf(config, sides);
    const result = agreeJson(config, sides, verdict, facts);
    const ran = environment(started, new Date(), workers);
    return await deliver({
      flags,
      reservation,
      config,
      result,
      environment: ran,
      ...(reservation && files(config, sides, verdict, result, ran)),
      text: agreeText(result),
      sentences: sentencesOf(result),
      code: codeOf(result),
    });
  } finally {
    reservation?.release();
  }
}

const codeOf = ({ stopped, agrees }: AgreeJson): number => (stopped ? KEPT : agrees === false ? 1 : 0);

/** Whether no side came further than its start. */
const nothingIn = ({ limit, tokens, law, stops }: Sides): boolean =>
  (limit === null || limit.times.length <= 1) &&
  (tokens === null || stops.tokens?.done === 0) &&
  (law === null || stops.law?.done === 0);

function sentencesOf({ claims, stopped }: AgreeJson): string[] {
  const failed = claims.filter(({ verdict }) => verdict === "fails");
  return [
    ...(stopped ? new Set([stopped, ...Object.values(stopped.sides)].map(stopSentence)) : []),
    ...(failed.length > 0 ? [`DISAGREEMENT: ${failed.map(({ claim }) => claim).join("; ")}.`] : []),
  ];
}

/** The report with its pictures, the numbers as tables, and the density where it ended. */
function files(
  config: Config,
  sides: Sides,
  verdict: Verdict,
  result: AgreeJson,
  ran: Environment,
): Pick<RunRecord, "plots" | "texts" | "state"> {
  const transform = planTransform(config.model.dimension, agreeSettings(config).lmax);
  const figures = agreeFigures(transform, sides, verdict.rates).map(({ name, caption, draw }) => ({
    name,
    caption,
    picture: drawnOnce(draw),
  }));
  return {
    plots: Object.fromEntries(figures.map(({ name, picture }) => [name, picture.plot])),
    texts: {
      ...agreeTables(result),
      "report.html": report({
        manifest: result.manifest,
        environment: ran,
        title: "One common noise: density, particles and transformer",
        summary: summaryText(result),
        parts: [
          claimTable(result),
          observableTable(result),
          ...figures.flatMap(({ picture: { svg }, caption }) =>
            svg === null ? [] : [{ kind: "figure" as const, svg, caption }],
          ),
        ],
      }),
    },
    ...(sides.limit && { state: stateOf(sides.limit) }),
  };
}

/** A picture for two places. One that cannot be drawn is null in the report, and throws where it would become a file. */
function drawnOnce(draw: () => Svg): { readonly svg: Svg | null; readonly plot: () => Svg } {
  try {
    const svg = draw();
    return { svg, plot: () => svg };
  } catch (error) {
    return {
      svg: null,
      plot() {
        throw error;
      },
    };
  }
}

const stateOf = ({ coefficients, moments }: LimitSide): Record<string, NpyArray> => ({
  coefficients: { data: coefficients, shape: [coefficients.length] },
  moments: { data: moments, shape: [moments.length] },
});
