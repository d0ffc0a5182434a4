import { cos, sin } from "./sine-cosine.js";

/** cos and sin of the k-th of n equal parts of a turn, reduced to an eighth of a turn first: good to the last bit or so. */
export function turn(k: number, n: number): readonly [cosine: number, sine: number] {
  const eighth = (8 * k) / n;
  const angle = (j: number): number => (2 * Math.PI * j) / n;
  if (eighth > 4) {
    const [c, s] = turn(n - k, n);
    return [c, -s];
  }
  if (eighth > 2) {
    const [c, s] = turn(n / 2 - k, n);
    return [-c, s];
  }
  if (eighth > 1) return [sin(angle(n / 4 - k)), cos(angle(n / 4 - k))];
  return [cos(angle(k)), sin(angle(k))];
}
