import type { Stop } from "../stop.js";

/** Who hears of a side while it is computed, and who may end it early. */
export interface SideOptions {
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every step: true ends the side there with what it has. */
  readonly stopping?: () => boolean;
}

/** How far a side came, when a trajectory of it ended early. */
export const stopOf = (
  {
    time,
    cause,
    interrupted,
  }: { readonly time: number; readonly cause: string; readonly interrupted?: true },
  far: Pick<Stop, "done" | "of" | "unit" | "path">,
): Stop => ({ cause, ...far, time, ...(interrupted && { interrupted }) });
