import { describe, expect, it } from "vitest";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { pairAt, pairOverlap } from "../../../src/exact/overlap/token-pair.js";
import { gaussianHeads } from "../../../src/models/heads/gaussian-heads.js";
import { alongLayers } from "../../../src/paper/claims/along-layers.js";

const chain = () =>
  transformer({
    heads: gaussianHeads({ dimension: 3, sigmaV: 0.5, sigmaA: 0.5, seed: "along" }),
    headsPerLayer: 1,
    eta: 0.3,
    beta: 1,
    initial: pairAt(3, 0.2),
  });

describe("a transformer followed layer by layer", () => {
  it("is recorded at the start and every so many layers, each path on its own weights", () => {
    let layers = 0;
    const records = { layers: 7, every: 3, observe: pairOverlap, onLayer: () => layers++ };
    const evolution = chain();
    const first = alongLayers(evolution, 4, records);
    expect(layers).toBe(7);
    expect(first).toHaveLength(3);
    expect(first[0]).toBeCloseTo(0.2, 15);
    expect(alongLayers(evolution, 5, records)).not.toEqual(first);
    expect(alongLayers(evolution, 4, records)).toEqual(first);
    const other = chain();
    other.reset(4);
    for (let step = 0; step < 6; step++) other.advance(noiseless(4, step));
    expect(pairOverlap(other.law)).toBe(first[2]);
  });
});
