import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import type { Channel } from "../../src/experiments/pool/messages.js";
import { runPool, type PoolOptions } from "../../src/experiments/pool/pool.js";
import { serve, type Work } from "../../src/experiments/pool/serve.js";
import { blockNumbers, planRun, runBlock, runNumbers } from "../../src/experiments/run.js";
import { joinRunBlocks, mergeBlocks, type RunBlock } from "../../src/experiments/run-block.js";
import type { Block } from "../../src/studies/blocks.js";

/** A thread that is none: the other side answers in this one, after a time that `delay` gives. */
function channel<B extends Block, P>(
  plan: (input: unknown, stopping: () => boolean) => Work<B, P>,
  delay: () => number,
): Channel {
  let ended = false;
  let [toHere, toThere]: ((message: unknown) => void)[] = [];
  serve(
    {
      post: (message) => void setTimeout(() => !ended && toHere(message), delay()),
      end: () => undefined,
      listen: (heard) => (toThere = heard),
    },
    plan,
  );
  return {
    post: (message) => void setTimeout(() => !ended && toThere(message), 0),
    end: () => (ended = true),
    listen: (heard) => (toHere = heard),
  };
}

interface Numbers extends Block {
  readonly found: readonly number[];
}

const join = (left: Numbers, right: Numbers): Numbers => ({
  ...right,
  from: left.from,
  found: [...left.found, ...right.found],
});

interface Given {
  readonly lanes: readonly number[];
  /** What a piece does, before it is found. */
  readonly trouble?: (lane: number, piece: number) => "stop" | undefined;
  readonly conclude?: boolean;
}

/** Work whose pieces are their own numbers. */
const work = ({ lanes, trouble, conclude }: Given): Work<Numbers, string> => ({
  lanes,
  block(lane, from, to, { onProgress, onPart, stopping }) {
    const found: number[] = [];
    for (let piece = from; piece < to; piece++) {
      if (stopping() || trouble?.(lane, piece) === "stop") return { from, to: piece, ended: true, found };
      found.push(piece);
      onPart(`${lane}.${piece}`);
      onProgress(found.length, lanes[lane]);
    }
    return { from, to, found };
  },
  ...(conclude && { conclude: (found) => found.map((block) => block?.found.length ?? null) }),
});

const pool = (
  given: Given,
  workers: number,
  options: Partial<PoolOptions<Numbers, string>> = {},
  wait = 0,
) => {
  let opened = 0;
  return runPool<Numbers, (number | null)[], string>({
    open: () =>
      channel(
        () => work(given),
        (
          (own) => () =>
            (own * wait) % 7
        )(++opened),
      ),
    input: null,
    workers,
    join,
    conclude: given.conclude,
    ...options,
  });
};

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("a pool", () => {
  it.each([1, 2, 3, 7])("finds every piece of every lane, in order, on up to %i threads", async (workers) => {
    const parts = new Set<string>();
    const onPart = (_: number, part: string): void => void parts.add(part);
    const given = { lanes: [300, 0, 1, 40], conclude: true };
    const { lanes, answer, ...rest } = (await pool(given, workers, { onPart }, 3))!;
    expect(rest).toEqual({});
    expect(lanes.map(({ found }) => found?.found ?? [])).toEqual(given.lanes.map(upTo));
    expect(answer).toEqual([300, null, 1, 40]);
    expect(parts.size).toBe(341);
  });

  it("counts progress over threads, up to the whole", async () => {
    const seen: number[] = [];
    await pool({ lanes: [500] }, 3, { onProgress: (_, done, total) => seen.push(done / total) }, 2);
    expect(seen.at(-1)).toBe(1);
    expect(seen.every((v, i) => i === 0 || v >= seen[i - 1])).toBe(true);
  });

  it("ends a lane with the first piece that cannot be finished, whatever comes after it, and no other lane", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(99), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (failing, workers) => {
          const trouble: Given["trouble"] = (lane, piece) =>
            lane === 0 && failing.includes(piece) ? "stop" : undefined;
          const { lanes } = (await pool({ lanes: [100, 30], trouble }, workers, {}, 5))!;
          expect(lanes[0].found).toEqual({
            from: 0,
            to: Math.min(...failing),
            ended: true,
            found: upTo(Math.min(...failing)),
          });
          expect(lanes[1].found!.found).toEqual(upTo(30));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("hands an error on by its name, unless the lane ends before it", async () => {
    const trouble =
      (stop: number): Given["trouble"] =>
      (_, piece) => {
        if (piece === 20) throw Object.assign(new Error("no such thing"), { name: "ConfigError" });
        return piece === stop ? "stop" : undefined;
      };
    for (const workers of [1, 3]) {
      const given = { lanes: [50], trouble: trouble(-1) };
      const lost = (await pool(given, workers, {}, 3))!;
      expect(lost.failure).toBeUndefined();
      expect(lost.lanes[0].error).toMatchObject({ name: "ConfigError", message: "no such thing" });
      const { failure } = (await pool(given, workers, { onError: () => true }, 3))!;
      expect(failure).toMatchObject({ name: "ConfigError", message: "no such thing" });
      const before = (await pool(
        { lanes: [50], trouble: trouble(11) },
        workers,
        { onError: () => true },
        3,
      ))!;
      expect(before).toEqual({
        lanes: [{ found: { from: 0, to: 11, ended: true, found: upTo(11) }, error: null }],
      });
    }
  });

  it("fails as its plan and its conclusion fail", async () => {
    const failing = (plan: () => Work<Numbers>) =>
      runPool<Numbers>({
        open: () => channel(plan, () => 0),
        input: null,
        workers: 2,
        join,
        conclude: true,
      });
    const thrown = (): never => {
      throw new RangeError("not so");
    };
    expect((await failing(thrown))!.failure).toMatchObject({ name: "RangeError", message: "not so" });
    const late = (await failing(() => ({ ...work({ lanes: [3] }), conclude: thrown })))!;
    expect(late.failure).toMatchObject({ name: "RangeError", message: "not so" });
    expect(late.lanes[0].found!.found).toEqual([0, 1, 2]);
  });

  it.each([1, 2, 3])(
    "on the user's end keeps a prefix of every lane that was begun, on %i threads",
    async (workers) => {
      for (const onInterrupt of ["answer", "parts"] as const) {
        let stop = (): void => undefined;
        let seen = 0;
        const found = (await pool({ lanes: [4000, 4000] }, workers, {
          onInterrupt,
          hold: (end) => ((stop = end), () => undefined),
          onPart: () => ++seen === 700 && stop(),
        }))!;
        expect(found.interrupted).toBe(true);
        const [first, second] = found.lanes.map((lane) => lane.found);
        expect(first!.to).toBeLessThan(4000);
        expect(first!.found).toEqual(upTo(first!.to));
        expect(first!.ended === true).toBe(onInterrupt === "answer");
        expect(second).toBeNull();
      }
    },
  );

  it("of which the end is asked for before it begins has nothing", async () => {
    const found = await pool({ lanes: [9] }, 2, { hold: (stop) => (stop(), () => undefined) });
    expect(found).toBeNull();
  });
});

describe("a run in blocks", () => {
  const config = (model: object, paths: number, more: object = {}) =>
    parseConfig({
      model: { name: "affine", dimension: 1, ...model },
      initial: { kind: "points", points: [[1], [2]] },
      solver: { kind: "particles", horizon: 1, steps: 8 },
      ensemble: { paths, seed: "some" },
      observe: ["coordinate:0", "second-moment"],
      ...more,
    });
  const plain = config({ noise: [{ matrix: [[1]] }] }, 60);
  /** exp(W): the step of one path in a few is too large. */
  const sometimes = config({ noise: [{ matrix: [[1.2e39]] }] }, 60);
  /** Densities some of which leave their degree: what is said of all paths is said of all blocks. */
  const losing = parseConfig({
    model: { name: "spherical-brownian", dimension: 3 },
    initial: { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
    solver: { kind: "density", lmax: 10, horizon: 0.2, steps: 16 },
    ensemble: { paths: 10, seed: "w" },
    observe: ["moment:1,0"],
  });

  it.each([
    ["that is finished", plain],
    ["that stops", sometimes],
    ["of densities that are not resolved", losing],
  ])("%s has the same bits however its paths are cut", (name, run) => {
    const whole = runNumbers(run);
    expect(whole.stopped !== undefined).toBe(name === "that stops");
    if (run === losing) expect(whole.diagnostics.unresolvedPaths).toBeGreaterThan(1);
    const { paths } = run.ensemble;
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: paths - 1 }), { maxLength: 5 }), (cuts) => {
        const planned = planRun(run);
        const edges = [0, ...cuts.sort((a, b) => a - b), paths];
        const blocks = edges.slice(0, -1).map((from, i) => planned(from, edges[i + 1]));
        expect(blockNumbers(run, mergeBlocks(blocks.reverse()))).toEqual(whole);
      }),
      { numRuns: run === losing ? 3 : 12 },
    );
  });

  it.each([1, 2, 3])("has them on %i threads", async (workers) => {
    const pooled = (await runPool<RunBlock>({
      open: () =>
        channel(
          () => {
            const run = planRun(plain);
            return { lanes: [60], block: (_, from, to, hooks) => run(from, to, hooks) };
          },
          () => workers,
        ),
      input: null,
      workers,
      join: joinRunBlocks,
    }))!;
    expect(blockNumbers(plain, pooled.lanes[0].found!)).toEqual(runNumbers(plain));
  });

  it("refuses paths that there are not, and blocks with a gap or an overlap", () => {
    for (const [from, to] of [
      [0, 61],
      [-1, 3],
      [5, 5],
      [0.5, 2],
    ])
      expect(() => runBlock(plain, from, to)).toThrow(/^run: paths from .* want some of the 60 there are$/);
    const blocks = [runBlock(plain, 0, 3), runBlock(plain, 4, 6), runBlock(plain, 2, 4)];
    expect(() => mergeBlocks(blocks.slice(0, 2))).toThrow(
      /from 4 on after those below 3, want them without gap/,
    );
    expect(() => mergeBlocks([blocks[0], blocks[2]])).toThrow(/from 2 on after those below 3/);
    expect(() => mergeBlocks([])).toThrow("mergeBlocks: no blocks, want at least one");
  });
});
