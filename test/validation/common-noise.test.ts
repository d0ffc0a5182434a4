import { describe, expect, it } from "vitest";
import { brownian } from "../../src/noise/brownian.js";
import {
  densityAgainstCharacteristics,
  flowAgainstMilstein,
  tokensAgainstDensity,
} from "../../src/validation/common-noise.js";
import { slopeNear } from "../../src/studies/claim.js";

describe("density and characteristics under one noise", () => {
  it("agree in the moments to degree 4 on S^2, both moved by the flow", () => {
    expect(densityAgainstCharacteristics({ lmax: 15, steps: 32, horizon: 0.25 })).toBeLessThan(1e-6);
  });

  it("agree on S^1 to 1e-9 with pseudo-time substeps", () => {
    const options = { dimension: 2, lmax: 31, steps: 16, horizon: 0.125 } as const;
    expect(densityAgainstCharacteristics({ ...options, substeps: 14 })).toBeLessThan(1e-9);
    // One substep is too few for that: the bound tells the two apart.
    expect(densityAgainstCharacteristics(options)).toBeGreaterThan(1e-9);
  });

  it("differ at order one in h when the characteristics are moved by Milstein", () => {
    const { fit } = flowAgainstMilstein({
      dimension: 2,
      lmax: 15,
      horizon: 0.25,
      levels: [16, 32, 64, 128],
      paths: 40,
    });
    expect(slopeNear("order", fit, 1, 0.15)).toMatchObject({ verdict: "holds" });
  });

  it("are not compared when the density stops on the way: there is no difference then", () => {
    const sharp = { dimension: 2, lmax: 9, steps: 256, horizon: 4 } as const;
    const stopped = expect.objectContaining({
      name: "Stopped",
      time: expect.closeTo(1, 0) as number,
      message: expect.stringMatching(/^the density has left degree 9: /) as string,
    }) as Error;
    expect(() => densityAgainstCharacteristics(sharp)).toThrow(stopped);
    const study = flowAgainstMilstein({ ...sharp, levels: [64, 128, 256], paths: 3 });
    expect(study).toMatchObject({ paths: 0, fit: null, stopped: { path: 0 } });
    expect(study.stopped!.cause).toMatch(/^the density has left degree 9: /);
  });
});

describe("random tokens against the density", () => {
  const options = {
    dimension: 2,
    lmax: 31,
    steps: 8,
    horizon: 0.125,
    tokens: [32, 64, 128, 256, 512],
    repetitions: 100,
  } as const;

  it("approach it like n^{-1/2}", () => {
    const { fit } = tokensAgainstDensity(options);
    expect(slopeNear("rate", fit, -0.5, 0.1)).toMatchObject({ verdict: "holds" });
  });

  it("do not approach it when they follow a noise of their own", () => {
    const { fit } = tokensAgainstDensity({
      ...options,
      tokens: [32, 64, 128, 256],
      repetitions: 30,
      fault: ({ channels, horizon, steps }, repetition) =>
        brownian({ seed: "another noise", path: repetition, channels, horizon, steps, area: null }),
    });
    expect(slopeNear("rate", fit, -0.5, 0.1)).toMatchObject({ verdict: "fails" });
    expect(fit!.interval[1]).toBeGreaterThan(-0.2);
  });

  it("leave out a repetition whose tokens stop, and what comes after it", () => {
    const result = tokensAgainstDensity({
      ...options,
      tokens: [32, 64],
      repetitions: 5,
      fault: (noise, repetition) => ({
        ...noise,
        increment(steps, step, out) {
          noise.increment(steps, step, out);
          if (repetition >= 3 && step >= 4) out.fill(1e200);
        },
      }),
    });
    expect(result).toMatchObject({ paths: 3, stopped: { path: 3, level: 32, done: 3, of: 5 } });
    expect(result.stopped!.time).toBeGreaterThan(0);
  });
});
