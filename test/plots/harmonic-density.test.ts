import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import { brownian } from "../../src/noise/brownian.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { circleMap } from "../../src/plots/circle-map.js";
import { densityOfAngle, latLonDensity } from "../../src/plots/harmonic-density.js";
import { sphereMap, sphereMaps } from "../../src/plots/sphere-map.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { simulate } from "../../solvers/simulate.js";
import { embeddedPngs } from "./decode-png.js";
import { checkWellFormed } from "./well-formed.js";

const bump = vmfMixture(3, [{ weight: 1, kappa: 6, mean: [0, 0.6, 0.8] }]);
const sphere = fokkerPlanck({
  model: rotation(3),
  transform: planSphere({ lmax: 18 }),
  density: (x, o) => bump.density!(x, o),
  scheme: "milstein",
});
const arc = vmfMixture(2, [{ weight: 1, kappa: 4, mean: [0, 1] }]);
const circle = fokkerPlanck({
  model: rotation(2),
  transform: planCircle({ lmax: 16 }),
  density: (x, o) => arc.density!(x, o),
  scheme: "milstein",
});
for (const evolution of [sphere, circle]) {
  const noise = brownian({ seed: "maps", path: 0, channels: 1, horizon: 0.1, steps: 4 });
  simulate({ evolution, noise, steps: 4 });
}

describe("a density in harmonics", () => {
  it("has on its raster the values of its harmonics, point by point", () => {
    const { rows, columns, values } = latLonDensity(sphere, 13);
    const harmonics = planHarmonics(3, 18);
    const at = new Float64Array(harmonics.size);
    expect([rows, columns, values.length]).toEqual([13, 26, 338]);
    for (let i = 0; i < values.length; i++) {
      const colatitude = ((Math.floor(i / columns) + 0.5) * Math.PI) / rows;
      const longitude = (((i % columns) + 0.5) * 2 * Math.PI) / columns;
      const s = Math.sin(colatitude);
      const x = Float64Array.of(s * Math.cos(longitude), s * Math.sin(longitude), Math.cos(colatitude));
      harmonics.values(x, 0, at);
      const want = at.reduce((sum, Y, q) => sum + sphere.coefficients[q] * Y, 0);
      expect(values[i]).toBeCloseTo(want, 12);
    }
  });

  it("has a raster fine enough for its degree", () => {
    expect(latLonDensity(sphere).rows).toBe(120);
    const fine = { transform: { dimension: 3, lmax: 40 } as const, coefficients: new Float64Array(41 ** 2) };
    expect(latLonDensity(fine).rows).toBe(200);
  });

  it("is drawn as it is, alone or with tokens, and the same as by a function", () => {
    const byHand = (x: number, y: number, z: number) => bump.density!(Float64Array.of(x, y, z));
    const still = { transform: sphere.transform, coefficients: new Float64Array(sphere.coefficients.length) };
    const start = fokkerPlanck({
      model: rotation(3),
      transform: planSphere({ lmax: 18 }),
      density: (x, o) => bump.density!(x, o),
      scheme: "milstein",
    });
    start.reset(0);
    const look = { width: 120, domain: [0, 1] } as const;
    const [[drawn], [want]] = [start, byHand].map((density) => embeddedPngs(sphereMap({ density, ...look })));
    drawn.pixels.forEach((v, e) => expect(Math.abs(v - want.pixels[e])).toBeLessThanOrEqual(1));
    const tokens = ndarray(Float64Array.of(1, 0, 0, 0, 1, 0), [2, 3]);
    for (const svg of [
      sphereMap(sphere),
      sphereMap({ density: sphere, tokens }),
      sphereMaps([{ density: sphere }, { density: still }]),
      sphereMap({ density: { ...still, coefficients: ndarray(sphere.coefficients) } }),
    ])
      checkWellFormed(svg);
    expect(sphereMap({ density: sphere, tokens })).toBe(
      sphereMap({ density: sphere, tokens: [...tokens.data] }),
    );
    expect(sphereMap({ density: sphere, tokens })).toBe(
      sphereMap({
        density: sphere,
        tokens: [
          [1, 0, 0],
          [0, 1, 0],
        ],
      }),
    );
  });

  it("on the circle is drawn by circleMap", () => {
    const density = densityOfAngle(circle);
    const { nodes } = circle.transform;
    circle.values.forEach((v, i) =>
      expect(density(Math.atan2(nodes[2 * i + 1], nodes[2 * i]))).toBeCloseTo(v, 12),
    );
    const tokens = ndarray(Float64Array.of(1, 0, 0, 1), [2, 2]);
    checkWellFormed(circleMap(circle));
    expect(circleMap({ density: circle, tokens })).toBe(
      circleMap({ densities: [{ density }], tokens: [1, 0, 0, 1] }),
    );
    expect(circleMap({ densities: [{ density: circle }], tokens })).toBe(circleMap({ density, tokens }));
  });

  it("is refused by the map of the other sphere, with its name, and in the wrong size", () => {
    expect(() => sphereMap(circle)).toThrow("density: lives on the circle; draw it with circleMap");
    expect(() => circleMap({ density: sphere })).toThrow(
      "density: lives on the sphere; draw it with sphereMap",
    );
    const short = { transform: sphere.transform, coefficients: new Float64Array(4) };
    expect(() => sphereMap(short)).toThrow("density.coefficients: has 4 entries, want 361");
    expect(() => sphereMap({ density: sphere, tokens: ndarray(new Float64Array(4), [2, 2]) })).toThrow(
      "tokens: has shape [2,2], want [2,3]",
    );
    expect(() => circleMap({ density: circle, tokens: [1, 0, 0] })).toThrow("are not rows of two");
  });
});
