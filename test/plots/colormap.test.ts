import { describe, expect, it } from "vitest";
import { colormap, hex, toOklab } from "../../src/plots/colormap.js";

const lightness = (name: "viridis" | "diverging" | "cyclic" | "gray", t: number) =>
  toOklab(colormap(name)(t))[0];

describe("colour maps", () => {
  it("viridis has its published ends and grows lighter evenly", () => {
    expect(hex(colormap("viridis")(0))).toBe("#440154");
    expect(hex(colormap("viridis")(1))).toBe("#fde725");
    const steps = Array.from(
      { length: 20 },
      (_, i) => lightness("viridis", (i + 1) / 20) - lightness("viridis", i / 20),
    );
    // Even steps would be (0.92 - 0.28)/20 = 0.032 in Oklab; none is near zero or twice that.
    for (const step of steps) expect(step).toBeGreaterThan(0.016);
    for (const step of steps) expect(step).toBeLessThan(0.064);
  });

  it("the diverging map is lightest at the middle and equally dark at both ends", () => {
    expect(lightness("diverging", 0.5)).toBeGreaterThan(0.95);
    for (const t of [0, 0.1, 0.2, 0.3, 0.4])
      expect(Math.abs(lightness("diverging", t) - lightness("diverging", 1 - t))).toBeLessThan(0.06);
    for (let i = 0; i < 10; i++) {
      expect(lightness("diverging", i / 20)).toBeLessThan(lightness("diverging", (i + 1) / 20));
      expect(lightness("diverging", 1 - i / 20)).toBeLessThan(lightness("diverging", 1 - (i + 1) / 20));
    }
  });

  it("the cyclic map closes, and its halves differ", () => {
    expect(colormap("cyclic")(0)).toEqual(colormap("cyclic")(1));
    expect(colormap("cyclic")(0.25)).not.toEqual(colormap("cyclic")(0.75));
  });

  it("clamps", () => {
    expect(colormap("gray")(-3)).toEqual(colormap("gray")(0));
    expect(colormap("gray")(3)).toEqual(colormap("gray")(1));
  });
});
