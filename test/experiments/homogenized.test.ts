import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers } from "../../src/experiments/run.js";
import { strongStudy } from "../../src/experiments/study/strong.js";
import { transformerStudy } from "../../src/experiments/study/transformer.js";

type Part = Record<string, unknown>;

const THETA = 1;
const zero = [
  [0, 0],
  [0, 0],
];
const stretch = (a: number): number[][] => [
  [a, 0],
  [0, 0],
];
const oneHead = { law: "given", list: [{ V: stretch(1), A: zero }] };
const signs = (a: number): Part => ({
  law: "given",
  list: [
    { V: stretch(a), A: zero },
    { V: stretch(-a), A: zero },
  ],
});
const config = (model: Part, solver: Part, more: Part = {}) =>
  parseConfig({
    model: { name: "homogenized", dimension: 2, beta: 1, ...model },
    initial: { kind: "points", points: [[Math.cos(THETA), Math.sin(THETA)]] },
    solver,
    observe: ["second-moment"],
    ...more,
  });
const angle = (model: Part, solver: Part): number => {
  const [[x, y]] = runNumbers(config(model, solver)).final!.points!;
  return Math.atan2(y, x);
};
const chainOf = (eta: number, t: number): Part => ({
  kind: "transformer",
  heads: 1,
  eta,
  layers: Math.round(t / eta),
  every: 1000,
});
const flow = { kind: "particles", scheme: "log-ode", horizon: 1, steps: 256, every: 256 };

describe("one given head V = diag(1, 0), A = 0 on the circle", () => {
  const etas = [0.1, 0.05, 0.025, 0.0125];
  const quiet = (eta: number): Part => ({ heads: oneHead, clock: { eta, heads: null } });

  it("divides the tangent of the angle by 1 + eta a layer", () => {
    for (const heads of [1, 3]) {
      const solver = { ...chainOf(0.1, 1), heads };
      const found = angle({ heads: oneHead, clock: { eta: 0.1, heads } }, solver);
      expect(Math.abs(found - Math.atan(Math.tan(THETA) / 1.1 ** 10))).toBeLessThan(1e-14);
    }
  });

  it("has as its limits the flows of tan theta, and no channels where the noise is off", () => {
    expect(angle(quiet(0.1), flow)).toBeCloseTo(Math.atan(Math.tan(THETA) * Math.exp(-1)), 9);
    const { diagnostics } = runNumbers(config(quiet(0.1), flow));
    expect(diagnostics).toMatchObject({ channels: 0, epsilon: 0, atoms: 1 });
  });

  it("approaches its chain like eta without the corrector, like eta^2 with that of its layers, like eta with the other", () => {
    // Distances found by an independent program: printed corrector on ambient layers, and the one of ambient layers.
    const printed = [2.15e-2, 1.11e-2, 5.6e-3, 2.8e-3];
    const ambient = [1.4e-3, 3.5e-4, 8.9e-5, 2.2e-5];
    etas.forEach((eta, i) => {
      const chain = angle({ ...quiet(eta) }, chainOf(eta, 1));
      const off = (more: Part): number => Math.abs(angle({ ...quiet(eta), ...more }, flow) - chain);
      expect(off({ corrector: true }) / ambient[i]).toBeCloseTo(1, 1);
      expect(off({ corrector: true, layerStep: "tangent" }) / printed[i]).toBeCloseTo(1, 1);
      expect(off({}) / eta).toBeGreaterThan(0.1);
    });
  });

  it("has tangent layers where it is the limit of tangent layers", () => {
    const tangent = (eta: number): number => {
      let theta = THETA;
      for (let l = 0; l < Math.round(1 / eta); l++) {
        theta += Math.atan(-eta * Math.sin(theta) * Math.cos(theta));
      }
      return theta;
    };
    const errors = etas.map((eta) => {
      const model = { ...quiet(eta), layerStep: "tangent", corrector: true };
      const chain = angle(model, chainOf(eta, 1));
      expect(Math.abs(chain - tangent(eta))).toBeLessThan(1e-13);
      return Math.abs(angle(model, flow) - chain);
    });
    errors.slice(1).forEach((e, i) => expect(Math.abs(Math.log2(errors[i] / e) - 2)).toBeLessThan(0.1));
  });
});

describe("two given heads V = +-a diag(1, 0) with eta a^2 / H = 0.2", () => {
  const [eta, a] = [0.05, 2];
  const model = { heads: signs(a), clock: { eta, heads: 1 } };
  const ensemble = { paths: 4000, seed: "signs" };
  const meanSquare = (solver: Part, more: Part = {}) => {
    const { observables } = runNumbers(
      config({ ...model, ...more }, solver, { ensemble, observe: ["moment:2,2"] }),
    );
    const { mean, stderr } = observables["moment:2,2"];
    // Y_{2,2} = cos(2 theta) / sqrt(pi)
    return {
      mean: (1 + Math.sqrt(Math.PI) * mean.at(-1)!) / 2,
      error: (Math.sqrt(Math.PI) * stderr.at(-1)!) / 2,
    };
  };

  /** tan theta is divided by 1 + eta a or 1 - eta a, each with probability one half. */
  const chain = ((): number => {
    const L = Math.round(1 / eta);
    let [sum, chance] = [0, 2 ** -L];
    for (let k = 0; k <= L; k++) {
      const tan = Math.tan(THETA) / ((1 + eta * a) ** k * (1 - eta * a) ** (L - k));
      sum += chance / (1 + tan * tan);
      chance *= (L - k) / (k + 1);
    }
    return sum;
  })();

  it("agree in law with the chain they are the limit of, and with the exact laws of both", () => {
    expect(chain).toBeCloseTo(0.2825, 4);
    const layers = meanSquare(chainOf(eta, 1));
    expect(Math.abs(layers.mean - chain)).toBeLessThan(5 * layers.error);
    const equation = meanSquare({ ...flow, steps: 16, every: 16 });
    // log tan theta is Gaussian: its mean grows by 0.1, its variance by 0.2: 0.2824. For tangent layers its drift is 0.1 tanh.
    expect(Math.abs(equation.mean - 0.2824)).toBeLessThan(5 * equation.error);
    const printed = meanSquare({ ...flow, steps: 16, every: 16 }, { layerStep: "tangent" });
    expect(Math.abs(printed.mean - 0.3056)).toBeLessThan(5 * printed.error);
    expect(5 * printed.error).toBeLessThan(0.3056 - 0.2824);
  });

  it("run on the diffusive clock as well, because their mean vanishes", () => {
    const s = eta * 1;
    const diffusive = meanSquare({ ...flow, horizon: s, steps: 16, every: 16 }, { clock: "diffusive" });
    expect(Math.abs(diffusive.mean - 0.2824)).toBeLessThan(5 * diffusive.error);
  });

  it("follow a path with order one by Milstein's scheme and the area", () => {
    const list = [
      {
        V: [
          [1, 0.5],
          [-0.3, 0.8],
        ],
        A: [
          [1, 0],
          [0.4, 1],
        ],
        weight: 0.3,
      },
      {
        V: [
          [-0.6, 1],
          [0.2, -1],
        ],
        A: [
          [0, 1],
          [1, 0],
        ],
        weight: 0.7,
      },
    ];
    const { report } = strongStudy(
      parseConfig({
        model: {
          name: "homogenized",
          dimension: 2,
          beta: 1,
          heads: { law: "given", list },
          clock: { eta: 0.5, heads: 1 },
          corrector: true,
        },
        initial: { kind: "uniform", tokens: 5 },
        solver: { kind: "particles", scheme: "milstein", horizon: 0.5, steps: 8 },
        ensemble: { seed: "strong" },
        study: { levels: [4, 8, 16, 32], paths: 100 },
      }),
    );
    expect(report.fit!.interval![0]).toBeGreaterThan(0.85);
    expect(report.fit!.interval![1]).toBeLessThan(1.2);
  });
});

describe("the study of transformers on the clock of their layers", () => {
  const study = (model: Part, heads: number, paths: number, levels: number[], more: Part = {}, layers = 8) =>
    transformerStudy(
      config(
        { clock: { eta: 1 / 8, heads }, ...model },
        { kind: "transformer", heads, eta: 1 / 8, layers },
        {
          ensemble: { seed: "layers" },
          observe: ["moment:2,2", "coordinate:0"],
          study: { levels, paths, ...more },
        },
      ),
    ).report;

  it("finds the order of one head exactly: one without the corrector, two with that of its layers", () => {
    for (const layerStep of ["ambient", "tangent"]) {
      const report = (corrector: boolean) =>
        study({ heads: oneHead, layerStep, corrector }, 1, 2, [16, 32, 64, 128], {}, 4);
      const plain = report(false);
      // Until 1/2: of tangent layers the first-order error cancels about time 1.
      expect(plain.horizon).toBe(0.5);
      expect(plain.reference).toMatch(/^log-ode of each level's own equation on 16 L steps/);
      expect(plain.levels.map(({ eta }) => eta)).toEqual([1 / 32, 1 / 64, 1 / 128, 1 / 256]);
      for (const curve of Object.values(plain.observables!))
        expect(Math.abs(curve.fit!.slope - 1)).toBeLessThan(0.06);
      for (const curve of Object.values(report(true).observables!)) {
        expect(Math.abs(curve.fit!.slope - 2)).toBeLessThan(0.06);
      }
    }
  });

  it("runs the example of layers without randomness", () => {
    const text = readFileSync(new URL("../../examples/study-layers.json", import.meta.url), "utf8");
    const { levels, fit } = transformerStudy(parseConfig(text)).report;
    expect(levels[0].error).toBeLessThan(2e-3);
    expect(Math.abs(fit!.slope - 2)).toBeLessThan(0.05);
  });

  it("judges every depth by the noise of its own layers", () => {
    // V = 2 diag(1, 0) or 0: eta V has the same size as its mean, so noise and corrector of a wrong eta would show.
    const heads = {
      law: "given",
      list: [
        { V: stretch(2), A: zero },
        { V: stretch(0), A: zero },
      ],
    };
    const levels = [4, 8];
    const paths = 3000;
    const { observables } = study({ heads, corrector: true }, 1, paths, levels, {
      referenceSteps: 8,
    });
    const { levels: found } = observables!["moment:2,2"];
    levels.forEach((L, i) => {
      // Both means are known: the chain's by counting, the equation's by log tan theta, Gaussian in law.
      const eta = 1 / L;
      let [chain, chance] = [0, 2 ** -L];
      for (let k = 0; k <= L; k++) {
        chain += chance * cosTwice(Math.tan(THETA) / (1 + 2 * eta) ** k);
        chance *= (L - k) / (k + 1);
      }
      // d log tan = (-1 + eta/2 + eta/2) dt - sqrt(eta) dW: drift, corrector, and the fluctuation's Itô terms.
      const mean = Math.log(Math.tan(THETA)) - 1 + eta;
      const equation = gaussian((z) => cosTwice(Math.exp(mean + Math.sqrt(eta) * z)));
      const expected = (chain - equation) / Math.sqrt(Math.PI);
      expect(Math.abs(found[i].bias! - expected)).toBeLessThan(5 * found[i].standardError!);
      expect(5 * found[i].standardError!).toBeLessThan(0.05);
    });
  });

  it("refuses an exact reference", () => {
    expect(() => study({ heads: oneHead }, 1, 2, [2, 4], { reference: "exact" })).toThrow(
      /^study\.reference: no "exact"/,
    );
    expect(() => study({ heads: oneHead }, 1, 2, [2, 4], { reference: "heun" })).toThrow(
      /^study\.reference: "heun" cannot/,
    );
  });
});

/** cos(2 theta) from tan theta. */
const cosTwice = (tan: number): number => (1 - tan * tan) / (1 + tan * tan);

/** E f(Z) of a standard normal, by the trapezoidal rule. */
const gaussian = (f: (z: number) => number): number => {
  let sum = 0;
  for (let k = -400; k <= 400; k++) sum += f(k / 40) * Math.exp(-((k / 40) ** 2) / 2);
  return sum / 40 / Math.sqrt(2 * Math.PI);
};
