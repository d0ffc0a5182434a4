import type { Config } from "../../config/config.js";
import type { Block } from "../../studies/blocks.js";
import type { Work } from "../pool/serve.js";
import { joinLawBlocks, lawPaths, planLaw, type LawBlock } from "./law-side.js";
import { followCarried, followDensity, type CarriedRun, type DensityRun } from "./limit-side.js";
import { cloudsOf, joinTokenBlocks, planTokens, type TokenBlock } from "./token-side.js";

/** What threads share of an agreement: the density and its characteristics are a piece each. */
export const LANES = ["density", "tokens", "law", "carried"] as const;
export type LaneName = (typeof LANES)[number];

/** A run that is one piece, which is not finished where it stopped. */
interface Solo<Run> extends Block {
  readonly run: Run;
}

export type AgreeBlock =
  | ({ readonly lane: "density" } & Solo<DensityRun>)
  | ({ readonly lane: "carried" } & Solo<CarriedRun>)
  | ({ readonly lane: "tokens" } & TokenBlock)
  | ({ readonly lane: "law" } & LawBlock);

export function joinAgreeBlocks(left: AgreeBlock, right: AgreeBlock): AgreeBlock {
  if (left.lane === "tokens" && right.lane === "tokens")
    return { lane: "tokens", ...joinTokenBlocks(left, right) };
  if (left.lane === "law" && right.lane === "law") return { lane: "law", ...joinLawBlocks(left, right) };
  throw new RangeError(`agree: ${left.lane} and ${right.lane} are not joined`);
}

const solo = <Run extends CarriedRun>(run: Run): Solo<Run> => {
  const stopped = run.trajectory.stopped !== undefined;
  return { from: 0, to: stopped ? 0 : 1, ended: stopped, run };
};

/** The sides of an agreement as lanes, each planned when it is begun: one that cannot be leaves the others as they are. */
export function agreeWork(config: Config): Work<AgreeBlock> {
  let tokens: ReturnType<typeof planTokens> | undefined;
  let law: ReturnType<typeof planLaw> | undefined;
  return {
    lanes: [1, cloudsOf(config), lawPaths(config), 1],
    block(at, from, to, hooks) {
      const lane = LANES[at];
      switch (lane) {
        case "density":
          return { lane, ...solo(followDensity(config, hooks)) };
        case "carried":
          return { lane, ...solo(followCarried(config, hooks)) };
        case "tokens":
          tokens ??= planTokens(config);
          return { lane, ...tokens(from, to, hooks) };
        case "law":
          law ??= planLaw(config);
          return { lane, ...law(from, to, hooks) };
      }
    },
  };
}
