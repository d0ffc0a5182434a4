import * as z from "zod";
import { simplexLaw, simplexRank } from "../../../laws/simplex.js";
import { refuse } from "../../contract/config-error.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { count } from "../../contract/keys.js";

/** Tokens whose pairwise overlaps are all equal. */
export const simplex = initialEntry({
  kind: "simplex",
  schema: z.strictObject({
    kind: z.literal("simplex"),
    tokens: count.describe("how many"),
    overlap: z.number().min(-1).max(1).describe("<x, y> of any two of them"),
  }),
  example: { kind: "simplex", tokens: 3, overlap: 0.2 },
  hasDensity: false,
  euclidean: false,
  given: true,
  check({ tokens, overlap }, { dimension }) {
    if (tokens > 1 && overlap < -1 / (tokens - 1)) {
      refuse(
        "initial.overlap",
        `${overlap} is below -1/(tokens-1), the least that ${tokens} tokens can share`,
      );
    }
    const rank = simplexRank(tokens, overlap);
    if (rank > dimension) {
      refuse(
        "initial.tokens",
        `${tokens} with overlaps of ${overlap} span ${rank} dimensions, and model.dimension is ${dimension}; want fewer`,
      );
    }
  },
  build: ({ tokens, overlap }, { dimension }) => simplexLaw(dimension, tokens, overlap),
  tokens: ({ tokens }) => tokens,
});
