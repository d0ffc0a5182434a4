import { describe, expect, it } from "vitest";
import { OF_OVERLAP } from "../../src/exact/two-token-mean.js";
import { pairAt } from "../../src/exact/overlap/token-pair.js";
import { parseObservable } from "../../src/observables/parse-observable.js";

describe("observables of two tokens as functions of their overlap", () => {
  it.each(Object.keys(OF_OVERLAP))("%s is the observable of that name", (name) => {
    const observable = parseObservable(name, 3);
    for (const R of [-1, -0.6, 0, 0.3, 1])
      expect(OF_OVERLAP[name](R)).toBeCloseTo(observable(pairAt(3, R)), 14);
  });
});
