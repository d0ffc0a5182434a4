import { Stopped } from "../../../solvers/simulate.js";
import type { Evolution } from "../../types.js";

/**
 * An evolution, and others that take every step right after it: under one noise they are seen together as they pass, and no
 * law has to be kept. One of the others that cannot go on is left behind; `lost` is told its place.
 */
export function beside(
  leader: Evolution,
  others: readonly Evolution[],
  lost: (place: number) => void,
): Evolution {
  const going = new Set<number>();
  const each = (move: (other: Evolution) => void): void => {
    for (const place of going) {
      try {
        move(others[place]);
      } catch (error) {
        if (!(error instanceof Stopped) || error.interrupted) throw error;
        going.delete(place);
        lost(place);
      }
    }
  };
  return {
    get law() {
      return leader.law;
    },
    ...(leader.model && { model: leader.model }),
    ...(leader.scheme && { scheme: leader.scheme }),
    ...(leader.commuting && { commuting: () => leader.commuting!() }),
    reset(path) {
      leader.reset(path);
      others.forEach((_, place) => going.add(place));
      each((other) => other.reset(path));
    },
    advance(interval) {
      leader.advance(interval);
      each((other) => other.advance(interval));
    },
    diagnostics: () => leader.diagnostics(),
  };
}
