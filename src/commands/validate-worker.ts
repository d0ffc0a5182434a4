import { answer, type WorkerSide } from "../io/worker.js";
import { claimsOfGroups, type GroupClaim } from "../validation/claims-of-groups.js";
import { EVERYTHING } from "../validation/everything.js";

/** A claim as soon as it is judged, or how many groups are begun. */
export type ValidatePart = GroupClaim | { readonly begun: number };

/** Groups of claims, by name, in a thread of its own. */
answer((names: readonly string[], { onPart }: WorkerSide<ValidatePart>): true => {
  const groups = EVERYTHING.filter(({ name }) => names.includes(name));
  claimsOfGroups(groups, { onClaim: onPart, onGroup: (begun) => onPart({ begun }) });
  return true;
});
