import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.js";
import { BLOCK, legendreTable } from "../../src/spectral/kernels/legendre.js";
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
  const table = legendreTable(degree, gauss.nodes.slice(0, 128), gauss.tails.slice(0, 128));
  const entry = (l: number, m: number, j: number): number =>
    table.values[table.start[m] + (Math.floor(j / BLOCK) * (degree - m + 1) + l - m) * BLOCK + (j % BLOCK)];

  it("is rounded once (values computed with mpmath at 50 digits)", () => {
    for (const [l, m, j, value] of golden.legendre)
      expect(Math.abs(entry(l, m, j) - value)).toBeLessThanOrEqual(Number.EPSILON * Math.abs(value) + 1e-60);
  });

  it("holds no NaN and obeys the addition theorem at every node, poles included", () => {
    for (let j = 0; j < 128; j++) {
      for (const l of [1, 30, 255]) {
        // Y_lm^2 + Y_{l,-m}^2 = P_lm^2 and sum_m Y_lm^2 = (2l+1)/(4 pi)
        let sum = 0;
        for (let m = 0; m <= l; m++) sum += entry(l, m, j) ** 2;
        expect(Math.abs((sum * 4 * Math.PI) / (2 * l + 1) - 1)).toBeLessThan(1e-14);
      }
    }
  });
});
