import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.js";
import { BLOCK, legendreSizes, legendreTable } from "../../src/spectral/kernels/legendre.js";
import golden from "./legendre.golden.json" with { type: "json" };

describe("gaussLegendre", () => {
  it("has correctly rounded nodes and weights (values computed with mpmath at 50 digits)", () => {
    for (const [n, j, node, tail, weight] of golden.nodes) {
      const gauss = gaussLegendre(n);
      expect(gauss.nodes[j]).toBe(node);
      // a table of degree 300 moves by 1e-22 then, far below its last bit
      expect(Math.abs(gauss.tails[j] - tail)).toBeLessThan(1e-27);
      expect(gauss.weights[j]).toBe(weight);
    }
  });

  it("is symmetric and integrates even powers", () => {
    for (const n of [1, 2, 7, 48]) {
      const { nodes, weights } = gaussLegendre(n);
      nodes.forEach((x, j) => expect(x + nodes[n - 1 - j]).toBe(0));
      for (let power = 0; power < 2 * n; power += 2) {
        const sum = weights.reduce((s, w, j) => s + w * nodes[j] ** power, 0);
        expect(Math.abs(sum - 2 / (power + 1))).toBeLessThan(8 * Number.EPSILON);
      }
    }
    expect(() => gaussLegendre(0)).toThrow(/positive integer/);
  });
});

describe("legendreTable", () => {
  const gauss = gaussLegendre(256);
  const degree = 255;
  const nodes = gauss.nodes.slice(0, 128);
  const sizes = legendreSizes(degree, 128);
  const table = legendreTable(degree, nodes, gauss.tails.slice(0, 128), {
    nodes: new Float64Array(sizes.nodes),
    epsilon: new Float64Array(sizes.epsilon),
    first: new Float64Array(sizes.first),
    values: new Float64Array(sizes.values),
  });
  const { blocks, first } = table;
  const rows = (m: number): number => Math.floor((degree - m) / 2) + 1;
  // where the rows of every block begin, had they all their rows
  const tiles: number[] = [];
  let at = 0;
  for (let m = 0; m <= degree; m++)
    for (let b = 0; b < blocks; b++) {
      tiles.push(at - BLOCK * first[m * blocks + b]);
      at += BLOCK * (rows(m) - first[m * blocks + b]);
    }
  const S = (k: number, m: number, j: number): number => {
    const block = m * blocks + Math.floor(j / BLOCK);
    return k < first[block] ? 0 : table.values[tiles[block] + BLOCK * k + (j % BLOCK)];
  };
  /** P_lm, and what is added up for it. */
  const entry = (l: number, m: number, j: number): { value: number; size: number } => {
    const k = Math.floor((l - m) / 2);
    if ((l - m) % 2 === 1) return { value: nodes[j] * S(k, m, j), size: Math.abs(nodes[j] * S(k, m, j)) };
    const one = table.epsilon[table.start[m] + l + 1 - m] * S(k, m, j);
    const other = k === 0 ? 0 : table.epsilon[table.start[m] + l - m] * S(k - 1, m, j);
    return { value: one + other, size: Math.abs(one) + Math.abs(other) };
  };

  it("is rounded once (values computed with mpmath at 50 digits), but for what is negligible", () => {
    for (const [l, m, j, value] of golden.legendre) {
      const { value: found, size } = entry(l, m, j);
      // S, the factor and their product are rounded each
      expect(Math.abs(found - value)).toBeLessThanOrEqual(1.5 * Number.EPSILON * size + 2e-20);
    }
  });

  it("keeps what is not negligible: of every block left out, all is below 1e-20", () => {
    let left = 0;
    for (const [l, m, j, value] of golden.legendre)
      if (Math.floor((l - m) / 2) < first[m * blocks + Math.floor(j / BLOCK)]) {
        expect(Math.abs(value)).toBeLessThan(2e-20);
        left++;
      }
    expect(left).toBeGreaterThan(0);
    expect(at).toBeLessThan(0.95 * table.values.length);
  });

  it("holds no NaN and obeys the addition theorem at every node, poles included", () => {
    for (let j = 0; j < 128; j++) {
      for (const l of [1, 30, 255]) {
        // Y_lm^2 + Y_{l,-m}^2 = P_lm^2 and sum_m Y_lm^2 = (2l+1)/(4 pi)
        let sum = 0;
        for (let m = 0; m <= l; m++) sum += entry(l, m, j).value ** 2;
        expect(Math.abs((sum * 4 * Math.PI) / (2 * l + 1) - 1)).toBeLessThan(1e-14);
      }
    }
  });
});
