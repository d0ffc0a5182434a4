import { describe, expect, it } from "vitest";
import { interleave, ratio, scaled, spread } from "../../bench/measure.js";

/** A side whose repeats take what its clock says, and the order in which sides were asked. */
const sideOf = (name: string, seconds: (turn: number) => number, asked: string[]) => {
  let turn = 0;
  return {
    run: (repeats: number) => {
      asked.push(`${name}:${repeats}`);
      return Promise.resolve(repeats * seconds(turn++));
    },
  };
};

describe("a measurement", () => {
  it("takes quantiles between order statistics", () => {
    expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
    expect(spread([7])).toEqual({ median: 7, low: 7, high: 7 });
    expect(scaled(spread([1, 2, 3]), 10)).toEqual({ median: 20, low: 15, high: 25 });
  });

  it("takes ratios round by round, so that what slows a round down does not count", () => {
    const theirs = [1, 10, 2, 5, 1];
    expect(
      ratio(
        theirs.map((t) => 3 * t),
        theirs,
      ),
    ).toEqual({ median: 3, low: 3, high: 3 });
  });

  it("repeats each side until a turn is long enough, and takes turns in alternating order", async () => {
    const asked: string[] = [];
    const sides = {
      quick: sideOf("quick", () => 0.125, asked),
      slow: sideOf("slow", () => 2, asked),
    };
    const rounds = await interleave(sides, { rounds: 3, turn: 1 });
    expect(rounds).toEqual({ quick: [0.125, 0.125, 0.125], slow: [2, 2, 2] });
    expect(asked.slice(0, 5)).toEqual(["quick:1", "quick:2", "quick:4", "quick:8", "slow:1"]);
    expect(asked.slice(5)).toEqual(["quick:8", "slow:1", "slow:1", "quick:8", "quick:8", "slow:1"]);
  });
});
