import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { interruptMidway } from "./child.js";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

interface Output {
  observables: Record<string, { time: number[]; mean: number[]; stderr: (number | null)[] }>;
  diagnostics: Record<string, unknown>;
  manifest: { config: unknown; seed: string };
  final?: { points?: number[][]; coefficients?: Record<string, number> };
}

const contract = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, sigmaV: 0.577, atoms: 8 },
  initial: {
    kind: "points",
    points: [
      [1, 0, 0],
      [0.2, 0.9797958971132712, 0],
    ],
  },
  solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 64 },
  ensemble: { paths: 50, seed: "any string" },
  observe: ["overlap", "mean-overlap"],
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const call = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
};

describe("commonnoise run", () => {
  it("prints one JSON object with observables, diagnostics and manifest, and nothing else", () => {
    const { status, stdout, stderr } = call("run", write("a.json", contract), "--json");
    expect(status).toBe(0);
    expect(stderr).toBe("");
    const output = JSON.parse(stdout) as Output;
    for (const name of contract.observe) {
      const { time, mean, stderr: errors } = output.observables[name];
      expect([time.length, mean.length, errors.length]).toEqual([65, 65, 65]);
      expect(time[64]).toBe(1);
      expect(errors[64]).toBeGreaterThan(0);
    }
    expect(output.observables.overlap.mean[0]).toBeCloseTo(0.2, 14);
    // The mean overlap of two tokens is (1 + R) / 2.
    expect(output.observables["mean-overlap"].mean[64]).toBeCloseTo(
      (1 + output.observables.overlap.mean[64]) / 2,
      13,
    );
    expect(output.manifest.seed).toBe("any string");
    expect(output.diagnostics.strongOrder).toBe(0.5);
  });

  it("is byte-identical from process to process, and differs with the seed", () => {
    const path = write("b.json", contract);
    const first = execFileSync(process.execPath, [cli, "run", path, "--json"]);
    const second = execFileSync(process.execPath, [cli, "run", path, "--json"]);
    expect(first.equals(second)).toBe(true);
    const other = write("c.json", { ...contract, ensemble: { paths: 50, seed: "another string" } });
    expect(execFileSync(process.execPath, [cli, "run", other, "--json"]).equals(first)).toBe(false);
  });

  it("takes a path of the user's, from the config or a file, and gives the final points", () => {
    const d = 2;
    const increments = [
      [0.1, -0.2, 0.05, 0.3],
      [0.02, 0.1, -0.1, 0.2],
    ];
    const config = {
      model: {
        name: "gaussian-attention",
        dimension: d,
        beta: 0,
        sigmaV: 1,
        atoms: [
          [
            [1, 0],
            [0, 1],
          ],
        ],
      },
      initial: {
        kind: "points",
        points: [
          [1, 0],
          [0, 1],
        ],
      },
      solver: { kind: "particles", horizon: 0.5, steps: 2 },
      noise: { kind: "table", increments },
    };
    // At beta = 0 every barycentre is the mean of the points, so a step is x <- N(x + P_x dW xbar).
    let points = [
      [1, 0],
      [0, 1],
    ];
    for (const W of increments) {
      const mean = [0, 1].map((a) => (points[0][a] + points[1][a]) / 2);
      const U = [0, 1].map((a) => W[2 * a] * mean[0] + W[2 * a + 1] * mean[1]);
      points = points.map((x) => {
        const normal = x[0] * U[0] + x[1] * U[1];
        const y = x.map((v, a) => v + U[a] - normal * v);
        return y.map((v) => v / Math.hypot(...y));
      });
    }
    const fromTable = JSON.parse(call("run", write("d.json", config), "--json").stdout) as Output;
    fromTable.final!.points!.flat().forEach((v, i) => expect(v).toBeCloseTo(points.flat()[i], 14));
    write("path.csv", increments.map((row) => row.join(",")).join("\n"));
    const file = { ...config, noise: { kind: "file", path: "path.csv" } };
    const fromFile = JSON.parse(call("run", write("e.json", file), "--json").stdout) as Output;
    expect(fromFile.final).toEqual(fromTable.final);
  });

  it("gives the coefficients of a density by degree and order", () => {
    const config = {
      model: { name: "rotation", dimension: 3 },
      initial: { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [1, 0, 0] }] },
      solver: { kind: "density", lmax: 8, horizon: 0.25, steps: 8 },
    };
    const output = JSON.parse(call("run", write("f.json", config), "--json").stdout) as Output;
    const { coefficients } = output.final!;
    expect(Object.keys(coefficients!)).toHaveLength(81);
    expect(coefficients!["0,0"]).toBeCloseTo(1 / Math.sqrt(4 * Math.PI), 13);
    // A rotation about z only turns the mean in the plane: |(1,1), (1,-1)| keeps coth(2) - 1/2.
    const resultant = Math.hypot(coefficients!["1,1"], coefficients!["1,-1"]) / Math.sqrt(3 / (4 * Math.PI));
    // Classical RK4 loses at most |dW|^6 / 144 of the length in each of eight steps of variance 1/32.
    expect(resultant).toBeCloseTo(1 / Math.tanh(2) - 0.5, 5);
  });

  it("writes a directory that others can open", () => {
    const out = join(folder, "out");
    expect(call("run", write("g.json", contract), "--out", out).status).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      "manifest.json",
      "observables.csv",
      "observables.png",
      "observables.svg",
      "run.json",
    ]);
    expect(readFileSync(join(out, "observables.csv"), "utf8").split("\n")[0]).toBe(
      "time,overlap,overlap stderr,mean-overlap,mean-overlap stderr",
    );
    expect(call("run", write("h.json", contract), "--out", folder).status).toBe(2);
  });
});

describe("an interrupt", () => {
  it("ends an ensemble with what it has: exit code 3, a sentence, readable JSON", async () => {
    const long = { ...contract, ensemble: { paths: 2_000_000, seed: "long" } };
    const args = ["run", write("long.json", long), "--json"];
    const { status, stdout, stderr } = await interruptMidway(args, null, "SIGINT");
    expect(stderr).toMatch(
      /^(?:paths: .*\n)*Interrupted after [\d,]+ of 2,000,000 paths; what was computed until then is kept\.\n$/,
    );
    expect(status).toBe(3);
    const output = JSON.parse(stdout) as Output & { stopped: { done: number } };
    expect(output.stopped.done).toBeGreaterThan(0);
    expect(output.diagnostics.paths).toBe(output.stopped.done);
    expect(output.observables.overlap.mean).toHaveLength(65);
  });
});

describe("bad input", () => {
  const points = contract.initial.points;
  const cases: [string, unknown, RegExp][] = [
    ["an unknown key", { ...contract, solvr: {} }, /^solvr: /],
    ["an unknown nested key", { ...contract, solver: { ...contract.solver, stepz: 3 } }, /^solver\.stepz: /],
    ["NaN", JSON.stringify(contract).replace('"beta":1', '"beta":NaN'), /^model\.beta: .*finite number/],
    [
      "a negative step",
      { ...contract, solver: { ...contract.solver, steps: -4 } },
      /^solver\.steps: .*at least 1/,
    ],
    [
      "a negative horizon",
      { ...contract, solver: { ...contract.solver, horizon: -1 } },
      /^solver\.horizon: .*greater than 0/,
    ],
    [
      "dimension one",
      { ...contract, model: { ...contract.model, dimension: 1 } },
      /^model\.dimension: .*at least 2/,
    ],
    [
      "a point off the sphere",
      { ...contract, initial: { kind: "points", points: [points[0], [1, 1, 0]] } },
      /^initial\.points\[1\]: .*unit vector/,
    ],
    [
      "zero tokens",
      { ...contract, initial: { kind: "uniform", tokens: 0 } },
      /^initial\.tokens: .*at least 1/,
    ],
    ["no tokens", { ...contract, initial: { kind: "uniform" } }, /^initial\.tokens: .*missing/],
    [
      "atoms of the wrong shape",
      {
        ...contract,
        model: {
          ...contract.model,
          atoms: [
            [
              [1, 0, 0],
              [0, 1],
              [0, 0, 1],
            ],
          ],
        },
      },
      /^model\.atoms\[0\]\[1\]: .*want 3/,
    ],
    [
      "too few rows in an atom",
      { ...contract, model: { ...contract.model, atoms: [[[1, 0, 0]]] } },
      /^model\.atoms\[0\]: .*want 3/,
    ],
    [
      "an observable of tokens that are not there",
      { ...contract, initial: { kind: "uniform", tokens: 1 } },
      /^observe\[0\]: /,
    ],
    ["an unknown observable", { ...contract, observe: ["overlapp"] }, /^observe\[0\]: .*"overlap"/],
    [
      "a scheme nobody knows",
      { ...contract, solver: { ...contract.solver, scheme: "euler" } },
      /^solver\.scheme: .*"euler-maruyama"/,
    ],
    [
      "a table of the wrong width",
      {
        ...contract,
        ensemble: { paths: 1 },
        noise: { kind: "table", increments: new Array(64).fill([1, 2]) },
      },
      /^noise\.increments\[0\]: .*72/,
    ],
    [
      "text instead of a number",
      { ...contract, model: { ...contract.model, beta: "1" } },
      /^model\.beta: want a finite number/,
    ],
    ["no JSON at all", "{ model: }", /^config: not valid JSON/],
  ];

  it.each(cases)(
    "%s: one sentence that names the key's path, exit code 2, nothing written",
    (_, content, sentence) => {
      const out = join(folder, "never");
      const { status, stdout, stderr } = call("run", write("bad.json", content), "--json", "--out", out);
      expect(stderr).toMatch(sentence);
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(readdirSync(folder)).not.toContain("never");
    },
  );

  it("is refused by agree in the same way, before any thread is started", () => {
    const density = {
      model: { name: "rotation", dimension: 2 },
      initial: { kind: "uniform" },
      solver: { kind: "density", lmax: 4, horizon: 0.1, steps: 2 },
      observe: ["ordr"],
    };
    const { status, stdout, stderr } = call("agree", write("bad-agree.json", density));
    expect(stderr).toMatch(/^observe\[0\]: /);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it("names a file that is not there, a command that is not known, an option that is not known", () => {
    expect(call("run", join(folder, "nowhere.json"))).toMatchObject({ status: 2, stdout: "" });
    expect(call("walk", "x.json").status).toBe(2);
    expect(call("run", write("i.json", contract), "--jsn").status).toBe(2);
  });
});
