import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { bootstrap } from "../../src/studies/bootstrap.js";

describe("expanded percentile intervals (Hesterberg 2015)", () => {
  /* Phi(-t sqrt(p / (p - 1))), t the 0.975 quantile of Student's law with p - 1 degrees: 2.200985 for p = 12, 2.045230 for 30. */
  it.each([
    [12, 1.07566149e-2],
    [30, 1.875390028e-2],
  ])("leave the share of Student's tail outside at either end, for %i paths", (paths, tail) => {
    const numbers = new Float64Array(paths);
    stream("bootstrap", "numbers").normals(0, 0, numbers);
    const seen: number[] = [];
    const replicates = 100_000;
    const [[low, high]] = bootstrap({
      paths,
      size: 1,
      stream: stream("bootstrap", "draws"),
      replicates,
      statistic(counts, out) {
        out[0] = counts.reduce((sum, count, p) => sum + count * numbers[p], 0) / paths;
        seen.push(out[0]);
      },
    });
    // The ends are quantiles of these very replicates: few of them have the same mean.
    const share = (outside: (v: number) => boolean): number => seen.filter(outside).length / replicates;
    expect(Math.abs(share((v) => v < low) - tail)).toBeLessThan(2e-4);
    expect(Math.abs(share((v) => v > high) - tail)).toBeLessThan(2e-4);
  });
});
