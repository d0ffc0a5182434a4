import type { Block } from "../studies/blocks.js";
import { serveHere } from "../io/worker.js";
import { claimsOfGroups, type GroupClaim } from "../validation/claims-of-groups.js";
import { EVERYTHING } from "../validation/everything.js";

/** A claim as soon as it is judged; that a group is begun, or whole. */
export type ValidatePart = GroupClaim | "begun" | "whole";

/** Groups of claims, by name, in a thread of its own. */
serveHere<readonly string[], Block, ValidatePart>((names) => {
  const groups = EVERYTHING.filter(({ name }) => names.includes(name));
  return {
    lanes: [groups.length],
    block(_, from, to, { onPart }) {
      for (const group of groups.slice(from, to)) {
        onPart("begun");
        claimsOfGroups([group], { onClaim: onPart });
        onPart("whole");
      }
      return { from, to };
    },
  };
});
