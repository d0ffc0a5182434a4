import * as z from "zod";
import { count } from "../../contract/keys.js";

/** The keys of a law that tokens are drawn from. */
export const drawn = {
  tokens: count.optional().describe("how many; needed by solvers that move tokens"),
  placement: z
    .enum(["random", "quasi"])
    .default("random")
    .describe("independent tokens, or low-discrepancy ones"),
};
