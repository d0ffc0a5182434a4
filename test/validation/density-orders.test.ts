import { describe, expect, it } from "vitest";
import { densityOrders, rotationOrders } from "../../src/validation/density-orders.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import type { Model } from "../../src/types.js";

const bumps = vmfMixture(2, [
  { weight: 0.6, kappa: 1, mean: [0, 1] },
  { weight: 0.4, kappa: 1, mean: [1, 0] },
]);

describe("strong orders of the density", () => {
  it("rotation: Euler–Maruyama one half, the flow above one and exact path by path", () => {
    const claims = rotationOrders({
      initial: bumps,
      lmax: 4,
      horizon: 0.0625,
      levels: [4, 8, 16, 32],
      paths: 400,
      substeps: 32,
    });
    for (const claim of claims) expect(claim).toMatchObject({ verdict: "holds" });
  });

  const attention = {
    model: gaussianAttention({
      dimension: 2,
      beta: 1,
      sigmaV: Math.SQRT1_2,
      atoms: drawAtoms("density orders", 1, 2, 0.7),
    }),
    initial: bumps,
    lmax: 10,
    horizon: 0.125,
    levels: [4, 8, 16, 32],
    paths: 100,
    reference: 512,
  };

  it("attention: the flow has order one with the area", () => {
    const [flow] = densityOrders({ ...attention, runs: ["flow"] });
    expect(flow).toMatchObject({ verdict: "holds" });
  });

  it("an area left out or turned around is seen", () => {
    const turned = (model: Model): Model => ({
      ...model,
      plan: (n) => {
        const field = model.plan(n);
        return {
          ...field,
          bracket: (area, out) =>
            field.bracket(
              area.map((v) => -v),
              out,
            ),
        };
      },
    });
    const few = { ...attention, paths: 32, reference: 64 };
    const [without] = densityOrders({ ...few, runs: ["flow without area"] });
    const [wrong] = densityOrders({ ...few, runs: ["flow"], fault: turned });
    for (const { study } of [without, wrong]) expect(study.fit!.interval[1]).toBeLessThan(0.8);
  });

  it("a flow that cannot go on has no order: the claim fails, whatever it wants", () => {
    const spoiled = (model: Model): Model => ({
      ...model,
      plan: (n) => {
        const field = model.plan(n);
        return { ...field, increment: (_dt, _dW, out) => void out.fill(NaN) };
      },
    });
    const [claim] = densityOrders({ ...attention, paths: 8, reference: 64, runs: ["flow"], fault: spoiled });
    expect(claim.study.stopped).toMatchObject({ path: 0, done: 0, of: 8 });
    expect(claim).toMatchObject({ value: NaN, interval: [-Infinity, Infinity], verdict: "fails" });
  });

  it("two paths give no interval, and no claim of an order holds by them", () => {
    const claims = rotationOrders({
      initial: bumps,
      lmax: 4,
      horizon: 0.0625,
      levels: [4, 8, 16],
      paths: 2,
      substeps: 32,
    });
    expect(claims.map(({ verdict }) => verdict)).toEqual(["fails", "fails", "holds"]);
  });
});
