import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progressBar } from "../../src/io/progress.js";

const listen = (isTTY: boolean) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, cursorTo: () => true });
  let text = "";
  stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    stream,
    text: () => {
      stream.read();
      return text;
    },
  };
};

describe("progress on a terminal", () => {
  it("shows task, rate and time left", () => {
    const { stream, text } = listen(true);
    const bar = progressBar("paths", 10, stream);
    bar.update(5);
    bar.stop();
    expect(text()).toContain("paths [");
    expect(text()).toMatch(/5\/10 \| [\d.e+]+\/s/);
    expect(text()).toContain("left");
  });
});

describe("progress in a pipe", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is silent for work that ends within five seconds", () => {
    const { stream, text } = listen(false);
    const progress = progressBar("paths", 10, stream);
    vi.advanceTimersByTime(4999);
    progress.update(10);
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(text()).toBe("");
  });

  it("is a line after five seconds and then every ten, with done, total, rate and time left", () => {
    const { stream, text } = listen(false);
    const progress = progressBar("paths", 1000, stream);
    vi.advanceTimersByTime(5000);
    expect(text()).toBe("paths: 0 of 1000\n");
    progress.update(60);
    vi.advanceTimersByTime(9999);
    expect(text()).toBe("paths: 0 of 1000\n");
    vi.advanceTimersByTime(1);
    expect(text().split("\n").slice(1)).toEqual(["paths: 60 of 1000, 4/s, 4 min left", ""]);
    progress.update(750);
    vi.advanceTimersByTime(10_000);
    expect(text().split("\n")[2]).toBe("paths: 750 of 1000, 30/s, 9 s left");
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(text().split("\n")).toHaveLength(4);
  });

  it("counts long waits in hours", () => {
    const { stream, text } = listen(false);
    const progress = progressBar("paths", 5000, stream);
    progress.update(5);
    vi.advanceTimersByTime(5000);
    expect(text()).toBe("paths: 5 of 5000, 1/s, 1 h 24 min left\n");
    progress.stop();
  });
});
