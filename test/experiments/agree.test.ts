import { describe, expect, it } from "vitest";
import { rateClaim, verdictOf } from "../../src/experiments/agree/verdict.js";
import { lawSide } from "../../src/experiments/agree/law-side.js";
import { limitSide } from "../../src/experiments/agree/limit-side.js";
import { agreeSettings, lawObservables } from "../../src/experiments/agree/settings.js";
import { tokenSide } from "../../src/experiments/agree/token-side.js";
import { estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";

const circle = {
  model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 },
  initial: {
    kind: "vmf",
    components: [
      { weight: 0.5, kappa: 2, mean: [1, 0] },
      { weight: 0.5, kappa: 2, mean: [0, 1] },
    ],
  },
  solver: { kind: "density", lmax: 31, horizon: 0.25, steps: 64 },
  ensemble: { seed: "circle" },
  observe: ["order-parameter", "mean-overlap"],
  agree: {
    tokens: [64, 128, 256, 512],
    tokenSteps: 16,
    repetitions: 30,
    transformer: { tokens: 8, heads: 2, layers: 16, paths: 200 },
  },
};

const config = parseConfig(circle);
const failing = (claims: readonly { verdict: string; claim: string }[]): string[] =>
  claims.filter(({ verdict }) => verdict === "fails").map(({ claim }) => claim);

describe("the four sides of one common noise", () => {
  const limit = limitSide(config);
  const tokens = tokenSide(config);
  const law = lawSide(config);

  it("agree", () => {
    const { claims, rates } = verdictOf(config, { limit, tokens, law, stops: {} });
    expect(failing(claims)).toEqual([]);
    expect(claims).toHaveLength(6);
    expect(rates[rates.length - 1].levels.map((level) => level.tokens)).toEqual([64, 128, 256, 512]);
    // Thirds on the grid of the tokens, 16 steps.
    expect(limit.snapshots.map(({ time }) => time)).toEqual([0, 5 / 64, 11 / 64, 1 / 4]);
    expect(tokens.shown).toHaveLength(4);
    // Sixteen layers of two heads reach the horizon of the diffusive clock, eta^2 L / H.
    expect((law!.eta ** 2 * 16) / 2).toBeCloseTo(0.25, 14);
  });

  it.each([
    [1, [0, 1 / 4]],
    [2, [0, 1 / 8, 1 / 4]],
    [64, [0, 21 / 256, 43 / 256, 1 / 4]],
  ])("are drawn at the same times, however few steps the tokens take: %i", (tokenSteps, times) => {
    const coarse = parseConfig({ ...circle, agree: { ...circle.agree, tokens: [1, 2, 3], tokenSteps } });
    expect(limitSide(coarse).snapshots.map(({ time }) => time)).toEqual(times);
    expect(tokenSide(coarse).shown).toHaveLength(times.length);
  });

  it("would not with tokens that follow another path", () => {
    const other = tokenSide(parseConfig({ ...circle, ensemble: { seed: "another path" } }));
    expect(failing(verdictOf(config, { limit, tokens: other, law, stops: {} }).claims)).toEqual([
      expect.stringMatching(/^random tokens against the density/),
    ]);
  });

  it("would not with a density of another degree of accuracy, or transformers that start elsewhere", () => {
    const coarse = limitSide(parseConfig({ ...circle, solver: { ...circle.solver, lmax: 5 } }));
    expect(failing(verdictOf(config, { limit: coarse, tokens, law: null, stops: {} }).claims)).toContainEqual(
      expect.stringMatching(/^density against characteristics/),
    );
    const uniform = lawSide(parseConfig({ ...circle, initial: { kind: "uniform" } }))!;
    const mixed = { ...law!, transformer: uniform.transformer };
    expect(
      failing(verdictOf(config, { limit, tokens, law: mixed, stops: {} }).claims).length,
    ).toBeGreaterThan(0);
  });

  it("are not judged in law without a standard error of both, and say so", () => {
    for (const side of ["transformer", "equation"] as const) {
      const moments = law![side]["order-parameter"];
      const unknown = { ...moments, stderr: moments.stderr.map(() => null) };
      const lacking = { ...law!, [side]: { ...law![side], "order-parameter": unknown } };
      expect(failing(verdictOf(config, { limit, tokens, law: lacking, stops: {} }).claims)).toEqual([
        "transformer against the equation in law: order-parameter (no standard error to judge it by)",
      ]);
    }
  });

  it("leave out what single tokens have, and refuse an observable nobody knows", () => {
    const names = (observe: string[]) => Object.keys(lawObservables(parseConfig({ ...circle, observe })));
    expect(names(["overlap", "overlap:0,1", "mean-overlap"])).toEqual(["mean-overlap"]);
    expect(() => names(["mean-overlap", "ordr"])).toThrow(/^observe\[1\]: .*"mean-overlap"/);
  });

  it("refuse what has no density, a path too coarse, and numbers of tokens that do not rise", () => {
    const wrong = (change: object) => () => agreeSettings(parseConfig({ ...circle, ...change }));
    expect(wrong({ initial: { kind: "uniform" }, agree: { ...circle.agree, tokenSteps: 24 } })).toThrow(
      /^agree\.tokenSteps: /,
    );
    for (const tokens of [
      [64, 64, 128],
      [64, 32, 128],
    ])
      expect(wrong({ agree: { ...circle.agree, tokens } })).toThrow(
        `agree.tokens[1]: ${tokens[1]} does not rise above 64 before it`,
      );
    expect(wrong({ solver: { ...circle.solver, kappa: 0.5 } })).toThrow(/^solver\.kappa: /);
    const heads = { law: "gaussian", sigmaA: 0.5 };
    const onClock = (eta: number): object => ({
      model: { name: "homogenized", dimension: 2, beta: 1, heads, clock: { eta, heads: 4 } },
      solver: { ...circle.solver, horizon: 0.25 },
      agree: { ...circle.agree, transformer: { tokens: 4, heads: 2, layers: 4, paths: 3 } },
    });
    for (const [eta, layers] of [
      [8, "0.03125"],
      [0.1, "2.5"],
    ] as const) {
      expect(wrong(onClock(eta))).toThrow(
        `solver.horizon: 0.25 is ${layers} layers of model.clock.eta ${eta}; want a whole number of them`,
      );
      expect(estimate(parseConfig({ ...circle, ...onClock(eta) }), "agree").operations).toBeGreaterThan(0);
    }
    expect(wrong(onClock(0.05))).not.toThrow();
    expect(
      wrong({
        model: { ...circle.model, dimension: 5 },
        initial: { kind: "uniform", tokens: 4 },
        solver: { kind: "particles", horizon: 1, steps: 4 },
      }),
    ).toThrow(/^model\.dimension: /);
  });
});

describe("sides that end early", () => {
  const small = parseConfig({
    ...circle,
    solver: { kind: "density", lmax: 15, horizon: 0.25, steps: 16 },
    agree: {
      tokens: [16, 32, 64],
      tokenSteps: 4,
      repetitions: 3,
      transformer: { tokens: 4, heads: 2, layers: 4, paths: 3 },
    },
  });
  const whole = { limit: limitSide(small), tokens: tokenSide(small), law: lawSide(small)! };
  /** Asked to stop after so many steps. */
  const after = (steps: number) => {
    let taken = 0;
    return { stopping: () => ++taken >= steps };
  };
  const claimed = ({ claims }: { claims: readonly { claim: string }[] }) => claims.map(({ claim }) => claim);

  /** Asks for an end once so many steps of density and characteristics are done. */
  const atStep = (step: number) => {
    let at = 0;
    return { onProgress: (done: number) => void (at = done), stopping: () => at >= step };
  };

  it("give a density until then: the same numbers as those of the whole one", () => {
    const part = limitSide(small, atStep(5));
    expect(part.stopped).toMatchObject({ done: 5, of: 16, unit: "steps of the density", interrupted: true });
    expect(part.times).toEqual(whole.limit.times.slice(0, 6));
    for (const [name, values] of Object.entries(part.density))
      expect(values).toEqual(whole.limit.density[name].slice(0, 6));
    expect(part.characteristics).toEqual({});
    expect(part.reached).toEqual({ density: false, characteristics: false });
    const verdict = verdictOf(small, { ...whole, limit: part, stops: { limit: part.stopped } });
    expect(verdict.notReached).toHaveLength(4);
    expect(verdict.rates).toEqual([]);
    expect(claimed(verdict)).toEqual([
      "transformer against the equation in law: order-parameter (in standard errors)",
      "transformer against the equation in law: mean-overlap (in standard errors)",
    ]);
  });

  it("give characteristics until then beside a whole density", () => {
    const part = limitSide(small, atStep(16 + 7));
    expect(part.stopped).toMatchObject({ done: 7, of: 16, unit: "steps of the characteristics" });
    expect(part.differences).toEqual(whole.limit.differences.slice(0, 8));
    expect(part.density).toEqual(whole.limit.density);
    const verdict = verdictOf(small, { ...whole, limit: part, stops: { limit: part.stopped } });
    expect(verdict.notReached).toEqual(["density against characteristics: harmonic moments to degree 4"]);
    expect(claimed(verdict)).toHaveLength(5);
  });

  it("give whole clouds of tokens, and rates over whole levels", () => {
    // Three questions a cloud of four steps: the cloud that is shown, both first levels, one of the third.
    const part = tokenSide(small, after(3 * (1 + 3 + 3 + 1) + 2));
    expect(part.stopped).toMatchObject({ done: 8, of: 10, unit: "clouds of tokens", interrupted: true });
    expect(part.moments.map((level) => level.length)).toEqual([3, 3, 1]);
    part.moments.forEach((level, i) => expect(level).toEqual(whole.tokens.moments[i].slice(0, level.length)));
    expect(part.observables).toEqual(whole.tokens.observables);
    expect(part.shown).toEqual(whole.tokens.shown);
    const verdict = verdictOf(small, { ...whole, tokens: part, stops: { tokens: part.stopped } });
    expect(verdict.notReached).toEqual(["random tokens against the density: the rate in n meets"]);
    expect(verdict.rates.at(-1)!.levels.map(({ tokens }) => tokens)).toEqual([16, 32]);
    const all = verdictOf(small, { ...whole, stops: {} }).rates.at(-1)!;
    expect(verdict.rates.at(-1)!.levels.map(({ error }) => error)).toEqual(
      all.levels.slice(0, 2).map(({ error }) => error),
    );
    const none = tokenSide(small, after(1));
    expect(none.stopped?.done).toBe(0);
    expect(verdictOf(small, { ...whole, tokens: none, stops: { tokens: none.stopped } }).rates).toEqual([]);
  });

  it("give whole paths of transformers and of the equation", () => {
    const part = lawSide(small, after(3 * 4 + 1))!;
    expect(part.stopped).toMatchObject({ done: 4, of: 6, unit: "paths", interrupted: true });
    expect(part.done).toEqual({ transformer: 3, equation: 1 });
    expect(part.transformer).toEqual(whole.law.transformer);
    expect(part.equation["mean-overlap"].stderr.every((error) => error === null)).toBe(true);
    const verdict = verdictOf(small, { ...whole, law: part, stops: { law: part.stopped } });
    expect(verdict.notReached).toEqual([
      "transformer against the equation in law: order-parameter",
      "transformer against the equation in law: mean-overlap",
    ]);
    const none = lawSide(small, after(1))!;
    expect(none.done).toEqual({ transformer: 0, equation: 0 });
    expect(none.equation["mean-overlap"]).toEqual({ mean: [], stderr: [] });
  });

  it("judge nothing where there is nothing, and leave out what was left out", () => {
    const stop = { cause: "a fault", done: 0, of: 1, unit: "sides" };
    const nothing = { limit: null, tokens: null, law: null };
    const failed = verdictOf(small, { ...nothing, stops: { limit: stop, tokens: stop, law: stop } });
    expect([failed.claims, failed.notReached.length]).toEqual([[], 6]);
    expect(verdictOf(small, { ...nothing, stops: { limit: stop, tokens: stop } }).notReached).toHaveLength(4);
  });

  it("say a field that is too large, and keep the rest", () => {
    const increments = Array.from({ length: 16 }, (_, s) => new Array<number>(8).fill(s < 8 ? 0.01 : 1e200));
    const wild = parseConfig({
      ...small,
      ensemble: { seed: "wild", paths: 1 },
      noise: { kind: "table", increments },
    });
    const tokens = tokenSide(wild);
    expect(tokens.stopped?.interrupted).toBeUndefined();
    expect(tokens.stopped).toMatchObject({ done: 0, of: 10, unit: "clouds of tokens" });
    expect(tokens.stopped!.cause).toMatch(/too large/);
    const limit = limitSide(wild);
    expect(limit.stopped).toMatchObject({ done: 8, of: 16, unit: "steps of the density" });
    expect(limit.times).toHaveLength(9);
    for (const values of Object.values(limit.characteristics)) expect(values).toHaveLength(9);
    expect(limit.differences).toHaveLength(9);
  });
});

describe("the claim of a rate", () => {
  it("fails for a study that stopped, whatever its fit", () => {
    const fit = { slope: -0.5, interval: [-0.52, -0.48], constant: 1 } as const;
    const stopped = { path: 5, cause: "too far", done: 5, of: 10, unit: "paths" } as const;
    expect(rateClaim("rate", { fit }).verdict).toBe("holds");
    expect(rateClaim("rate", { fit, stopped })).toMatchObject({ value: NaN, verdict: "fails" });
  });

  const verdict = (fit: { slope: number; interval: readonly [number, number] } | null) =>
    rateClaim("rate", { fit: fit && { ...fit, constant: 1 } });

  it("meets -1/2 with an interval that does, narrow or wide, and fails beside it", () => {
    expect(verdict({ slope: -0.5, interval: [-0.52, -0.48] }).verdict).toBe("holds");
    expect(verdict({ slope: -0.1, interval: [-1, 0.8] }).verdict).toBe("holds");
    expect(verdict({ slope: -0.1, interval: [-0.3, 0.1] }).verdict).toBe("fails");
    expect(verdict({ slope: -0.9, interval: [-1, -0.7] }).verdict).toBe("fails");
  });

  it("fails without a fit, and without an interval", () => {
    expect(verdict(null)).toMatchObject({ value: NaN, interval: [-Infinity, Infinity], verdict: "fails" });
    for (const interval of [
      [-0.5, -0.5],
      [-Infinity, Infinity],
      [-Infinity, -0.4],
      [-0.5, Infinity],
      [NaN, NaN],
    ] as const) {
      expect(verdict({ slope: -0.5, interval })).toMatchObject({
        value: -0.5,
        interval: [-Infinity, Infinity],
        verdict: "fails",
      });
    }
  });
});
