import type { Block } from "../../studies/blocks.js";
import { thrownOf, type Channel, type Reply, type Request } from "./messages.js";

/** Who hears of a block while it is computed, and who may end it early. */
export interface BlockHooks<P = never> {
  /** `done` of the block's own share of the lane's `total`. */
  readonly onProgress: (done: number, total: number) => void;
  /** Hands over a piece of the answer, so that it is kept whatever comes. */
  readonly onPart: (part: P) => void;
  /** Whether the block is to end with what it has. */
  readonly stopping: () => boolean;
}

/** Work that threads share: lanes, each of so many pieces that know nothing of each other. */
export interface Work<B extends Block, P = never> {
  readonly lanes: readonly number[];
  /** The pieces from .. to - 1 of a lane: the same whoever computes them, and after whatever else. */
  block(lane: number, from: number, to: number, hooks: BlockHooks<P>): B;
  /** What is made of all blocks in the end: one for each lane, null where there is nothing. */
  conclude?(found: readonly (B | null)[], stopping: () => boolean): unknown;
}

/** Messages about progress further apart than this many milliseconds: more would cost more than the work. */
const BETWEEN = 100;

/** What a thread does: plans the work once, and then the blocks that it is asked for. */
export function serve<I, B extends Block, P = never>(
  channel: Channel,
  plan: (input: I, stopping: () => boolean) => Work<B, P>,
): void {
  const post = (reply: Reply): void => channel.post(reply);
  let flag: Int32Array = new Int32Array(1);
  let work: Work<B, P>;
  let last = 0;
  const stopping = (): boolean => Atomics.load(flag, 0) === 1;

  const compute = (lane: number, from: number, to: number): void => {
    let progress: readonly [number, number] = [0, 0];
    try {
      const block = work.block(lane, from, to, {
        stopping,
        onPart: (part) => post({ lane, part }),
        onProgress(done, total) {
          progress = [done, total];
          const now = performance.now();
          if (now - last < BETWEEN) return;
          last = now;
          post({ lane, progress });
        },
      });
      post({ lane, block, progress });
    } catch (error) {
      post({ lane, from, error: thrownOf(error) });
    }
  };

  channel.listen(
    (message) => {
      const request = message as Request;
      if ("lane" in request) {
        compute(request.lane, request.from, request.to);
        return;
      }
      try {
        if ("input" in request) {
          if (request.stop) flag = new Int32Array(request.stop);
          work = plan(request.input as I, stopping);
          post({ lanes: work.lanes });
        } else post({ answer: work.conclude?.(request.conclude as readonly (B | null)[], stopping) });
      } catch (error) {
        post({ error: thrownOf(error) });
      }
    },
    () => undefined,
  );
}
