import { Command, CommanderError } from "commander";
import { sentences } from "../config/contract/config-error.js";
import { NOTHING_KEPT, type Interrupts } from "../io/interrupts.js";
import { packageFacts } from "../io/package-facts.js";
import { print } from "../io/print.js";
import type { ResultFlags } from "./deliver.js";
import type { FigureFlags } from "./figure.js";
import type { PlanFlags } from "./plan.js";
import type { StudyFlags } from "./study.js";
import type { ValidateFlags } from "./validate.js";

/**
 * The command line; what a command needs is read when it is asked for. Gives the exit code: 0 done, 1 a claim failed or an
 * unexpected error, 2 bad input, 3 stopped early with the results kept, 130 interrupted with nothing to keep.
 */
export async function main(argv: readonly string[], interrupts: Interrupts): Promise<number> {
  // Nobody reads what would be said there.
  process.stderr.on("error", () => undefined);
  let code = 0;
  let help = "";
  const program = commands(
    interrupts,
    (result) => (code = result),
    (text) => (help += text),
  );
  try {
    await program.parseAsync(argv).catch((error: unknown) => {
      if (!(error instanceof CommanderError)) throw error;
      code = error.exitCode === 0 ? 0 : 2;
    });
    if (help) await print(help);
    return code;
  } catch (error) {
    const said = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(sentences(said));
    if (interrupts.requested) return NOTHING_KEPT;
    return said.name === "ConfigError" || said.name === "OutputError" ? 2 : 1;
  }
}

const YES = "run although it is estimated to take very long, or more memory than is granted";
const FORCE = "replace a finished result of another configuration, or compute the same one again";

/** The commands; `done` is told the exit code of the one that was asked for, `say` gets help and version instead. */
function commands(
  interrupts: Interrupts,
  done: (code: number) => void,
  say: (text: string) => void,
): Command {
  const { name, version } = packageFacts();
  const program = new Command(name)
    .description(
      "Mean-field limits with common noise on the unit sphere: particles, density, transformer, one path.",
    )
    .version(version)
    .configureOutput({ writeOut: say })
    .exitOverride()
    .showHelpAfterError(false);

  program
    .command("run <config.json>")
    .description("run a configuration and show its observables")
    .option("--out <dir>", "write run.json, observables.csv, pictures and a manifest there")
    .option("--json", "print one JSON object and nothing else")
    .option("--force", FORCE)
    .option("--yes", YES)
    .action(async (path: string, flags: ResultFlags) => {
      const { runCommand } = await import("./run.js");
      done(await runCommand(path, flags, interrupts));
    });

  program
    .command("plan <config.json>")
    .description("say what a run would take, and how wrong it would be, from a sample of a second")
    .option("--json", "print one JSON object and nothing else")
    .option("--workers <n>", "threads that would share the paths (default: all cores)")
    .action(async (path: string, flags: PlanFlags) => {
      const { planCommand } = await import("./plan.js");
      done(await planCommand(path, flags, interrupts));
    });

  program
    .command("agree <config.json>")
    .description("hold density, characteristics, random tokens and transformers against each other")
    .option("--out <dir>", "write the report, its pictures and data there")
    .option("--json", "print one JSON object and nothing else")
    .option("--force", FORCE)
    .option("--yes", YES)
    .action(async (path: string, flags: ResultFlags) => {
      const { agreeCommand } = await import("./agree.js");
      done(await agreeCommand(path, flags, interrupts));
    });

  program
    .command("figure <number>")
    .description(
      "compute a figure of docs/paper.md or docs/paper-weak-error.md, 1 to 4, and judge what it claims",
    )
    .option("--quick", "under a minute, with fewer cells, paths and layers; without it under twenty")
    .option("--seed <text>", "seed of everything random", "paper")
    .option("--out <dir>", "write picture, data and caption there (default: out/figure-<number>)")
    .option("--json", "print one JSON object and nothing else")
    .option("--force", FORCE)
    .action(async (number: string, flags: FigureFlags) => {
      const { figureCommand } = await import("./figure.js");
      done(await figureCommand(number, flags, interrupts));
    });

  const study = program
    .command("study")
    .description("measure how errors fall with the step, the depth or the tokens");
  for (const [kind, description] of [
    ["strong", "errors path by path against the number of steps"],
    ["weak", "bias of the observables' means against the number of steps"],
    ["propagation-of-chaos", "distance of n tokens from their limit law against n"],
    ["transformer", "bias of random transformers against their stochastic equation, in the number of layers"],
  ] as const) {
    study
      .command(`${kind} <config.json>`)
      .description(description)
      .option("--out <dir>", "write run.json, levels.csv, pictures and a manifest there")
      .option("--json", "print one JSON object and nothing else")
      .option("--timing", "put seconds a path into the JSON too; it then differs from run to run")
      .option("--force", FORCE)
      .option("--yes", YES)
      .action(async (path: string, flags: StudyFlags) => {
        const { studyCommand } = await import("./study.js");
        done(await studyCommand(kind, path, flags, interrupts));
      });
  }

  program
    .command("schema")
    .description("print the JSON Schema of a configuration, for editors")
    .action(async () => {
      const { schemaText } = await import("./schema.js");
      await print(schemaText());
    });

  program
    .command("validate")
    .description("rerun every claim at full size and print one table")
    .option("--only <groups...>", "only these groups")
    .option("--out <dir>", "write the table there")
    .option("--json", "print one JSON object and nothing else")
    .option("--force", FORCE)
    .action(async (flags: ValidateFlags) => {
      const { validateCommand } = await import("./validate.js");
      done(await validateCommand(flags, interrupts));
    });

  return program;
}
