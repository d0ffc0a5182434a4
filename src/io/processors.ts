import { availableParallelism } from "node:os";

/** Threads that this machine runs at the same time. */
export const processors = (): number => availableParallelism();
