/**
 * The known word that a reader most likely meant: alike but for case and hyphens, begun by the word given, or a few letters away (one in
 * three: insertions, deletions, changes and swaps of neighbours). Null where none is near.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const given = plain(word);
  const begun = known.filter((name) => given.length >= 3 && plain(name).startsWith(given));
  if (begun.length === 1) return begun[0];
  let best: string | null = null;
  let least = Math.max(1, Math.floor(given.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - given.length) >= least) continue;
    const away = distance(given, plain(name));
    if (away < least && away < name.length) [best, least] = [name, away];
  }
  return best;
}

const plain = (word: string): string => word.toLowerCase().replaceAll("_", "-");

/** Optimal string alignment: Levenshtein's distance with swaps of neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      now[j] = Math.min(last[j] + 1, now[j - 1] + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        now[j] = Math.min(now[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, now];
  }
  return last[b.length];
}
