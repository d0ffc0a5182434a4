import { describe, expect, it } from "vitest";
import { observablesPlot } from "../../src/plots/observables-plot.js";
import { spectrumPlot } from "../../src/plots/spectrum-plot.js";
import { checkWellFormed } from "./well-formed.js";

describe("spectrum plot", () => {
  const energy = [1, 0.1, 0, 1e-3, 1e-40];

  it("leaves out zeros and what lies below rounding, and keeps the rest", () => {
    const svg = spectrumPlot({ spectra: [{ label: "t = 0", energy }] });
    checkWellFormed(svg);
    // Three markers on the plot and one in the legend.
    expect(svg.match(/transform="translate/g)?.length).toBe(4);
    expect(
      spectrumPlot({ spectra: [{ label: "t", energy }], floor: 0 }).match(/transform="translate/g)?.length,
    ).toBe(5);
  });

  it("never passes over a NaN, nor over a spectrum without energy", () => {
    expect(() => spectrumPlot({ spectra: [{ label: "t", energy: [1, NaN] }] })).toThrow(RangeError);
    expect(() => spectrumPlot({ spectra: [{ label: "t", energy: [0, 0] }] })).toThrow("positive energy");
  });
});

describe("observables plot", () => {
  const base = { label: "overlap", time: [0, 1], mean: [0.2, 0.4] };

  it("draws a band of two standard errors when there are any", () => {
    const svg = observablesPlot({ series: [{ ...base, stderr: [0, 0.05] }] });
    checkWellFormed(svg);
    expect(svg).toContain('opacity="0.2"');
    expect(observablesPlot({ series: [base] })).not.toContain('opacity="0.2"');
  });

  it("takes null for a standard error that a single path cannot give", () => {
    expect(() => observablesPlot({ series: [{ ...base, stderr: [null, null] }] })).not.toThrow();
  });

  it("refuses a standard error that is not a number", () => {
    expect(() => observablesPlot({ series: [{ ...base, stderr: [0, NaN] }] })).toThrow(
      "marks[0].low[1]: NaN",
    );
  });
});
