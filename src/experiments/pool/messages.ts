import type { Block } from "../../studies/blocks.js";

/**
 * A thread to talk to: node's, or a page's web worker. Messages are plain data that a structured clone carries, and come in
 * the order in which they were sent.
 */
export interface Channel {
  post(message: unknown): void;
  /** Ends the thread at once. */
  end(): void;
  /** Called once, before anything is posted. `failed` is told of a thread that ends by itself. */
  listen(heard: (message: unknown) => void, failed: (error: Error) => void): void;
}

/** What a thread is asked for: first to plan the work, then blocks of it, at last what is made of all of them. */
export type Request =
  /** The first number of `stop` becomes one while the thread is to end what it does; null where memory cannot be shared. */
  | { readonly input: unknown; readonly stop: SharedArrayBuffer | null }
  | { readonly lane: number; readonly from: number; readonly to: number }
  | { readonly conclude: readonly (Block | null)[] };

/** What it says. */
export type Reply =
  | { readonly lanes: readonly number[] }
  | { readonly lane: number; readonly progress: readonly [done: number, total: number] }
  | { readonly lane: number; readonly part: unknown }
  /** `done` and `total` are the last progress that was made with it. */
  | {
      readonly lane: number;
      readonly block: Block;
      readonly progress: readonly [done: number, total: number];
    }
  | { readonly lane: number; readonly from: number; readonly error: Thrown }
  | { readonly answer: unknown }
  | { readonly error: Thrown };

/** An error on its way to another thread. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

export function thrownOf(error: unknown): Thrown {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack };
}

/** The same error here, by the same name. */
export const errorOf = (thrown: Thrown): Error => Object.assign(new Error(thrown.message), thrown);
