/** Nodes with which the limit law of n tokens begins: its own distance from the limit is then below theirs. */
export const nodesForTokens = (n: number): number => 8 * n;
