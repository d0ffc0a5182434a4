/**
 * Halves the interval between `inside`, where `holds` is true, and `outside`, where it is not, either of which may be the
 * left one; stops after `halvings` or as soon as `until` says so. Returns both ends.
 */
export function bisect(
  holds: (x: number) => boolean,
  inside: number,
  outside: number,
  { halvings = 60, until }: { halvings?: number; until?: (inside: number, outside: number) => boolean } = {},
): [inside: number, outside: number] {
  for (let k = 0; k < halvings && !until?.(inside, outside); k++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return [inside, outside];
}

/** The zero of f between low and high, where it has opposite signs. */
export function bisectRoot(f: (x: number) => number, low: number, high: number, halvings = 60): number {
  const rising = f(high) > 0;
  const [a, b] = bisect((x) => f(x) > 0 !== rising, low, high, { halvings });
  return (a + b) / 2;
}
