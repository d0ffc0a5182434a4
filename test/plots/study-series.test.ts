import { describe, expect, it } from "vitest";
import { convergencePlot, workPrecisionPlot } from "../../src/plots/convergence-plot.js";
import { studySeries, type ErrorStudy } from "../../src/plots/study-series.js";
import { stream } from "../../src/noise/stream.js";
import { studyAgreement } from "../../src/studies/agreement.js";
import { studyPropagationOfChaos } from "../../src/studies/propagation-of-chaos.js";
import { studyStrong } from "../../src/studies/strong.js";
import { studyWeak } from "../../src/studies/weak.js";
import { checkWellFormed } from "./well-formed.js";

const draws = stream("plots", "studies");
const normal = (path: number, level: number): number => {
  const out = new Float64Array(1);
  draws.normals(path, level, out);
  return out[0];
};
const levels = [8, 16, 32, 64];
const exact = { kind: "exact", solve: () => [0] } as const;
const strong = studyStrong({
  scheme: "milstein",
  levels,
  paths: 100,
  reference: exact,
  work: (steps) => 3 * steps,
  solve: (steps, path) => [normal(path, steps) / steps],
});
const weak = studyWeak({
  observables: ["overlap", "variance"],
  levels,
  paths: 500,
  reference: { kind: "exact", values: [0, 0] },
  // The second observable drowns in noise at the finest levels.
  solve: (steps, path) => [-1 / steps + 0.01 * normal(path, 1), 1 / steps + 0.5 * normal(path, 2)],
});
const chaos = studyPropagationOfChaos({
  levels,
  paths: 50,
  distance: (n, path) => normal(path, n) ** 2 / n,
});
const agreement = studyAgreement({
  observables: ["a"],
  levels,
  paths: 50,
  difference: (n, path) => [normal(path, n) / Math.sqrt(n)],
});

const texts = (svg: string): string => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, t]) => t).join(" ");
const slope = ({ fit }: { fit: { slope: number } | null }): string =>
  `slope ${fit!.slope.toFixed(2).replace("-", "−")}`;
const bars = (svg: string): number =>
  [...svg.matchAll(/<path d="(M[^"]*H[^"]*)" fill="none"/g)]
    .map(([, d]) => d.split("V").length - 1)
    .reduce((a, b) => a + b, 0);
/** Open markers in the row for zeros, and labels of that row. */
const zeros = (svg: string): { markers: number; labels: number } => ({
  markers: [...svg.matchAll(/transform="translate\([^"]*" fill="#fff" stroke=/g)].length,
  labels: [...svg.matchAll(/<text[^>]*>0</g)].length,
});
const markers = (svg: string): number => [...svg.matchAll(/transform="translate\(/g)].length;

describe("results of studies in a convergence plot", () => {
  it("go in as they are: intervals as bars, the fit in the legend, step size and reference slopes", () => {
    for (const svg of [convergencePlot(strong), convergencePlot({ series: [strong] })]) {
      checkWellFormed(svg);
      const said = texts(svg);
      for (const text of [
        "milstein",
        slope(strong),
        `[${strong.fit!.interval.map((v) => v.toFixed(2)).join(", ")}]`,
        "step size h / T",
        "2⁻⁶",
        "root mean square error",
        "against the exact solution; 100 paths",
        "slope ½",
        "slope 1",
      ])
        expect(said).toContain(text);
      expect(bars(svg)).toBe(levels.length);
    }
  });

  it("are drawn where the numbers say", () => {
    const { counted } = studySeries(strong, "steps");
    expect(counted.x).toEqual(levels.map((n) => 1 / n));
    expect(counted.error).toEqual(strong.levels.map(({ error }) => error));
    expect([counted.low, counted.high]).toEqual(
      [0, 1].map((end) => strong.levels.map(({ interval }) => interval[end])),
    );
    expect(counted.fit).toBe(strong.fit);
  });

  it("of several observables share the plot; levels that noise covers stand apart", () => {
    const svg = convergencePlot(weak);
    checkWellFormed(svg);
    for (const text of ["overlap", "variance, within the noise", slope(weak[0]), "bias of the mean"])
      expect(texts(svg)).toContain(text);
    const [overlap, variance] = weak.map((one) => studySeries(one, "steps"));
    expect(overlap.covered.x).toEqual([]);
    expect(variance.covered.x).toEqual(weak[1].dropped.map((steps) => 1 / steps));
    expect(weak[1].dropped.length).toBeGreaterThan(0);
    // The bias is negative; its absolute value is drawn, and the interval around that.
    weak[0].levels.forEach(({ interval, error }, i) => {
      expect([overlap.counted.low![i], overlap.counted.high![i]]).toEqual([-interval[1], -interval[0]]);
      expect(overlap.counted.low![i]).toBeLessThan(error);
      expect(overlap.counted.high![i]).toBeGreaterThan(error);
    });
  });

  it("against tokens have falling references", () => {
    for (const svg of [convergencePlot(chaos), convergencePlot(agreement)]) {
      checkWellFormed(svg);
      for (const text of ["number of tokens n", "slope −½", "slope −1", "50 paths"])
        expect(texts(svg)).toContain(text);
    }
    expect(texts(convergencePlot(chaos))).toContain(slope(chaos));
    expect(() => convergencePlot({ series: [chaos, strong] })).toThrow("draw them apart");
  });

  it("mark levels without any error below the axis, and say so", () => {
    const without = studyStrong({
      levels,
      paths: 20,
      reference: exact,
      solve: (steps, path) => [steps === 16 ? 0 : normal(path, steps) / steps],
    });
    const svg = convergencePlot(without);
    checkWellFormed(svg);
    expect(texts(svg)).toContain("no error at 16 steps");
    expect(bars(svg)).toBe(3);
    expect(zeros(svg)).toEqual({ markers: 1, labels: 1 });
    expect(markers(svg)).toBe(levels.length + 1);
    expect(zeros(convergencePlot(strong))).toEqual({ markers: 0, labels: 0 });
    // Below every other marker, and inside the frame.
    const heights = [...svg.matchAll(/translate\([\d.]+ ([\d.]+)\)"([^>]*)/g)].map(([, y, rest]) => ({
      y: Number(y),
      zero: rest.includes('stroke="#0072B2"'),
    }));
    const zero = heights.find((one) => one.zero)!;
    for (const other of heights.filter((one) => !one.zero)) expect(zero.y).toBeGreaterThan(other.y + 5);
    const [, top, height] = /<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="none"/.exec(
      svg,
    )!;
    expect(zero.y).toBeLessThan(Number(top) + Number(height) - 5);
  });

  it("of which none has any error still have a plot: the levels and zeros", () => {
    const never = (paths: number) =>
      studyStrong({ levels, paths, reference: exact, work: (steps) => steps, solve: () => [0] });
    for (const svg of [convergencePlot(never(20)), workPrecisionPlot(never(20))]) {
      checkWellFormed(svg);
      expect(zeros(svg)).toEqual({ markers: levels.length, labels: 1 });
      expect(texts(svg)).toContain("no error at 8, 16, 32, 64 steps");
      expect(texts(svg)).not.toMatch(/slope|NaN/);
    }
    expect(texts(convergencePlot(never(20)))).toContain("2⁻⁶");
    const both = convergencePlot([strong, { ...never(20), label: "exact scheme" }]);
    checkWellFormed(both);
    expect(zeros(both)).toEqual({ markers: levels.length, labels: 1 });
    expect(bars(both)).toBe(levels.length);
  });

  it("of a weak study without bias do the same", () => {
    const [x, still] = studyWeak({
      observables: ["x", "still"],
      levels,
      paths: 200,
      reference: { kind: "exact", values: [0, 1] },
      solve: (steps, path) => [1 / steps + 0.01 * normal(path, 1), 1],
    });
    const svg = convergencePlot([x, still]);
    checkWellFormed(svg);
    expect(zeros(svg)).toEqual({ markers: levels.length, labels: 1 });
    expect(texts(svg)).not.toContain("within the noise");
  });

  it("draw an interval that reaches zero to the edge, without a cap", () => {
    const reaching: ErrorStudy = {
      levels: [
        { steps: 8, error: 0.1, bias: 0.1, interval: [-0.1, 0.3], resolved: false },
        { steps: 16, error: 0.05, bias: 0.05, interval: [0.01, 0.09] },
        { steps: 32, error: 0, interval: [-Infinity, Infinity] },
      ],
      fit: null,
    };
    const svg = convergencePlot(reaching);
    checkWellFormed(svg);
    const [, top, height] = /<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="none"/.exec(
      svg,
    )!;
    const [open] = [...svg.matchAll(/<path d="(M[^"]*)" fill="none"[^>]*stroke-width="1.2"/g)]
      .map(([, d]) => d)
      .filter((d) => /V[\d.]+$/.test(d));
    expect(Number(/V([\d.]+)$/.exec(open)![1])).toBeGreaterThanOrEqual(Number(top) + Number(height));
  });

  it("with no path finished are an empty plot that says so", () => {
    const empty: ErrorStudy = { label: "blown up", levels: [], fit: null, paths: 0 };
    for (const svg of [convergencePlot(empty), workPrecisionPlot(empty)]) {
      checkWellFormed(svg);
      expect(texts(svg)).toContain("blown up: no level was finished");
    }
    expect(markers(convergencePlot([empty, strong]))).toBe(levels.length + 1);
  });

  it("whose error is rounding stand apart from the fit", () => {
    const rounded = studyStrong({
      levels,
      paths: 20,
      reference: { kind: "exact", solve: () => [1] },
      solve: (steps, path) => [1 + (steps === 64 ? 2e-16 : normal(path, steps) / steps)],
    });
    const { counted, covered } = studySeries(rounded, "steps");
    expect(counted.x).toEqual([1 / 8, 1 / 16, 1 / 32]);
    expect(covered.x).toEqual([1 / 64]);
    checkWellFormed(convergencePlot(rounded));
  });

  it("draw no bar where an interval has no end", () => {
    const open = {
      ...strong,
      levels: strong.levels.map((level, i) =>
        i === 1 ? { ...level, interval: [level.interval[0], Infinity] as const } : level,
      ),
    };
    const svg = convergencePlot(open);
    checkWellFormed(svg);
    expect(bars(svg)).toBe(levels.length - 1);
    // The marker of that level is there all the same, and one more in the legend.
    expect(markers(svg)).toBe(levels.length + 1);
  });

  it("with a single level have a marker and nothing to compare it with", () => {
    const one: ErrorStudy = { levels: [{ steps: 8, error: 0.1, interval: [0.05, 0.2] }], fit: null };
    expect(texts(convergencePlot(one))).not.toContain("slope");
  });

  it("keep apart in the legend when they share a name", () => {
    expect(texts(convergencePlot([strong, strong]))).toContain("milstein (2)");
    expect(texts(convergencePlot([strong, { ...strong, label: "coarse" }]))).toContain("coarse");
  });

  it("go against their work", () => {
    const svg = workPrecisionPlot(strong);
    checkWellFormed(svg);
    expect(studySeries(strong, "work").counted.x).toEqual(levels.map((n) => 3 * n));
    expect(texts(svg)).toContain("random numbers drawn");
    expect(() => workPrecisionPlot(chaos)).toThrow("has no work");
  });
});
