/** Nodes of a limit law for every token of the largest cloud: its own distance from the limit is below theirs. */
const NODES_PER_TOKEN = 8;

/** A degree whose nodes (about 3 lmax on the circle, 4.5 lmax^2 on the sphere) are enough for n tokens, never below 15. */
export function degreeForTokens(dimension: number, n: number): number {
  const nodes = NODES_PER_TOKEN * n;
  return Math.min(511, Math.max(15, Math.floor(dimension === 2 ? nodes / 3 : Math.sqrt(nodes / 4.5))));
}
