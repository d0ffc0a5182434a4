/**
 * Exact optimal transport between finitely many places: minimises sum_ij f_ij cost[i,j] over flows f >= 0 with row sums
 * `supply` [n] and column sums `demand` [m], by the network simplex method: a spanning tree of places under one root,
 * strongly feasible so that it cannot cycle (Cunningham, Mathematical Programming 11, 1976), and block pricing (Grigoriadis
 * 1986). Both margins must be nonnegative with equal sums up to rounding; costs nonnegative and finite. The cost is within
 * 1e-14 of the largest cost per unit of mass. Returns the flow [n,m] and its cost. Some thousand places take seconds.
 */
export function optimalTransport(
  cost: Float64Array,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
): { flow: Float64Array; cost: number } {
  const n = supply.length;
  const m = demand.length;
  const largest = cost.reduce((a, b) => Math.max(a, b), 0);
  if (cost.length !== n * m || !(largest < Infinity))
    throw new RangeError(
      `optimalTransport: ${cost.length} costs up to ${largest}, want ${n} times ${m} finite ones`,
    );
  const detour = largest || 1;
  const tree = planTree(cost, supply, demand, detour);
  const next = planPricing(cost, supply, demand, tree.potential, 1e-14 * detour);
  for (let cell = next(); cell >= 0; cell = next()) tree.pivot(Math.floor(cell / m), n + (cell % m));
  const flow = tree.flow();
  return { flow, cost: flow.reduce((sum, f, k) => sum + f * cost[k], 0) };
}

interface Tree {
  /** [n+m+1]: cost[i,j] + potential[i] - potential[n+j] = 0 along the tree. */
  readonly potential: Float64Array;
  /** Brings the arc from row node i to column node j into the tree. */
  pivot(i: number, j: number): void;
  flow(): Float64Array;
}

/**
 * Nodes: rows 0 .. n-1, columns n .. n+m-1, the root. Node v stands for the arc to its parent, which leaves v when v is a
 * row and enters it when v is a column. At first all mass runs over the root, at cost `detour` each way: any direct arc is
 * cheaper, so none stays there.
 */
function planTree(
  cost: Float64Array,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  detour: number,
): Tree {
  const n = supply.length;
  const m = demand.length;
  const root = n + m;
  const parent = new Int32Array(root + 1).fill(root);
  const carried = Float64Array.from({ length: root }, (_, v) => (v < n ? supply[v] : demand[v - n]));
  const depth = new Int32Array(root + 1);
  const potential = new Float64Array(root + 1);
  const settled = new Int32Array(root + 1);
  const climb = new Int32Array(root);
  let round = 0;

  /** Depths and potentials of the whole tree, every node after its parent. */
  function settle(): void {
    settled[root] = ++round;
    for (let v = 0; v < root; v++) {
      let top = 0;
      for (let x = v; settled[x] !== round; x = parent[x]) climb[top++] = x;
      while (top > 0) {
        const x = climb[--top];
        const p = parent[x];
        depth[x] = depth[p] + 1;
        if (x < n) potential[x] = potential[p] - (p === root ? detour : cost[x * m + p - n]);
        else potential[x] = potential[p] + (p === root ? detour : cost[p * m + x - n]);
        settled[x] = round;
      }
    }
  }

  /**
   * Around the cycle i -> j -> ... -> meet -> ... -> i flow falls on columns' arcs of j's side and on rows' arcs of i's
   * side. Finds the arc that empties first, by its node, and the end of the new arc below it.
   */
  function leavingArc(i: number, j: number): { leaving: number; below: number; least: number; meet: number } {
    let least = Infinity;
    let leaving = -1;
    let below = i;
    let [a, b] = [i, j];
    while (a !== b) {
      if (depth[a] >= depth[b]) {
        if (a < n && carried[a] < least) [least, leaving, below] = [carried[a], a, i];
        a = parent[a];
      } else {
        /* of equal ones the last on the cycle from `meet`: keeps the tree strongly feasible */
        if (b >= n && carried[b] <= least) [least, leaving, below] = [carried[b], b, j];
        b = parent[b];
      }
    }
    return { leaving, below, least, meet: a };
  }

  /** Sends `mass` along the cycle. */
  function push(i: number, j: number, meet: number, mass: number): void {
    for (let v = i; v !== meet; v = parent[v]) carried[v] += v < n ? -mass : mass;
    for (let v = j; v !== meet; v = parent[v]) carried[v] += v < n ? mass : -mass;
  }

  /** The part of the tree that hung on the leaving arc hangs on the new one: the way between them turns around. */
  function rehang(leaving: number, below: number, under: number, carries: number): void {
    let [child, above, mass] = [below, under, carries];
    for (;;) {
      const [oldParent, oldMass] = [parent[child], carried[child]];
      parent[child] = above;
      carried[child] = mass;
      if (child === leaving) break;
      [child, above, mass] = [oldParent, child, oldMass];
    }
  }

  function pivot(i: number, j: number): void {
    const { leaving, below, least, meet } = leavingArc(i, j);
    push(i, j, meet, least);
    rehang(leaving, below, below === i ? j : i, least);
    settle();
  }

  settle();
  return {
    potential,
    pivot,
    flow() {
      const flow = new Float64Array(n * m);
      for (let v = 0; v < root; v++)
        if (parent[v] !== root) flow[v < n ? v * m + parent[v] - n : parent[v] * m + v - n] = carried[v];
      return flow;
    },
  };
}

/** The most profitable cell of the next block that has one, or -1. Places without mass are never priced. */
function planPricing(
  cost: Float64Array,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  potential: Float64Array,
  tolerance: number,
): () => number {
  const n = supply.length;
  const m = demand.length;
  const massive = (w: ArrayLike<number>): number[] => Array.from(w).flatMap((v, k) => (v > 0 ? [k] : []));
  const [rows, columns] = [massive(supply), massive(demand)];
  const cells = rows.length * columns.length;
  const block = Math.max(16, Math.ceil(Math.sqrt(cells)));
  let at = 0;
  return () => {
    let best = -1;
    let least = -tolerance;
    for (let seen = 0; seen < cells;) {
      for (let k = 0; k < block && seen < cells; k++, seen++) {
        const i = rows[Math.floor(at / columns.length)];
        const j = columns[at % columns.length];
        const reduced = cost[i * m + j] + potential[i] - potential[n + j];
        if (reduced < least) {
          least = reduced;
          best = i * m + j;
        }
        if (++at === cells) at = 0;
      }
      if (best >= 0) return best;
    }
    return -1;
  };
}
