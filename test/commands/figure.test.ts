import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../src/io/json.js";
import { identity } from "../../src/io/manifest.js";
import { runJson } from "../../src/io/run-record.js";
import { judge } from "../../src/studies/claim.js";
import { claimJson } from "../../src/commands/claim-table.js";
import { call } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-figure-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a finished result there, as the command would. */
function finished(
  name: string,
  result: Readonly<Record<string, Json>>,
  facts: Parameters<typeof identity>[0],
) {
  const out = join(folder, name);
  mkdirSync(out);
  const manifest = identity(facts);
  const text = runJson({ ...result, manifest });
  writeFileSync(join(out, "run.json"), text);
  writeFileSync(
    join(out, "manifest.json"),
    JSON.stringify({ ...manifest, files: ["manifest.json", "run.json"] }),
  );
  return { out, text };
}

const claims = (slope: number) => [
  claimJson(judge("a slope", slope, [slope - 0.1, slope + 0.1], [0.8, 1.2])),
  claimJson(judge("a bound", 3, [2, 4], [1, Infinity])),
];

describe("commonnoise figure", () => {
  it.each(["5", "", "toString", "__proto__", "constructor"])(
    'refuses "%s", naming the figures there are, before anything is made',
    (number) => {
      const out = join(folder, "never");
      const { status, stdout, stderr } = call("figure", number, "--quick", "--out", out);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toBe(`figure: there is no figure "${number}"; want 1, 2, 3, 4.\n`);
      expect(existsSync(out)).toBe(false);
    },
  );

  it.each([
    ["0 when its claims hold", 1, 0, "holds"],
    ["1 when one fails", 2, 1, "FAILS"],
  ] as const)("shows a finished figure again, from what is stored: %s", (name, slope, code, verdict) => {
    const { out, text } = finished(
      name,
      {
        figure: "figure-2",
        size: "full",
        caption: "Words.",
        claims: claims(slope),
        parameters: {},
        tables: {},
      },
      { command: "figure 2", config: { figure: "figure-2", size: "full" }, seed: "paper" },
    );
    const shown = call("figure", "2", "--out", out);
    expect(shown.status).toBe(code);
    expect(shown.stdout).toMatch(/^Words\.\n\nclaim +value +interval +wanted +verdict\n/);
    expect(shown.stdout).toContain(verdict);
    expect(shown.stdout).toMatch(/a bound +3 +\[2, 4\] +\[1, ∞\] +holds/);
    expect(call("figure", "2", "--out", out, "--json")).toMatchObject({ status: code, stdout: text });
    const other = call("figure", "2", "--quick", "--out", out);
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('(size: "full" there, "quick" here)');
    expect(call("figure", "2", "--seed", "s", "--out", out).stderr).toContain(
      '(seed: "paper" there, "s" here)',
    );
    expect(readdirSync(out).sort()).toEqual(["manifest.json", "run.json"]);
  });
});

describe("commonnoise validate", () => {
  it("refuses a group that there is not, before anything is made", () => {
    const out = join(folder, "nowhere");
    for (const only of [["toString"], ["density", "no-such"], ["densities"]]) {
      const { status, stdout, stderr } = call("validate", "--out", out, "--only", ...only);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^--only: there is no group "[^"]+"; want agreement, chaos, [^\n]*\.\n$/);
    }
    expect(existsSync(out)).toBe(false);
  });

  it("shows finished claims again: 0 when they hold, 1 when one fails", () => {
    for (const [slope, code] of [
      [1, 0],
      [2, 1],
    ] as const) {
      const { out, text } = finished(
        `validate-${slope}`,
        { claims: claims(slope).map((claim) => ({ group: "chaos", ...claim })) },
        { command: "validate", config: { only: ["chaos", "orders"] }, seed: "fixed by each claim" },
      );
      // In any order, and however often.
      const args = ["validate", "--out", out, "--only", "orders", "chaos", "orders"];
      const shown = call(...args);
      expect(shown.status).toBe(code);
      expect(shown.stdout).toContain(`${2 - code} claims hold, ${code} fail.`);
      expect(call(...args, "--json")).toMatchObject({ status: code, stdout: text });
      expect(call("validate", "--out", out, "--only", "chaos").status).toBe(2);
    }
  });
});
