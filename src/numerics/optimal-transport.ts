/**
 * Exact optimal transport between finitely many places: minimises sum_ij f_ij cost[i,j] over flows f >= 0 with row sums
 * `supply` [n] and column sums `demand` [m], by the network simplex method: a spanning tree of places under one root,
 * strongly feasible so that it cannot cycle (Cunningham, Mathematical Programming 11, 1976), and block pricing (Grigoriadis
 * 1986). Both margins must be nonnegative with equal sums up to rounding; costs nonnegative and finite.
 *
 * Cells are priced in double precision, and in twice that wherever rounding could decide, so that the pairing is the best
 * one to about 1e-28 of the largest cost, whatever far places stand beside near ones. `low` gives what rounding took from
 * a cost (the exact cost of a cell is cost + low); costs count as exact without.
 *
 * Masses are right to rounding only: flow below (n + m) 2^-52 of the whole that is a small part of what both its ends carry
 * is a difference of roundings and is left out, however far it would travel. Returns the flow [n,m] and its cost. Some
 * thousand places take seconds.
 */
export function optimalTransport(
  cost: Float64Array,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  low: (cell: number) => number = () => 0,
): { flow: Float64Array; cost: number } {
  const n = supply.length;
  const m = demand.length;
  const largest = cost.reduce((a, b) => Math.max(a, b), 0);
  if (cost.length !== n * m || !(largest < Infinity))
    throw new RangeError(
      `optimalTransport: ${cost.length} costs up to ${largest}, want ${n} times ${m} finite ones`,
    );
  const tree = planTree(cost, low, supply, demand, largest || 1);
  const next = planPricing(cost, low, supply, demand, tree);
  for (let cell = next(); cell >= 0; cell = next()) tree.pivot(Math.floor(cell / m), n + (cell % m));
  const flow = tree.flow();
  return { flow, cost: flow.reduce((sum, f, k) => sum + f * cost[k], 0) };
}

/**
 * Whether a mass is but a difference of roundings: below the rounding of the whole, summed over `places`, and no more than
 * a small part of `own`, the lesser mass of the two places it would go between.
 */
export const isRounding = (mass: number, own: number, places: number): boolean =>
  mass <= places * Number.EPSILON && mass <= 1e-3 * own;

interface Tree {
  /** [n+m+1]: cost[i,j] + potential[i] - potential[n+j] = 0 along the tree, and what rounding took from them. */
  readonly potential: Float64Array;
  readonly tail: Float64Array;
  /** The largest potential in size. */
  height(): number;
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
  low: (cell: number) => number,
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
  const tail = new Float64Array(root + 1);
  /* The cost of every node's arc, and what rounding took from it. */
  const arc = new Float64Array(root).fill(detour);
  const arcTail = new Float64Array(root);
  let height = 0;
  const settled = new Int32Array(root + 1);
  const climb = new Int32Array(root);
  let round = 0;

  /** Depths and potentials of the whole tree, every node after its parent. */
  function settle(): void {
    settled[root] = ++round;
    height = 0;
    for (let v = 0; v < root; v++) {
      let top = 0;
      for (let x = v; settled[x] !== round; x = parent[x]) climb[top++] = x;
      while (top > 0) {
        const x = climb[--top];
        const p = parent[x];
        depth[x] = depth[p] + 1;
        const sign = x < n ? -1 : 1;
        /* Knuth's two-sum of the parent's potential and the arc, the tails behind it */
        const by = sign * arc[x];
        const sum = potential[p] + by;
        const part = sum - potential[p];
        const lost = potential[p] - (sum - part) + (by - part) + tail[p] + sign * arcTail[x];
        potential[x] = sum + lost;
        tail[x] = lost - (potential[x] - sum);
        height = Math.max(height, Math.abs(potential[x]));
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
  function rehang(leaving: number, below: number, under: number, mass: number, cell: number): void {
    let [child, above, carries, costs, lost] = [below, under, mass, cost[cell], low(cell)];
    for (;;) {
      const [p, f, c, l] = [parent[child], carried[child], arc[child], arcTail[child]];
      parent[child] = above;
      carried[child] = carries;
      arc[child] = costs;
      arcTail[child] = lost;
      if (child === leaving) break;
      [child, above, carries, costs, lost] = [p, child, f, c, l];
    }
  }

  function pivot(i: number, j: number): void {
    const { leaving, below, least, meet } = leavingArc(i, j);
    push(i, j, meet, least);
    rehang(leaving, below, below === i ? j : i, least, i * m + j - n);
    settle();
  }

  settle();
  return {
    potential,
    tail,
    height: () => height,
    pivot,
    flow() {
      const flow = new Float64Array(n * m);
      for (let v = 0; v < root; v++) {
        const p = parent[v];
        if (p === root) continue;
        const [i, j] = v < n ? [v, p - n] : [p, v - n];
        if (!isRounding(carried[v], Math.min(supply[i], demand[j]), root)) flow[i * m + j] = carried[v];
      }
      return flow;
    },
  };
}

/** Rounding of a reduced cost, as a part of the largest potential or cost: in double precision, and with the tails. */
const ROUNDING = 2 ** -50;
const FINEST = 2 ** -94;

/** The most profitable cell of the next block that has one, or -1. Places without mass are never priced. */
function planPricing(
  cost: Float64Array,
  low: (cell: number) => number,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
  { potential, tail, height }: Tree,
): () => number {
  const n = supply.length;
  const m = demand.length;
  const massive = (w: ArrayLike<number>): number[] => Array.from(w).flatMap((v, k) => (v > 0 ? [k] : []));
  const [rows, columns] = [massive(supply), massive(demand)];
  const cells = rows.length * columns.length;
  const block = Math.max(16, Math.ceil(Math.sqrt(cells)));

  /** cost[i,j] + potential[i] - potential[n+j], tails included: two sums without error, then their errors. */
  const reducedCost = (i: number, j: number): number => {
    const [a, b, c] = [potential[i], -potential[n + j], cost[i * m + j]];
    const ab = a + b;
    const partB = ab - a;
    const abc = ab + c;
    const partC = abc - ab;
    const lost = a - (ab - partB) + (b - partB) + (ab - (abc - partC) + (c - partC));
    return abc + (lost + tail[i] - tail[n + j] + low(i * m + j));
  };

  let at = 0;
  return () => {
    let best = -1;
    const scale = height();
    let least = -FINEST * scale;
    const doubt = ROUNDING * scale;
    for (let seen = 0; seen < cells;) {
      for (let k = 0; k < block && seen < cells; k++, seen++) {
        const i = rows[Math.floor(at / columns.length)];
        const j = columns[at % columns.length];
        const rough = cost[i * m + j] + potential[i] - potential[n + j];
        if (rough < least + doubt) {
          const reduced = rough < least - doubt ? rough : reducedCost(i, j);
          if (reduced < least) {
            least = reduced;
            best = i * m + j;
          }
        }
        if (++at === cells) at = 0;
      }
      if (best >= 0) return best;
    }
    return -1;
  };
}
