import { describe, expect, it } from "vitest";
import { CLAIM_COLUMNS, claimJson, claimLines, claimRow } from "../../src/commands/claim-table.js";
import { captionText } from "../../src/commands/figure-text.js";
import { table } from "../../src/commands/table.js";
import { stableJson } from "../../src/io/json.js";
import { identity } from "../../src/io/manifest.js";
import { judge, slopeNear } from "../../src/studies/claim.js";

const far = judge("|far| apart", 38.4712, [38, 39], [4, Infinity]);
const falling = judge("falling", -0.5, null, [-Infinity, -0.1]);
const missing = slopeNear("no fit", null, 1, 0.1);
const claims = [far, falling, missing].map(claimJson);

describe("a claim in print", () => {
  it("shows a bound that is not there as infinity", () => {
    const rows = claims.map(claimRow);
    expect([far, falling, missing].map(claimRow)).toEqual(rows);
    expect(rows).toEqual([
      ["|far| apart", "38.47", "[38, 39]", "[4, ∞]", "holds"],
      ["falling", "-0.5", "none", "[−∞, -0.1]", "holds"],
      ["no fit", "–", "[−∞, ∞]", "[0.9, 1.1]", "FAILS"],
    ]);
    expect(table(CLAIM_COLUMNS, claims.map(claimRow))).toContain("[4, ∞]");
  });

  it("is the same row in Markdown, whose columns a name does not break", () => {
    expect(claimLines([claimJson(far)])).toEqual([
      "| claim | value | interval | wanted | verdict |",
      "| --- | --- | --- | --- | --- |",
      "| \\|far\\| apart | 38.47 | [38, 39] | [4, ∞] | holds |",
    ]);
  });

  it("is the same row in a figure's caption", () => {
    const text = captionText(
      {
        figure: "figure-0",
        size: "quick",
        caption: "None.",
        claims,
        parameters: {},
        tables: {},
        manifest: identity({ command: "figure 0", config: {}, seed: "seed" }),
      },
      1.25,
    );
    for (const row of claimLines(claims)) expect(text).toContain(`\n${row}\n`);
    expect(text).toContain("[4, ∞]");
  });

  it("keeps in JSON what JSON has no number for as null", () => {
    expect(claimJson(far)).toEqual({
      claim: "|far| apart",
      value: 38.4712,
      interval: [38, 39],
      wanted: [4, null],
      verdict: "holds",
    });
    expect(claimJson(missing)).toMatchObject({ value: null, interval: [null, null], verdict: "fails" });
    expect(claimJson(falling)).toMatchObject({ value: -0.5, interval: null, verdict: "holds" });
    // Without that a run with such a claim could not be written.
    expect(() => stableJson([...far.wanted])).toThrow("no place in JSON");
    expect(JSON.parse(stableJson(claims))).toEqual(claims);
  });
});
