import type { Block } from "../../studies/blocks.js";
import { lane, type Lane } from "./lane.js";
import { errorOf, type Channel, type Reply, type Request } from "./messages.js";

export interface PoolOptions<B extends Block, P = never> {
  /** Opens one more thread. */
  readonly open: () => Channel;
  /** What every thread plans the work from. */
  readonly input: unknown;
  /** At most so many threads. */
  readonly workers: number;
  /** Two neighbouring blocks of a lane. */
  readonly join: (left: B, right: B, lane: number) => B;
  /** Lanes in the order in which they are begun; as they come unless given. */
  readonly order?: readonly number[];
  /** What is done of a lane, summed over threads, in the unit it counts in. */
  readonly onProgress?: (lane: number, done: number, total: number) => void;
  readonly onPart?: (lane: number, part: P) => void;
  /** Told of an error in a lane, as soon as it counts: true ends everything by it. */
  readonly onError?: (lane: number, error: Error) => boolean;
  /** From here on `stop` is called when the user asks for an end; gives the function that takes it away again. */
  readonly hold?: (stop: () => void) => () => void;
  /** On such a call: "answer" lets blocks end early, with what they have (unless given); "parts" ends them at once. */
  readonly onInterrupt?: "answer" | "parts";
  /** Whether a thread makes something of all blocks in the end. */
  readonly conclude?: boolean;
}

/** What was found, lane by lane. */
export interface Pooled<B, A> {
  readonly lanes: readonly { readonly found: B | null; readonly error: Error | null }[];
  /** What was made of it, where that was asked for. */
  readonly answer?: A;
  /** What ended everything: a thread, its plan, the conclusion, or a lane's error that was to. */
  readonly failure?: Error;
  /** Set where the user's end came before all was there. */
  readonly interrupted?: true;
}

/** More threads come after so many milliseconds of work: what is done by then is not worth their start. */
const ALONE = 100;

/** One thread, and what it is at. */
interface Hand {
  readonly channel: Channel;
  readonly flag: Int32Array | null;
  /** Ready for more, once it has planned the work. */
  idle: boolean;
  doing: { readonly lane: number; readonly from: number; readonly since: number } | null;
  /** Of the block it is at. */
  progress: number;
}

const stop = ({ flag }: Hand): void => void (flag && Atomics.store(flag, 0, 1));

/**
 * Work on several threads. Blocks of pieces are handed out in order, and joined as they come; the answer depends on neither
 * their cut nor their order. A lane ends with the first piece that could not be finished, whatever came after it. Null where an end was
 * asked for before the work began.
 */
export function runPool<B extends Block, A = undefined, P = never>(
  options: PoolOptions<B, P>,
): Promise<Pooled<B, A> | null> {
  const { open, input, workers, join, onProgress, onPart, onError } = options;
  const { hold, onInterrupt = "answer", conclude = false } = options;
  const hands: Hand[] = [];
  let lanes: readonly Lane<B>[] | null = null;
  let order: readonly number[] = [];
  const finished: number[] = [];
  let [interrupted, concluding, over] = [false, false, false];
  let growing: ReturnType<typeof setTimeout> | undefined;
  let release: (() => void) | undefined;

  return new Promise((resolve) => {
    const close = (): void => {
      over = true;
      clearTimeout(growing);
      release?.();
      for (const { channel } of hands) channel.end();
    };
    const end = (how: { readonly answer?: A; readonly failure?: Error }): void => {
      if (over) return;
      close();
      const found = lanes?.map(({ found, error }) => ({ found, error })) ?? [];
      // What came to its end was not interrupted.
      const cut = interrupted && how.answer === undefined;
      if (!lanes && !how.failure) resolve(null);
      else resolve({ lanes: found, ...how, ...(cut && { interrupted: true }) });
    };
    const failed = (failure: Error): void => end({ failure });
    const finish = (): void => end({});

    const ask = (hand: Hand, request: Request): void => {
      hand.idle = false;
      if (hand.flag) Atomics.store(hand.flag, 0, interrupted ? 1 : 0);
      hand.channel.post(request);
    };

    /** The next block for an idle thread. After the user's end only lanes that were begun go on, to their own end. */
    const handOut = (hand: Hand): void => {
      const at = order.find((l) => lanes![l].waiting > 0 && (!interrupted || lanes![l].begun));
      if (at === undefined) return;
      const { from, to } = lanes![at].next(workers)!;
      hand.doing = { lane: at, from, since: performance.now() };
      hand.progress = 0;
      ask(hand, { lane: at, from, to });
    };

    const go = (): void => {
      if (!lanes || over || concluding) return;
      for (const hand of hands) if (hand.idle) handOut(hand);
      if (!lanes.every((l) => l.done || (interrupted && !l.begun))) return;
      if (!conclude || lanes.some(({ error }) => error)) return finish();
      const free = hands.find(({ idle }) => idle);
      if (free) {
        concluding = true;
        for (const hand of hands) if (hand !== free) hand.channel.end();
        ask(free, { conclude: lanes.map(({ found }) => found) });
      } else hands.forEach(stop);
    };

    const told = (at: number, total: number): void => {
      const now = hands.reduce((s, { doing, progress }) => s + (doing?.lane === at ? progress : 0), 0);
      onProgress?.(at, finished[at] + now, total);
    };

    const heard = (hand: Hand, reply: Reply): void => {
      if (over) return;
      if ("lanes" in reply) {
        if (!lanes) {
          if (interrupted) return finish();
          lanes = reply.lanes.map((pieces, l) => lane(pieces, (left: B, right: B) => join(left, right, l)));
          finished.push(...lanes.map(() => 0));
          order = options.order ?? lanes.map((_, l) => l);
          growing = setTimeout(grow, ALONE);
        }
        hand.idle = true;
      } else if ("answer" in reply) return end({ answer: reply.answer as A });
      else if (!("lane" in reply)) return failed(errorOf(reply.error));
      else if ("part" in reply) return onPart?.(reply.lane, reply.part as P);
      else if ("error" in reply || "block" in reply) {
        const at = lanes![reply.lane];
        const { since } = hand.doing!;
        hand.doing = null;
        hand.idle = true;
        if ("error" in reply) {
          at.fail(reply.from, errorOf(reply.error));
        } else {
          at.take(reply.block as B, performance.now() - since);
          const [done, total] = reply.progress;
          finished[reply.lane] += done;
          if (total > 0) told(reply.lane, total);
        }
        if (at.error && onError?.(reply.lane, at.error)) return failed(at.error);
        // What is computed past the end of a lane does not count.
        for (const other of hands)
          if (other.doing?.lane === reply.lane && at.past(other.doing.from)) stop(other);
      } else {
        const [done, total] = reply.progress;
        hand.progress = done;
        return told(reply.lane, total);
      }
      go();
    };

    const start = (): void => {
      const channel = open();
      const shared = typeof SharedArrayBuffer === "undefined" ? null : new SharedArrayBuffer(4);
      const flag = shared && new Int32Array(shared);
      const hand: Hand = { channel, flag, idle: false, doing: null, progress: 0 };
      hands.push(hand);
      channel.listen((message) => heard(hand, message as Reply), failed);
      ask(hand, { input, stop: shared });
    };

    const grow = (): void => {
      const waiting = lanes!.reduce((s, l) => s + l.waiting, 0);
      if (over || interrupted || concluding) return;
      for (const most = Math.min(workers, hands.length + waiting); hands.length < most;) start();
    };

    start();
    release = hold?.(() => {
      interrupted = true;
      if (onInterrupt === "parts") return finish();
      hands.forEach(stop);
      go();
    });
    if (over) release?.();
  });
}
