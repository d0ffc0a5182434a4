/** Mean and summed squared deviations [size] of the paths first .. first + count - 1; count is a power of two that divides first. */
export interface MomentNode {
  readonly first: number;
  readonly count: number;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Moments of the paths from .. to - 1, as plain data: the nodes of one binary tree over all paths 0, 1, 2, ... that cover them.
 * Whatever is joined in whatever order, the same sums are formed: the bits depend on the paths alone.
 */
export interface Moments {
  readonly from: number;
  readonly to: number;
  /** In the order of the paths, as few as cover them. */
  readonly nodes: readonly MomentNode[];
}

/** Of two sets that lie next to each other in the tree; their memory is not shared. */
function united(left: MomentNode, right: MomentNode): MomentNode {
  const count = left.count + right.count;
  const share = right.count / count;
  const weight = left.count * share;
  const mean = left.mean.slice();
  const squares = left.squares.slice();
  for (let i = 0; i < mean.length; i++) {
    const off = right.mean[i] - mean[i];
    mean[i] += off * share;
    squares[i] += right.squares[i] + off * off * weight;
  }
  return { first: left.first, count, mean, squares };
}

/** Puts one more node to the right, and unites halves of the same node as long as there are any. */
function push(nodes: MomentNode[], node: MomentNode): void {
  let last = node;
  for (;;) {
    const before = nodes[nodes.length - 1];
    if (before?.count !== last.count || before.first % (2 * last.count) !== 0) break;
    nodes.pop();
    last = united(before, last);
  }
  nodes.push(last);
}

/** The moments of one path. */
export const momentsOf = (path: number, values: ArrayLike<number>): Moments => ({
  from: path,
  to: path + 1,
  nodes: [
    { first: path, count: 1, mean: Float64Array.from(values), squares: new Float64Array(values.length) },
  ],
});

/** The moments of neighbours: the paths of `left`, then those of `right`. A RangeError where they are none. */
export function joinMoments(left: Moments, right: Moments): Moments {
  if (left.to !== right.from)
    throw new RangeError(`moments: paths up to ${left.to} and from ${right.from} on, want neighbours`);
  const nodes = [...left.nodes];
  for (const node of right.nodes) push(nodes, node);
  return { from: left.from, to: right.to, nodes };
}

/** Count, mean and summed squared deviations [size] over all the paths; null where there is none. */
export function totalOf({ nodes }: Moments): Pick<MomentNode, "count" | "mean" | "squares"> | null {
  if (nodes.length === 0) return null;
  return nodes.reduceRight((rest, node) => united(node, rest));
}

export interface RunningMoments {
  /** values[size] of the next path. */
  add(values: ArrayLike<number>): void;
  /** Of the paths so far. */
  moments(): Moments;
}

/** Moments path after path, the first one numbered `from`: T. F. Chan, G. H. Golub, R. J. LeVeque (1983), in pairs. */
export function runningMoments(from = 0): RunningMoments {
  const nodes: MomentNode[] = [];
  let to = from;
  return {
    add(values) {
      push(nodes, momentsOf(to, values).nodes[0]);
      to++;
    },
    moments: () => ({ from, to, nodes: [...nodes] }),
  };
}
