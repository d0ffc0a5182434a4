import { judge, type Claim } from "../studies/claim.js";
import type { ClaimGroup } from "./everything.js";

/** A claim and the group it belongs to. */
export interface GroupClaim {
  readonly group: string;
  readonly claim: Claim;
}

export interface GroupHooks {
  readonly onClaim: (claim: GroupClaim) => void;
  /** Called with the number of groups begun. */
  readonly onGroup?: (begun: number) => void;
}

/**
 * Every claim of the groups, one after the other. A group that throws costs its own later claims and no other: that it
 * ended early is a failed claim, with what was thrown.
 */
export function claimsOfGroups(groups: readonly ClaimGroup[], { onClaim, onGroup }: GroupHooks): void {
  groups.forEach(({ name: group, claims }, g) => {
    onGroup?.(g + 1);
    try {
      for (const claim of claims()) onClaim({ group, claim });
    } catch (error) {
      onClaim({ group, claim: endedEarly(group, error) });
    }
  });
}

const endedEarly = (group: string, error: unknown): Claim => {
  const sentence = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
  return judge(`${group} ended early: ${sentence}`, NaN, [-Infinity, Infinity], [0, 0]);
};
