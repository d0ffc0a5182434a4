/**
 * An order of the nodes [n,d] in which node i + n/2 is opposite to node i: what depends on a node and its opposite alike is
 * then found for both at once (see harmonic-tilted.ts). Every node of a Gauss-Legendre grid with an even number of
 * longitudes has its opposite to the bit. The order as it is where one has none. out[i] is the node at place i.
 */
export function oppositeHalves(nodes: Float64Array, d: number): Int32Array {
  const n = nodes.length / d;
  // adding zero makes -0 zero
  const name = (i: number, sign: 1 | -1): string =>
    nodes
      .subarray(i * d, (i + 1) * d)
      .map((v) => sign * v + 0)
      .join();
  const at = new Map(Array.from({ length: n }, (_, i) => [name(i, 1), i]));
  const first: number[] = [];
  const second: number[] = [];
  const taken = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (taken[i]) continue;
    const opposite = at.get(name(i, -1));
    if (opposite === undefined || opposite === i || taken[opposite])
      return Int32Array.from({ length: n }, (_, k) => k);
    taken[i] = taken[opposite] = 1;
    first.push(i);
    second.push(opposite);
  }
  return Int32Array.from([...first, ...second]);
}
