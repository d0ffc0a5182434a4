import { describe, expect, it } from "vitest";
import { below, type Claim } from "../../src/studies/claim.js";
import { claimsOfGroups, type GroupClaim } from "../../src/validation/claims-of-groups.js";
import { EVERYTHING } from "../../src/validation/everything.js";

const holds = (name: string): Claim => below(name, 0, 1);

function* throwing(): Generator<Claim> {
  yield holds("before");
  throw new RangeError("step 3: the state is NaN.");
}

describe("claims, group by group", () => {
  it("lose nothing to a group that throws: it fails with the sentence, and the others go on", () => {
    const order: (string | number)[] = [];
    const found: GroupClaim[] = [];
    claimsOfGroups(
      [
        { name: "first", claims: () => [holds("a"), holds("b")] },
        { name: "second", claims: throwing },
        {
          name: "third",
          claims: () => {
            throw new Error("not at all");
          },
        },
        { name: "fourth", claims: () => [holds("c")] },
      ],
      {
        onClaim(claim) {
          found.push(claim);
          order.push(claim.claim.claim);
        },
        onGroup: (begun) => order.push(begun),
      },
    );
    expect(order).toEqual([
      1,
      "a",
      "b",
      2,
      "before",
      "second ended early: step 3: the state is NaN",
      3,
      "third ended early: not at all",
      4,
      "c",
    ]);
    expect(found.map(({ group }) => group)).toEqual([
      "first",
      "first",
      "second",
      "second",
      "third",
      "fourth",
    ]);
    expect(found.filter(({ claim }) => claim.verdict === "fails").map(({ group }) => group)).toEqual([
      "second",
      "third",
    ]);
    expect(found[3].claim).toMatchObject({ value: NaN, interval: [-Infinity, Infinity] });
  });

  it("come from groups whose names are all different", () => {
    const names = EVERYTHING.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
