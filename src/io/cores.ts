import { availableParallelism } from "node:os";

/** Threads that this machine runs at once for this process. */
export const cores = (): number => availableParallelism();
