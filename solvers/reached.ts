import { Stopped } from "../src/numerics/stopped.js";
import type { Trajectory } from "./simulate.js";

/**
 * The trajectory of a run that came to its end, so that what it left behind may be judged; `onStep` may have chosen that
 * end. Throws `Stopped` with the cause and the time of one that ended early. `who` is said before the cause, such as "the
 * reference"; an interrupt is nobody's.
 */
export function reached<Name extends string>(trajectory: Trajectory<Name>, who?: string): Trajectory<Name> {
  const { stopped } = trajectory;
  if (!stopped) return trajectory;
  const { cause, interrupted } = stopped;
  throw new Stopped(who === undefined || interrupted ? cause : `${who}: ${cause}`, stopped);
}
