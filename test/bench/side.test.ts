import { afterEach, describe, expect, it } from "vitest";
import { natives, NATIVE } from "../../bench/timing/native.js";
import { startSide } from "../../bench/timing/side.js";

const { PATH } = process.env;
afterEach(() => void (process.env.PATH = PATH));

describe("a side", () => {
  it("speaks line by line", async () => {
    const echo = `require("node:readline").createInterface({ input: process.stdin })
      .on("line", (line) => console.log(line === "check" ? "[1,0.5]" : line.split(" ")[1] / 8))`;
    const side = startSide(process.execPath, ["-e", echo]);
    expect(await Promise.all([side.check(), side.run(4), side.run(2)])).toEqual([[1, 0.5], 0.5, 0.25]);
    side.end();
  });

  it.each([
    ["ends", process.execPath, ["-e", "process.exit(3)"], /ended with code 3/],
    ["is killed", process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"], /ended with SIGKILL/],
    ["is not there", "/no/such/program", [], /ENOENT/],
  ])("rejects whatever it is asked where its process %s", async (_what, command, argv, reason) => {
    const side = startSide(command, argv);
    await expect(side.check()).rejects.toThrow(reason);
    await expect(side.run(1)).rejects.toThrow(reason);
    side.end();
  });
});

describe("what there is to measure against", () => {
  it("is nothing on a machine that has nothing", () => {
    process.env.PATH = "";
    const found = natives();
    expect(found).toMatchObject({ gcc: null, libsharp: null, numpy: null });
    expect(found.build("euler", NATIVE)).toBeNull();
  });
});
