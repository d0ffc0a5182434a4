import { describe, expect, it } from "vitest";
import { axisDomain, makeScale } from "../../src/plots/scale.js";

const labels = (ticks: readonly { value: number; label: string }[]) =>
  ticks.filter((tick) => tick.label).map((tick) => [tick.value, tick.label]);

describe("scale", () => {
  it("a linear axis puts ticks at round numbers and maps back and forth", () => {
    const scale = makeScale({}, [0, 1], [50, 450], 5);
    expect(labels(scale.ticks).map((t) => t[1])).toEqual(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    expect(scale.ticks.map((tick) => scale.position(tick.value))).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => expect.closeTo(50 + 80 * i, 9)),
    );
    expect(scale.value(scale.position(0.37))).toBeCloseTo(0.37, 14);
  });

  it("takes a power of ten out of tiny and huge numbers", () => {
    const tiny = makeScale({}, [0, 4e-6], [0, 400], 4);
    expect(tiny.factor).toBe("×10⁻⁶");
    expect(labels(tiny.ticks).map((t) => t[1])).toEqual(["0", "1", "2", "3", "4"]);
    expect(tiny.ticks[2].value).toBeCloseTo(2e-6, 18);
    expect(makeScale({}, [0, 100], [0, 400], 4).factor).toBe("");
  });

  it("a logarithmic axis labels decades as powers, with unlabelled ticks between", () => {
    const scale = makeScale({ scale: "log" }, [1e-4, 1], [0, 400], 5);
    expect(labels(scale.ticks)).toEqual(
      ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"].map((t, i) => [expect.closeTo(10 ** (i - 4), 12), t]),
    );
    expect(scale.ticks.length).toBe(4 * 9 + 1);
    expect(scale.position(1e-2)).toBeCloseTo(200, 9);
    expect(scale.value(100)).toBeCloseTo(1e-3, 12);
  });

  it("thins decades when there are many, and adds 2 and 5 when there are few", () => {
    const many = makeScale({ scale: "log" }, [1e-30, 1], [0, 400], 6);
    expect(labels(many.ticks).length).toBeLessThanOrEqual(7);
    const few = makeScale({ scale: "log" }, [0.015, 0.3], [0, 400], 6);
    expect(labels(few.ticks).map((t) => t[1])).toEqual(["0.02", "0.05", "0.1", "0.2"]);
  });

  it("counts in powers of two when asked", () => {
    const scale = makeScale({ scale: "log", base: 2 }, [2 ** 6, 2 ** 9], [0, 300], 8);
    expect(labels(scale.ticks)).toEqual([
      [64, "2⁶"],
      [128, "2⁷"],
      [256, "2⁸"],
      [512, "2⁹"],
    ]);
  });

  it("widens what the marks cover, in the axis's own sense, and takes a given domain as it is", () => {
    expect(axisDomain({}, [0, 10], 0.05, "x")).toEqual([-0.5, 10.5]);
    const [low, high] = axisDomain({ scale: "log" }, [1, 100], 0.05, "x");
    expect(low * high).toBeCloseTo(100, 9);
    expect(axisDomain({ domain: [3, 4] }, [0, 10], 0.05, "x")).toEqual([3, 4]);
    expect(axisDomain({}, [2, 2], 0.05, "x")).toEqual([1.8, 2.2]);
    expect(() => axisDomain({ scale: "log", domain: [0, 1] }, [1, 2], 0, "y")).toThrow(
      "y.domain: [0,1] on a log",
    );
    expect(() => axisDomain({ domain: [1, 1] }, [1, 2], 0, "y")).toThrow("empty");
    expect(() => axisDomain({ domain: [NaN, 1] }, [1, 2], 0, "x")).toThrow("not finite");
  });
});

describe("a row for zeros", () => {
  const spec = { scale: "log", zero: true } as const;
  it("lies at the start of the range, and all numbers beyond it", () => {
    const scale = makeScale(spec, [1e-3, 1], [400, 100], 5);
    expect(scale.position(0)).toBe(scale.zero);
    expect(scale.position(1e-3)).toBeCloseTo(376, 12);
    expect(scale.position(1)).toBeCloseTo(100, 12);
    expect(scale.zero).toBeGreaterThan(scale.position(1e-3));
    expect(scale.zero).toBeLessThan(400);
    expect(scale.value(scale.position(0.02))).toBeCloseTo(0.02, 12);
  });

  it("is there only where it is asked for, on a logarithmic axis", () => {
    expect(makeScale({ scale: "log" }, [1e-3, 1], [400, 100], 5).zero).toBeUndefined();
    expect(makeScale({ zero: true }, [0, 1], [400, 100], 5).zero).toBeUndefined();
    expect(makeScale({ zero: true }, [0, 1], [400, 100], 5).position(0)).toBe(400);
  });
});
