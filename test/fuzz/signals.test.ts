import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { call, interruptMidway, resultIn, start, wait } from "../commands/child.js";

/**
 * Signals at random moments: every command keeps what it has computed, says so, and leaves nothing else behind. The moments
 * are random, what must hold does not depend on them. `SIGNALS` says how many; `npm run fuzz` sends sixty.
 */
const COUNT = Number(process.env.SIGNALS ?? 10);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-signals-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 };
const bump = { kind: "vmf", tokens: 16, components: [{ weight: 1, kappa: 1, mean: [1, 0] }] };

/** Each works for some seconds, in pieces of some milliseconds. */
const ensemble = {
  model: attention,
  initial: bump,
  solver: { kind: "particles", scheme: "milstein", horizon: 1, steps: 32 },
  ensemble: { paths: 20_000, seed: "signals" },
  observe: ["mean-overlap", "order-parameter"],
};
const study = { ...ensemble, ensemble: { seed: "signals" }, study: { levels: [8, 16, 32], paths: 5000 } };
const agree = {
  model: attention,
  initial: bump,
  solver: { kind: "density", lmax: 15, horizon: 0.25, steps: 64 },
  ensemble: { seed: "signals" },
  agree: { tokens: [64, 128, 256], repetitions: 16 },
};

const COMMANDS: readonly { readonly args: readonly string[]; readonly config?: object }[] = [
  { args: ["run"], config: ensemble },
  {
    args: ["run"],
    config: { ...ensemble, ensemble: { seed: "one" }, solver: { ...ensemble.solver, steps: 65_536 } },
  },
  { args: ["study", "strong"], config: study },
  { args: ["study", "weak"], config: study },
  { args: ["agree"], config: agree },
  { args: ["figure", "1", "--quick"] },
  { args: ["figure", "3", "--quick"] },
  { args: ["validate", "--only", "two-tokens"] },
];

describe("a signal at any moment", () => {
  const source = stream("signals", "moments");
  const draws = new Float64Array(3);
  const cases = Array.from({ length: COUNT }, (_, k) => {
    source.uniforms(k, 0, draws);
    const signal = (["SIGINT", "SIGTERM", "SIGHUP"] as const)[Math.floor(3 * draws[0])];
    const after = Math.round(30 + 4000 * draws[1] ** 2);
    const command = COMMANDS[k % COMMANDS.length];
    return [k, command.args.join(" "), command, signal, after] as const;
  });

  it.each(cases)("%i: %s", async (k, _, { args, config }, signal, after) => {
    const out = join(folder, `out-${k}`);
    const file = join(folder, `${k}.json`);
    if (config) writeFileSync(file, JSON.stringify(config));
    const all = [...args, ...(config ? [file] : []), "--json", "--out", out];
    const program = start(...all);
    await wait(after);
    program.kill(signal);
    const { status, signal: by, stdout, stderr } = await program.ended;
    const what = `${all.join(" ")}, ${signal} after ${after} ms: exit ${status ?? by}, ${stderr}`;

    expect(stderr, what).not.toMatch(/\n\s+at /);
    const kept = status === 3 || status === 0 || status === 1;
    if (!kept) {
      // Before the program listens, the signal itself ends it.
      expect(status === 130 || by === signal, what).toBe(true);
      expect(existsSync(out), what).toBe(false);
      expect(stdout, what).toBe("");
      return;
    }
    const files = readdirSync(out);
    expect(
      files.filter((name) => name.startsWith(".") || name.includes("lock")),
      what,
    ).toEqual([]);
    const text = readFileSync(join(out, "run.json"), "utf8");
    expect(stdout, what).toBe(text);
    const { files: listed } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
      files: string[];
    };
    expect(files.sort(), what).toEqual([...listed].sort());
    const { stopped } = JSON.parse(text) as { stopped?: { done: number; of: number; unit: string } };
    expect(stopped !== undefined, what).toBe(status === 3);
    if (!stopped) return;
    expect(stopped.done, what).toBeGreaterThan(0);
    const [done, of] = [stopped.done, stopped.of].map((n) => n.toLocaleString("en-US"));
    expect(stderr, what).toContain(`Interrupted after ${done} of ${of} ${stopped.unit}; what was computed`);
  });

  it("keeps exactly the paths that were done", async () => {
    const out = join(folder, "exact");
    const file = join(folder, "exact.json");
    writeFileSync(file, JSON.stringify(ensemble));
    const { status } = await interruptMidway(["run", file], out, "SIGTERM");
    expect(status).toBe(3);
    const part = resultIn(out) as unknown as { observables: unknown; stopped: { done: number } };
    const again = { ...ensemble, ensemble: { ...ensemble.ensemble, paths: part.stopped.done } };
    writeFileSync(file, JSON.stringify(again));
    const whole = call("run", file, "--json");
    expect(whole.status).toBe(0);
    expect((JSON.parse(whole.stdout) as { observables: unknown }).observables).toEqual(part.observables);
  });
});
