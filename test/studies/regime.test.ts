import { describe, expect, it } from "vitest";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { independentHeads } from "../../src/models/heads/independent-heads.js";
import { varianceBound, varianceProxy } from "../../src/models/attention/variance-proxy.js";
import { regime } from "../../src/studies/regime.js";
import { wrap } from "../../src/sphere/measure.js";

const drifting = { sigma2: 1, centred: false };
const centred = { sigma2: 1, centred: true };

describe("regime", () => {
  it.each([
    [{ eta: 0.001, heads: 1, layers: 10, law: drifting }, "static"],
    [{ eta: 0.01, heads: 100, layers: 200, law: drifting }, "ODE I"],
    [{ eta: 0.1, heads: 100, layers: 50, law: drifting }, "ODE II"],
    [{ eta: 0.1, heads: 1, layers: 50, law: drifting }, "SDE"],
    [{ eta: 0.1, heads: 1, layers: 1000, law: drifting }, "outside"],
    [{ eta: 0.01, heads: 1, layers: 1e7, law: drifting }, "outside"],
    [{ eta: 0.1, heads: 100, layers: 50, law: centred }, "static"],
    [{ eta: 1, heads: 100, layers: 1000, law: centred }, "SDE"],
    [{ eta: 1, heads: 1, layers: 5, law: centred }, "outside"],
  ] as const)("%j: %s", (options, name) => {
    expect(regime(options).name).toBe(name);
  });

  it("moves with its thresholds", () => {
    const options = { eta: 0.1, heads: 100, layers: 50, law: drifting };
    expect(regime({ ...options, small: 0.6 }).name).toBe("ODE I");
    expect(regime({ ...options, small: 0.01 }).name).toBe("outside");
  });

  it("hands on what the model and its solver need", () => {
    const two = regime({ eta: 0.1, heads: 100, layers: 50, law: drifting });
    expect(two.model).toEqual({ clock: { eta: 0.1, heads: Infinity }, corrector: 0.1 });
    expect(two.horizon).toBeCloseTo(5, 12);
    const diffusive = regime({ eta: 1, heads: 100, layers: 1000, law: centred });
    expect(diffusive.model).toEqual({ clock: "diffusive", centred: true });
    expect(diffusive.horizon).toBeCloseTo(10, 12);
    expect(diffusive.alpha).toBeCloseTo(0.01, 12);
  });

  it("gives every limit its clock, corrector and horizon, none of them one", () => {
    const wide = { sigma2: 20, centred: false };
    const quiet = (eta: number) => ({ eta, heads: Infinity });
    const one = regime({ eta: 0.01, heads: 50, layers: 200, law: drifting });
    expect(one).toMatchObject({ name: "ODE I", solver: "ode", model: { clock: quiet(0.01) } });
    expect(one.model).not.toHaveProperty("corrector");
    expect(one.horizon).toBeCloseTo(2, 12);
    const sde = regime({ eta: 0.1, heads: 4, layers: 50, law: wide });
    expect(sde).toMatchObject({ name: "SDE", solver: "sde", alpha: 0.5 });
    expect(sde.model).toEqual({ clock: { eta: 0.1, heads: 4 }, corrector: 0.1 });
    expect(sde.horizon).toBeCloseTo(5, 12);
    // On either clock the noise has gathered alpha eta L at the horizon: eta/H a unit of layer time, one of diffusive.
    expect((0.1 / 4) * sde.sigma2 * sde.horizon!).toBeCloseTo(sde.scales.alphaEtaL, 12);
    const diffusive = regime({ eta: 0.1, heads: 4, layers: 100, law: { ...wide, centred: true } });
    expect(diffusive).toMatchObject({ name: "SDE", model: { clock: "diffusive", centred: true } });
    expect(diffusive.horizon).toBeCloseTo(0.25, 12);
    expect(diffusive.sigma2 * diffusive.horizon!).toBeCloseTo(diffusive.scales.alphaEtaL, 12);
  });

  it("takes sigma^2 from a law that states it, and says so when it does not", () => {
    const law = gaussianHeads({ dimension: 9, sigmaV: 1 / 3, sigmaA: 1, seed: "s" });
    expect(regime({ eta: 1, heads: 8, layers: 1, law }).sigma2).toBeCloseTo(8 / 9, 12);
    const silent = { name: "silent", dimension: 2, sample: () => {} };
    expect(() => regime({ eta: 1, heads: 8, layers: 1, law: silent })).toThrow(
      'law: "silent" does not state',
    );
    expect(() => regime({ eta: 0, heads: 8, layers: 1, law })).toThrow("eta: 0");
  });
});

describe("the variance proxy", () => {
  const d = 4;
  const single = wrap(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0), d);
  const pair = wrap(Float64Array.of(1, 0, 0, 0, -1, 0, 0, 0), d);
  it("reaches sigma_V^2 (d-1) at a single cluster and stays below elsewhere", () => {
    for (const entries of ["gaussian", "rademacher"] as const) {
      const law = independentHeads({
        dimension: d,
        entries,
        V: { sigma: 0.7 },
        A: { sigma: 0.5 },
        seed: "v",
      });
      const bound = varianceBound(law)!;
      expect(bound).toEqual({ sigma2: 0.7 * 0.7 * 3, exact: true });
      const reached = varianceProxy(law, { beta: 1, at: single, samples: 4000 });
      // Every sample of |P_x V x|^2 is the same for signs.
      const error = Math.max(reached.standardError, 1e-3);
      expect(Math.abs(reached.sigma2 - bound.sigma2)).toBeLessThan(5 * error);
      expect(Math.abs(reached.sigma2 - 0.7 * 0.7 * d)).toBeGreaterThan(5 * error);
      const below = varianceProxy(law, { beta: 1, at: pair, samples: 4000 });
      expect(below.sigma2).toBeLessThan(bound.sigma2 / 2);
    }
  });

  it("subtracts the mean, and is bounded when there is one", () => {
    const mean = Float64Array.from({ length: d * d }, (_, e) => (e % (d + 1) === 0 ? 2 : 0.3));
    const law = independentHeads({ dimension: d, V: { sigma: 0.7, mean }, A: { sigma: 1 }, seed: "v" });
    const at = wrap(Float64Array.of(1, 0, 0, 0, -0.6, 0.8, 0, 0), d);
    const bound = varianceBound(law)!;
    expect(bound.exact).toBe(false);
    expect(bound.sigma2).toBeCloseTo(0.49 * 3 + 2.9 ** 2, 12);
    const cluster = varianceProxy(law, { beta: 1, at: single, samples: 4000 });
    expect(Math.abs(cluster.sigma2 - 0.49 * 3)).toBeLessThan(5 * cluster.standardError);
    const spread = varianceProxy(law, { beta: 1, at, samples: 4000 });
    expect(spread.sigma2).toBeLessThan(bound.sigma2);
  });
});
