import { describe, expect, it } from "vitest";
import { rasterDensity } from "../../src/plots/lat-lon.js";
import { sphereMap, sphereMaps } from "../../src/plots/sphere-map.js";
import { embeddedPngs } from "./decode-png.js";
import { checkWellFormed } from "./well-formed.js";

const uniform = () => 1 / (4 * Math.PI);
const ellipses = (svg: string) =>
  [...svg.matchAll(/<ellipse cx="([\d.]+)" cy="([\d.]+)" rx="([\d.]+)" ry="([\d.]+)"/g)].map((m) =>
    m.slice(1).map(Number),
  );
const dots = (svg: string) =>
  [...svg.matchAll(/M([\d.]+) ([\d.]+)h\.01/g)].map((m) => m.slice(1).map(Number));

describe("sphere map", () => {
  it("puts tokens where they are: the centre in the middle, the pole at the top, east to the right", () => {
    const tokens = [1, 0, 0, 0, 0, 1, 0, 1, 0];
    const svg = sphereMap({ density: uniform, tokens, width: 400 });
    checkWellFormed(svg);
    const [[cx, cy, rx, ry]] = ellipses(svg);
    expect([rx, ry]).toEqual([200, 100]);
    // Every dot is drawn twice, rim and face.
    const places = dots(svg);
    expect(places.length).toBe(6);
    expect(places[0]).toEqual([cx, cy]);
    expect(places[1]).toEqual([cx, expect.closeTo(cy - ry, 1)]);
    // Hammer: longitude 90° on the equator is at 2√2 sin 45° / √((1 + cos 45°)/1) of 2√2.
    expect(places[2][0]).toBeCloseTo(cx + rx * Math.sin(Math.PI / 4) * Math.sqrt(1 / (1 + Math.SQRT1_2)), 1);
    expect(places[2][1]).toBe(cy);
  });

  it("colours the density where it is, and nothing outside the rim", () => {
    const svg = sphereMap({ density: (_x, y, z) => 2 + y + z, domain: [0, 4], width: 200 });
    const [map] = embeddedPngs(svg);
    const at = (p: number, q: number) =>
      map.pixels[
        Math.round(((1 - q) / 2) * (map.height - 1)) * map.width + Math.round(((1 + p) / 2) * (map.width - 1))
      ];
    expect(at(0, 0)).toBeGreaterThanOrEqual(127);
    expect(at(0, 0)).toBeLessThanOrEqual(129);
    expect(at(0, 0.95)).toBeGreaterThan(at(0, -0.95));
    expect(at(0.5, 0)).toBeGreaterThan(at(-0.5, 0));
    expect([at(-1, 1), at(1, 1), at(-1, -1), at(1, -1)]).toEqual([0, 0, 0, 0]);
    expect(map.alpha?.[0]).toBe(0);
    // Sharp: two samples a pixel.
    expect([map.width, map.height]).toEqual([400, 200]);
  });

  it("shares one colour scale among maps, from zero to the largest value of any", () => {
    const svg = sphereMaps([{ density: () => 1 }, { density: () => 4 }], { width: 100 });
    const [first, second] = embeddedPngs(svg);
    const middle = (map: typeof first) => map.pixels[(map.height / 2) * map.width + map.width / 2];
    expect(middle(first)).toBe(1 + Math.round(254 / 4));
    expect(middle(second)).toBe(255);
    expect(svg).toContain(">density per steradian<");
  });

  it("shows a negative density as such", () => {
    const [map] = embeddedPngs(sphereMap({ density: (x) => x, width: 100 }));
    expect(map.pixels.reduce((low, v) => (v > 0 && v < low ? v : low), 255)).toBeLessThan(3);
  });

  it("draws two hemispheres, every token on one of them", () => {
    const svg = sphereMap({
      density: uniform,
      tokens: [1, 0, 0, -1, 0, 0],
      projection: "orthographic",
      width: 300,
    });
    const discs = ellipses(svg);
    expect(discs.length).toBe(2);
    expect(discs[0][0] + discs[0][2]).toBeLessThan(discs[1][0] - discs[1][2]);
    expect(dots(svg)).toEqual([discs[0], discs[0], discs[1], discs[1]].map(([cx, cy]) => [cx, cy]));
  });

  it("refuses a density that is not finite and tokens that are not triples", () => {
    expect(() => sphereMap({ density: () => NaN, width: 60 })).toThrow("maps[0].density: NaN at [");
    expect(() => sphereMap({ density: uniform, tokens: [1, 0], width: 60 })).toThrow("rows of three");
  });
});

describe("a latitude–longitude raster", () => {
  const [rows, columns] = [36, 72];
  const values = Array.from({ length: rows * columns }, (_, k) => {
    const colatitude = ((Math.floor(k / columns) + 0.5) * Math.PI) / rows;
    const longitude = (((k % columns) + 0.5) * 2 * Math.PI) / columns;
    return Math.cos(colatitude) + Math.sin(colatitude) * Math.sin(longitude);
  });

  it("reproduces a smooth function to the accuracy of bilinear interpolation, across the seam too", () => {
    const density = rasterDensity({ rows, columns, values });
    const step = Math.PI / rows;
    for (let i = 0; i < 200; i++) {
      const z = 1 - (2 * i + 1) / 200;
      // Beyond the outermost rows the raster is constant along meridians: stay within them.
      if (Math.abs(z) > Math.cos(step)) continue;
      const angle = i * 2.399963;
      const [x, y] = [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle)];
      // step²/8 for each direction, second derivatives at most 2 together.
      expect(Math.abs(density(x, y, z) - (y + z))).toBeLessThan((3 * step * step) / 8);
    }
    expect(density(1, -1e-9, 0)).toBeCloseTo(density(1, 1e-9, 0), 6);
  });

  it("must be complete", () => {
    expect(() => rasterDensity({ rows: 2, columns: 2, values: [1] })).toThrow("1 numbers for 2 × 2");
  });
});
