import { describe, expect, it } from "vitest";
import { verdictOf } from "../../src/experiments/agree/verdict.js";
import { lawSide } from "../../src/experiments/agree/law-side.js";
import { limitSide } from "../../src/experiments/agree/limit-side.js";
import { agreeSettings, lawObservables } from "../../src/experiments/agree/settings.js";
import { tokenSide } from "../../src/experiments/agree/token-side.js";
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
    expect(limit.snapshots.map(({ time }) => time)).toEqual([0, 21 / 256, 43 / 256, 1 / 4]);
    expect(tokens.shown).toHaveLength(4);
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

  it("leave out what single tokens have, and refuse an observable nobody knows", () => {
    const names = (observe: string[]) => Object.keys(lawObservables(parseConfig({ ...circle, observe })));
    expect(names(["overlap", "overlap:0,1", "mean-overlap"])).toEqual(["mean-overlap"]);
    expect(() => names(["mean-overlap", "ordr"])).toThrow(/^observe\[1\]: .*"mean-overlap"/);
  });

  it("refuse what has no density, and a path too coarse", () => {
    const wrong = (change: object) => () => agreeSettings(parseConfig({ ...circle, ...change }));
    expect(wrong({ initial: { kind: "uniform" }, agree: { ...circle.agree, tokenSteps: 24 } })).toThrow(
      /^agree\.tokenSteps: /,
    );
    expect(wrong({ solver: { ...circle.solver, kappa: 0.5 } })).toThrow(/^solver\.kappa: /);
    expect(
      wrong({
        model: { ...circle.model, dimension: 5 },
        initial: { kind: "uniform", tokens: 4 },
        solver: { kind: "particles", horizon: 1, steps: 4 },
      }),
    ).toThrow(/^model\.dimension: /);
  });
});
