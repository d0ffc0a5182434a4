#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { agreeCommand, type AgreeFlags } from "./commands/agree.js";
import { figureCommand, type FigureFlags } from "./commands/figure.js";
import { runCommand, type RunFlags } from "./commands/run.js";
import { studyCommand, type StudyFlags } from "./commands/study.js";
import { validateCommand, type ValidateFlags } from "./commands/validate.js";
import { sentences } from "./config/contract/config-error.js";
import { packageFacts } from "./io/manifest.js";

const { name, version } = packageFacts();

/** Exit codes: 0 done, 1 a claim failed or an unexpected error, 2 bad input, 3 stopped early with the results kept. */
const program = new Command(name)
  .description(
    "Mean-field limits with common noise on the unit sphere: particles, density, transformer, one path.",
  )
  .version(version)
  .exitOverride()
  .showHelpAfterError(false);

program
  .command("run <config.json>")
  .description("run a configuration and show its observables")
  .option("--out <dir>", "write run.json, observables.csv, pictures and a manifest there")
  .option("--json", "print one JSON object and nothing else")
  .action(async (path: string, flags: RunFlags) => {
    process.exitCode = await runCommand(path, flags);
  });

program
  .command("agree <config.json>")
  .description("hold density, characteristics, random tokens and transformers against each other")
  .option("--out <dir>", "write the report, its pictures and data there")
  .option("--json", "print one JSON object and nothing else")
  .action(async (path: string, flags: AgreeFlags) => {
    process.exitCode = await agreeCommand(path, flags);
  });

program
  .command("figure <number>")
  .description("compute a figure of docs/paper.md, 1 to 4, and judge what it claims")
  .option("--quick", "under a minute, with fewer cells, paths and layers; without it under twenty")
  .option("--seed <text>", "seed of everything random", "paper")
  .option("--out <dir>", "write picture, data and caption there (default: out/figure-<number>)")
  .option("--json", "print one JSON object and nothing else")
  .action(async (number: string, flags: FigureFlags) => {
    process.exitCode = await figureCommand(number, flags);
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
    .action(async (path: string, flags: StudyFlags) => {
      process.exitCode = await studyCommand(kind, path, flags);
    });
}

program
  .command("validate")
  .description("rerun every claim at full size and print one table")
  .option("--only <groups...>", "only these groups")
  .option("--out <dir>", "write the table there")
  .action(async (flags: ValidateFlags) => {
    process.exitCode = await validateCommand(flags);
  });

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Error && error.name === "ConfigError") {
    process.stderr.write(sentences(error));
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
