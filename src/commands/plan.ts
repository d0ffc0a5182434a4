import type { Config } from "../config/config.js";
import { faultsOf } from "../config/contract/config-error.js";
import { binary, checkSize } from "../config/estimate.js";
import { planOf, type Plan, type PlanOptions } from "../experiments/plan/plan.js";
import type { Sample } from "../experiments/plan/sample.js";
import { UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { print } from "../io/print.js";
import { samplingFor } from "../io/sampling.js";
import { listening } from "./load.js";
import type { PlanTask } from "./plan-worker.js";
import { short, table } from "./table.js";
import { workersOf, type WorkerFlags } from "./workers.js";

export interface PlanFlags extends WorkerFlags {
  readonly json?: boolean;
}

/** Seconds for the start of the program and the sample together, and the fewest for a sample, its thread's start among them. */
const TOGETHER = 1.5;
const LEAST = 0.7;

/** The share of its time in which a sample ends by itself; after the whole of it, it is cut off. */
const ORDERLY = 0.9;

/**
 * `commonnoise plan`: what a run would take, and how wrong it would be, without the run. 0; bad configurations throw a
 * ConfigError.
 */
export async function planCommand(
  path: string,
  flags: PlanFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  const launched = performance.now() / 1000;
  const workers = workersOf(flags);
  const config = await listening(path, interrupts);
  const [refused] = faultsOf(() => checkSize(config, "run"));
  const options: Pick<PlanOptions, "sample" | "cut"> = refused
    ? { sample: {}, cut: `run refuses this: ${refused.path} ${refused.message}` }
    : await sampled(config, Math.max(LEAST, TOGETHER - launched));
  const launch = launched + (options.sample.made?.from ?? 0);
  const plan = planOf(config, { workers, launch, ...options });
  await print(flags.json ? `${JSON.stringify(plan)}\n` : planText(plan));
  return 0;
}

/** A sample in a thread of its own, and when it was cut off, if it was. */
async function sampled(config: Config, cut: number): Promise<Pick<PlanOptions, "sample" | "cut">> {
  let sample: Partial<Sample> = {};
  const script = new URL("./plan-worker.js", import.meta.url);
  const task: PlanTask = { config, seconds: ORDERLY * cut };
  const whole = await samplingFor<Partial<Sample>>(1000 * cut, script, task, (part) => {
    sample = { ...sample, ...part };
  });
  return { sample, ...(!whole && { cut }) };
}

/** What a terminal shows. */
function planText({ notes, error, ...plan }: Plan): string {
  const { time, sampling, meanField, spectrum } = error;
  const names = Object.keys(time?.observables ?? sampling?.observables ?? {});
  const facts: [string, string][] = [
    ["channels", `${plan.channels ?? "unknown"}${plan.area ? ", with Lévy areas" : ""}`],
    plan.tokens === undefined ? ["nodes", String(plan.nodes ?? "unknown")] : ["tokens", String(plan.tokens)],
    ["steps", String(plan.steps)],
    ["paths", `${plan.paths} on ${plan.workers} worker${plan.workers === 1 ? "" : "s"}`],
    ["memory", `about ${binary(plan.memory)}`],
    ["time", plan.seconds === null ? "unknown" : `about ${duration(plan.seconds)}`],
    ["time of a step", plan.perStep === null ? "unknown" : duration(plan.perStep)],
    ...(time
      ? ([
          ["order of the steps", `strong ${time.strongOrder}, weak ${time.weakOrder}`],
          ["error of the steps", time.law === null ? "unknown" : `${short(time.law)}, ${time.quantity}`],
        ] as [string, string][])
      : []),
    ...(meanField ? [["error of the tokens' mean", short(meanField.mean)] as [string, string]] : []),
    ...(spectrum
      ? [["tail of the spectrum", `${short(spectrum.tail)} at degree ${spectrum.lmax}`] as [string, string]]
      : []),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const errors = names.map((name) => [
    name,
    time?.observables?.[name] ?? "unknown",
    sampling?.observables[name] ?? (plan.paths === 1 ? "one path" : "unknown"),
  ]);
  return [
    ...facts.map(([name, fact]) => `${name.padEnd(width)}  ${fact}\n`),
    ...(errors.length > 0
      ? ["\n", table(["observable", "error of the steps", "standard error"], errors)]
      : []),
    ...notes.map((note) => `Note: ${note}.\n`),
  ].join("");
}

const UNITS = [
  ["days", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
  ["ms", 1e-3],
  ["µs", 1e-6],
  ["ns", 1e-9],
] as const;

/** Seconds in the unit that fits, to two digits. */
function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? UNITS[UNITS.length - 1];
  return `${Number((seconds / size).toPrecision(2))} ${unit}`;
}
