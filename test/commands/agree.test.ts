import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../io/read-back.js";
import { call, interruptMidway, resultIn } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-agree-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = {
  model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 },
  initial: { kind: "vmf", components: [{ weight: 1, kappa: 1, mean: [1, 0] }] },
  solver: { kind: "density", lmax: 15, horizon: 0.0625, steps: 8 },
  ensemble: { seed: '<b>&"x"' },
  observe: ["order-parameter", "mean-overlap", "overlap"],
  agree: {
    tokens: [16, 32, 64],
    repetitions: 8,
    transformer: { tokens: 4, heads: 2, layers: 4, paths: 20 },
  },
};

const write = (name: string, change: object = {}): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ ...small, ...change }));
  return path;
};

describe("commonnoise agree", () => {
  it("ends with 0 when all claims hold, and shows the finished result again", () => {
    const out = join(folder, "holds");
    const path = write("holds");
    const first = call("agree", path, "--out", out);
    expect(first.status, first.stderr + first.stdout).toBe(0);
    const result = resultIn(out);
    expect(result).toMatchObject({ agrees: true, notReached: [] });
    expect(first.stdout).toContain("Left out, since a density has no single tokens: overlap.");
    const again = call("agree", path, "--out", out);
    expect([again.status, `${again.stdout}Written to ${out}.\n`]).toEqual([0, first.stdout]);
    expect(again.stderr).toContain("holds this result already, finished");
    expect(call("agree", path, "--out", out, "--json").stdout).toBe(result.text);

    const { side, value, time, observable } = readTable(readFileSync(join(out, "observables.csv"), "utf8"));
    expect([...new Set(side)]).toEqual([
      "density",
      "characteristics",
      "tokens",
      "transformer",
      "equation in law",
    ]);
    const { mean } = (result.observables as Record<string, { mean: number[] }>)["mean-overlap"];
    const last = side.findIndex(
      (s, i) => s === "density" && observable[i] === "mean-overlap" && Number(time[i]) === 0.0625,
    );
    expect(Number(value[last])).toBe(mean[8]);
    const moments = readTable(readFileSync(join(out, "token-moments.csv"), "utf8"));
    // Three levels, eight repetitions, nine moments to degree four.
    expect(moments.value).toHaveLength(3 * 8 * 9);

    const html = readFileSync(join(out, "report.html"), "utf8");
    expect(html).not.toContain('<b>&"x"');
    expect(html).toContain("seed &quot;&lt;b&gt;&amp;&quot;x&quot;&quot;");
  });

  it("ends with 1 when a claim fails, also when the result is shown again", () => {
    const out = join(folder, "fails");
    const path = write("fails", { agree: { ...small.agree, tolerance: 1e-30 } });
    const first = call("agree", path, "--out", out);
    expect(first.status, first.stderr).toBe(1);
    expect(first.stderr).toBe(
      "DISAGREEMENT: density against characteristics: harmonic moments to degree 4.\n",
    );
    expect(resultIn(out).agrees).toBe(false);
    const again = call("agree", path, "--out", out);
    expect([again.status, `${again.stdout}Written to ${out}.\n`]).toEqual([1, first.stdout]);
  });

  it("ends with 3 when the density leaves its harmonics, and keeps everything else", () => {
    const solver = { ...small.solver, lmax: 5, horizon: 16, steps: 64 };
    const path = write("unresolved", { solver });
    const out = join(folder, "unresolved");
    const { status, stdout, stderr } = call("agree", path, "--out", out, "--json");
    expect(status, stderr).toBe(3);
    const result = resultIn(out) as ReturnType<typeof resultIn> & {
      stopped: { done: number; cause: string };
      claims: { claim: string }[];
      tokens: { moments: number[][][] };
    };
    expect(stdout).toBe(result.text);
    expect(result.stopped.cause).toContain("the density has left degree 5");
    expect(stderr).toMatch(
      /^Stopped after \d+ of 64 steps of the density, at t = [\d.]+: the density has left/m,
    );
    expect(result.notReached).toHaveLength(4);
    expect(result.claims.map(({ claim }) => claim)).toEqual([
      "transformer against the equation in law: order-parameter (in standard errors)",
      "transformer against the equation in law: mean-overlap (in standard errors)",
    ]);
    expect(result.tokens.moments.map((level) => level.length)).toEqual([8, 8, 8]);
  });

  it("refuses the noise of another model before it computes the other sides", () => {
    const path = write("table", {
      noise: { kind: "table", increments: Array.from({ length: 8 }, () => [0, 0]) },
      agree: { ...small.agree, transformer: { ...small.agree.transformer, paths: 10_000_000 } },
    });
    const out = join(folder, "refused");
    const { status, stdout, stderr } = call("agree", path, "--out", out);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^noise\.increments\[0\]: [^\n]*\n$/);
  });
});

describe("a directory with the result of something else", () => {
  it("is refused with what differs, and replaced with --force by a finished result only", async () => {
    const out = join(folder, "taken");
    expect(call("agree", write("first"), "--out", out).status).toBe(0);
    const { text } = resultIn(out);
    const second = write("second", { ensemble: { seed: "another" } });
    expect(call("agree", second, "--out", out)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/\(ensemble\.seed: "[^\n]* there, "another" here\)/) as string,
    });
    expect(call("run", write("first"), "--out", out)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(command: "agree" there, "run" here)') as string,
    });

    const slow = write("slow", { solver: { ...small.solver, steps: 2 ** 18, area: "none" } });
    const stopped = await interruptMidway(["agree", slow, "--force"], out, "SIGINT");
    expect(stopped.status, stopped.stderr).toBe(3);
    expect(stopped.stdout).toContain(`Written to ${out}-stopped.\n`);
    expect(resultIn(`${out}-stopped`)).toHaveProperty("stopped");
    expect(resultIn(out).text).toBe(text);

    expect(call("agree", second, "--out", out, "--force").status).toBe(0);
    expect(resultIn(out)).toMatchObject({ manifest: { seed: "another" } });
  });
});
