import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { print } from "../../src/io/print.js";

const failing = (code: string): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });

describe("print", () => {
  it("is done when all is written", async () => {
    let text = "";
    const slow = new Writable({
      write(chunk, _encoding, done) {
        text += String(chunk);
        setTimeout(done, 5);
      },
    });
    await print("everything", slow);
    expect(text).toBe("everything");
  });

  it("takes a reader that has gone for one that has seen enough", async () => {
    await expect(print("text", failing("EPIPE"))).resolves.toBeUndefined();
  });

  it("says in one sentence that the disk is full", async () => {
    await expect(print("text", failing("ENOSPC"))).rejects.toThrow(
      "Could not write to standard output: the disk is full.",
    );
  });
});
