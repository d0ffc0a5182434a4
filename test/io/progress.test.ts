import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { progressBar } from "../../src/io/progress.js";

function run(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, cursorTo: () => true });
  let text = "";
  stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const bar = progressBar("paths", 10, stream);
  bar.update(5);
  bar.stop();
  stream.end();
  stream.read();
  return text;
}

describe("progress", () => {
  it("is silent in a pipe", () => {
    expect(run(false)).toBe("");
  });

  it("shows task, rate and time left on a terminal", () => {
    const text = run(true);
    expect(text).toContain("paths [");
    expect(text).toMatch(/5\/10 \| [\d.e+]+\/s/);
    expect(text).toContain("left");
  });
});
