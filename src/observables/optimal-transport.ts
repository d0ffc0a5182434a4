/**
 * Exact optimal transport between finitely many places: minimises sum_ij f_ij cost[i,j] over flows f >= 0 with row sums
 * `supply` [n] and column sums `demand` [m], by successive shortest paths with potentials (Edmonds, Karp 1972). Equal
 * supplies and demands make it the assignment problem, each path then moving a whole unit as in Jonker, Volgenant 1987.
 * Costs O(n m) a path and about n + m paths: good to a few hundred places.
 * Both margins must be nonnegative with equal sums up to rounding. Returns the flow [n,m] and its cost.
 */
export function optimalTransport(
  cost: Float64Array,
  supply: ArrayLike<number>,
  demand: ArrayLike<number>,
): { flow: Float64Array; cost: number } {
  const n = supply.length;
  const m = demand.length;
  if (cost.length !== n * m)
    throw new RangeError(`optimalTransport: ${cost.length} costs, want ${n} times ${m}`);
  const left = Float64Array.from(supply);
  const wanted = Float64Array.from(demand);
  const flow = new Float64Array(n * m);
  /* Potentials with cost - u_i - v_j >= 0, and = 0 where flow runs. */
  const u = new Float64Array(n);
  const v = Float64Array.from({ length: m }, (_, j) => {
    let least = Infinity;
    for (let i = 0; i < n; i++) least = Math.min(least, cost[i * m + j]);
    return least;
  });
  const distance = new Float64Array(m);
  const from = new Int32Array(m);
  const reached = new Uint8Array(m);
  const rowDistance = new Float64Array(n);
  const rowFrom = new Int32Array(n);

  /** Dijkstra from row `source` over reduced costs, until a column that still wants mass; -1 when there is none. */
  function shortestPath(source: number): number {
    distance.fill(Infinity);
    reached.fill(0);
    rowDistance.fill(-1);
    const scan = (i: number, at: number): void => {
      rowDistance[i] = at;
      for (let j = 0; j < m; j++) {
        if (reached[j]) continue;
        const through = at + Math.max(0, cost[i * m + j] - u[i] - v[j]);
        if (through < distance[j]) {
          distance[j] = through;
          from[j] = i;
        }
      }
    };
    rowFrom[source] = -1;
    scan(source, 0);
    for (;;) {
      let next = -1;
      for (let j = 0; j < m; j++) {
        if (!reached[j] && (next < 0 || distance[j] < distance[next])) next = j;
      }
      if (next < 0) return -1;
      reached[next] = 1;
      if (wanted[next] > 0) return next;
      for (let i = 0; i < n; i++) {
        if (rowDistance[i] < 0 && flow[i * m + next] > 0) {
          rowFrom[i] = next;
          scan(i, distance[next]);
        }
      }
    }
  }

  /** Keeps reduced costs nonnegative and makes them vanish along the path just found. */
  function lift(end: number): void {
    const length = distance[end];
    for (let i = 0; i < n; i++) if (rowDistance[i] >= 0) u[i] += length - rowDistance[i];
    for (let j = 0; j < m; j++) if (reached[j]) v[j] -= length - distance[j];
  }

  function push(end: number): void {
    let mass = wanted[end];
    for (let j = end; ; j = rowFrom[from[j]]) {
      const back = rowFrom[from[j]];
      if (back < 0) {
        mass = Math.min(mass, left[from[j]]);
        break;
      }
      mass = Math.min(mass, flow[from[j] * m + back]);
    }
    wanted[end] -= mass;
    for (let j = end; ;) {
      const i = from[j];
      flow[i * m + j] += mass;
      if (rowFrom[i] < 0) {
        left[i] -= mass;
        return;
      }
      j = rowFrom[i];
      flow[i * m + j] -= mass;
    }
  }

  /* What rounding leaves over is less than this and is not carried. */
  const dust = 1e-15 * left.reduce((sum, s) => sum + s, 0);
  for (let i = 0; i < n; i++) {
    while (left[i] > dust) {
      const end = shortestPath(i);
      if (end < 0) break;
      lift(end);
      push(end);
    }
  }
  return { flow, cost: flow.reduce((sum, f, k) => sum + f * cost[k], 0) };
}
