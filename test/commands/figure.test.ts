import { describe, expect, it } from "vitest";
import { figureCommand } from "../../src/commands/figure.js";
import { ConfigError } from "../../src/config/contract/config-error.js";

describe("commonnoise figure", () => {
  it("refuses a figure there is not, naming those there are", async () => {
    const asked = figureCommand("5", { quick: true, seed: "paper" });
    await expect(asked).rejects.toThrow(ConfigError);
    await expect(asked).rejects.toThrow('there is no figure "5"; want 1, 2, 3, 4');
  });
});
