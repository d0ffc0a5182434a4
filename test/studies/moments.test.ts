import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockSize, gatherBlocks, type Block } from "../../src/studies/blocks.js";
import { joinMoments, momentsOf, runningMoments, totalOf, type Moments } from "../../src/studies/moments.js";

/** Paths of two numbers each, whose cut into blocks begins at the given places. */
const cutPaths = fc
  .array(
    fc.tuple(fc.double({ min: -1e3, max: 1e9, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 70,
    },
  )
  .chain((paths) =>
    fc.record({
      paths: fc.constant(paths),
      cuts: fc.uniqueArray(fc.nat(paths.length - 1), { maxLength: 12 }),
      seed: fc.array(fc.nat(), { minLength: 14, maxLength: 14 }),
    }),
  );

interface Piece extends Block {
  readonly moments: Moments;
}

/** The blocks of a cut, in an order that the numbers decide. */
function blocksOf<B>(
  count: number,
  cuts: readonly number[],
  seed: readonly number[],
  block: (from: number, to: number) => B,
): B[] {
  const edges = [...new Set([0, ...cuts, count])].sort((a, b) => a - b);
  return edges
    .slice(0, -1)
    .map((from, i) => ({ key: seed[i], block: block(from, edges[i + 1]) }))
    .sort((a, b) => a.key - b.key)
    .map(({ block }) => block);
}

const joined = (left: Piece, right: Piece): Piece => ({
  ...right,
  from: left.from,
  moments: joinMoments(left.moments, right.moments),
});

const blockOf =
  (paths: readonly (readonly number[])[]) =>
  (from: number, to: number): Piece => {
    const running = runningMoments(from);
    for (const path of paths.slice(from, to)) running.add(path);
    return { from, to, moments: running.moments() };
  };

function whole(paths: readonly (readonly number[])[]) {
  const running = runningMoments();
  for (const path of paths) running.add(path);
  return totalOf(running.moments())!;
}

/** Mean and summed squared deviations of whole numbers, by whole numbers. */
function exactly(values: readonly number[]): { mean: number; squares: number } {
  const n = BigInt(values.length);
  const sum = values.reduce((s, v) => s + BigInt(v), 0n);
  const squares = values.reduce((s, v) => s + BigInt(v) ** 2n, 0n);
  return { mean: Number(sum) / values.length, squares: Number(n * squares - sum * sum) / values.length };
}

describe("moments of paths", () => {
  it("have the same bits for every cut into blocks and every order in which they come", () => {
    fc.assert(
      fc.property(cutPaths, ({ paths, cuts, seed }) => {
        const gathered = gatherBlocks<Piece>(joined);
        const blocks = blocksOf(paths.length, cuts, seed, blockOf(paths));
        for (const block of blocks) gathered.take(block);
        expect(gathered.prefix).toMatchObject({ from: 0, to: paths.length });
        expect(totalOf(gathered.prefix!.moments)).toEqual(whole(paths));
      }),
    );
  });

  it("would not have them, were blocks joined as they come", () => {
    const paths = Array.from({ length: 40 }, (_, i) => [Math.sin(1e3 * i) / 3]);
    const edges = [0, 7, 19, 31, 40];
    const orders = [
      [0, 1, 2, 3],
      [3, 1, 0, 2],
      [2, 3, 1, 0],
    ];
    const asTheyCome = orders.map((order) => {
      const running = runningMoments();
      for (const i of order) for (const path of paths.slice(edges[i], edges[i + 1])) running.add(path);
      return totalOf(running.moments())!.squares[0];
    });
    expect(new Set(asTheyCome).size).toBeGreaterThan(1);
    const inTheTree = orders.map((order) => {
      const gathered = gatherBlocks<Piece>(joined);
      for (const i of order) gathered.take(blockOf(paths)(edges[i], edges[i + 1]));
      return totalOf(gathered.prefix!.moments)!.squares[0];
    });
    expect(new Set(inTheTree).size).toBe(1);
  });

  it("are those of whole numbers, to rounding", () => {
    const numbers = fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 44 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(numbers, (values) => {
        const { count, mean, squares } = whole(values.map((v) => [v]));
        expect(count).toBe(values.length);
        const want = exactly(values);
        const size = Math.max(...values.map(Math.abs));
        // At most seven levels of the tree, a few roundings each; a mean that is off by e adds 2 e sqrt(n squares) + n e^2.
        const rounding = 32 * 2 ** -53;
        const off = rounding * size;
        expect(Math.abs(mean[0] - want.mean)).toBeLessThanOrEqual(off);
        expect(Math.abs(squares[0] - want.squares)).toBeLessThanOrEqual(
          rounding * want.squares + 2 * off * Math.sqrt(count * want.squares) + count * off * off,
        );
      }),
    );
  });

  it("of equal numbers have no spread at all, and keep the number", () => {
    const { mean, squares } = whole(Array.from({ length: 37 }, () => [0.1]));
    expect([mean[0], squares[0]]).toEqual([0.1, 0]);
  });

  it("hold as many nodes as the number of paths has binary ones, and joins only neighbours", () => {
    const running = runningMoments();
    for (let path = 0; path < 0b1011001; path++) running.add([path]);
    expect(running.moments().nodes.map(({ count }) => count)).toEqual([64, 16, 8, 1]);
    expect(() => joinMoments(running.moments(), momentsOf(90, [1]))).toThrow(
      "moments: paths up to 89 and from 90 on, want neighbours",
    );
  });
});

describe("blocks", () => {
  it("are nodes of the tree, and never more than is wanted", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 5000 }), (from, wanted) => {
        const size = blockSize(from, wanted);
        expect(Number.isInteger(Math.log2(size))).toBe(true);
        expect(from % size).toBe(0);
        expect(size).toBeLessThanOrEqual(wanted);
        expect(2 * size > wanted || from % (2 * size) !== 0).toBe(true);
      }),
    );
  });

  it("after one that ended do not count, whenever they come", () => {
    fc.assert(
      fc.property(cutPaths, fc.nat(69), ({ paths, cuts, seed }, at) => {
        const failing = at % paths.length;
        const gathered = gatherBlocks<Block & { readonly seen: readonly number[] }>((left, right) => ({
          ...right,
          from: left.from,
          seen: [...left.seen, ...right.seen],
        }));
        const blocks = blocksOf(paths.length, cuts, seed, (from, to) => {
          const end = from <= failing && failing < to ? failing : to;
          const seen = Array.from({ length: end - from }, (_, i) => from + i);
          return { from, to: end, seen, ...(end < to && { ended: true }) };
        });
        for (const block of blocks) gathered.take(block);
        expect(gathered.prefix).toEqual({
          from: 0,
          to: failing,
          ended: true,
          seen: Array.from({ length: failing }, (_, i) => i),
        });
      }),
    );
  });

  it("wait for the first one", () => {
    const gathered = gatherBlocks<Block>((left, right) => ({ ...right, from: left.from }));
    gathered.take({ from: 4, to: 8 });
    expect(gathered.prefix).toBeNull();
    gathered.take({ from: 0, to: 2 });
    expect(gathered.prefix).toEqual({ from: 0, to: 2 });
    gathered.take({ from: 2, to: 4 });
    expect(gathered.prefix).toEqual({ from: 0, to: 8 });
  });
});
