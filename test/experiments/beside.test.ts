import { describe, expect, it } from "vitest";
import { beside } from "../../src/experiments/study/beside.js";
import { silent } from "../../src/noise/silent.js";
import { measure } from "../../src/sphere/measure.js";
import type { Evolution } from "../../src/types.js";
import { simulate, Stopped } from "../../solvers/simulate.js";

/** One point that moves by `by` a step, and stops at step `end`. */
function mover(by: number, end = Infinity, interrupted = false): Evolution & { readonly steps: number[] } {
  const law = measure([[0]]);
  const steps: number[] = [];
  return {
    law,
    steps,
    reset() {
      law.points[0] = 0;
      steps.length = 0;
    },
    advance({ step }) {
      if (step >= end) throw new Stopped(`stops at ${step}`, interrupted ? { interrupted: true } : {});
      steps.push(step);
      law.points[0] += by;
    },
    diagnostics: () => ({ by }),
  };
}

const noise = silent({ horizon: 1, steps: 8, path: 0 });

describe("evolutions beside each other", () => {
  it("take every step together, the leader first", () => {
    const [leader, a, b] = [mover(1), mover(2), mover(3)];
    const seen: number[][] = [];
    const evolution = beside(leader, [a, b], () => expect.unreachable());
    const onStep = (): void => void seen.push([leader, a, b].map(({ law }) => law.points[0]));
    simulate({ evolution, noise, steps: 8, onStep });
    expect(seen).toEqual(Array.from({ length: 8 }, (_, i) => [i + 1, 2 * (i + 1), 3 * (i + 1)]));
    expect(evolution.law).toBe(leader.law);
    expect(evolution.diagnostics()).toEqual({ by: 1 });
  });

  it("leave one behind that cannot go on, until they start again", () => {
    const [leader, a, b] = [mover(1), mover(2, 3), mover(3)];
    const lost: number[] = [];
    const evolution = beside(leader, [a, b], (place) => lost.push(place));
    for (let again = 1; again <= 2; again++) {
      expect(simulate({ evolution, noise, steps: 8 })).not.toHaveProperty("stopped");
      expect([leader, a, b].map(({ steps }) => steps.length)).toEqual([8, 3, 8]);
      expect(lost).toEqual(Array.from({ length: again }, () => 0));
    }
  });

  it("end with their leader, and with an interrupt of any", () => {
    const ended = (evolution: Evolution) => simulate({ evolution, noise, steps: 8 }).stopped;
    expect(ended(beside(mover(1, 5), [mover(2)], () => undefined))).toEqual({
      time: 0.625,
      cause: "stops at 5",
    });
    expect(ended(beside(mover(1), [mover(2, 4, true)], () => undefined))).toMatchObject({
      interrupted: true,
    });
  });
});
