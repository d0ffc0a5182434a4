import { z } from "zod";
import { count } from "../../contract/keys.js";

/** The keys of a law that tokens are drawn from. */
export const drawn = {
  /** How many; needed by solvers that move tokens. */
  tokens: count.optional(),
  /** "random": independent tokens; "quasi": low-discrepancy ones. */
  placement: z.enum(["random", "quasi"]).default("random"),
};
