import { describe, expect, it } from "vitest";
import { complaints, type Asked } from "./complaints.js";
import type { Watched } from "./watched.js";

const asked: Asked = {
  agree: false,
  json: true,
  out: false,
  files: null,
  operations: 1e6,
  step: 1e5,
  memory: 2 ** 31,
};
const done: Watched = {
  status: 0,
  signal: null,
  stdout: '{"observables": {"overlap": {"time": [1], "mean": [0.5], "stderr": [null]}}, "manifest": {}}',
  stderr: "",
  interruptedAfter: null,
  insisted: false,
  peak: 1e8,
};
const refused: Watched = { ...done, status: 2, stdout: "", stderr: "solver.steps: is 0, want at least 1.\n" };
const stopped: Watched = { ...done, status: 3, stderr: "Interrupted after 1 of 20,000 paths; it is kept.\n" };
const written = { ...asked, out: true, files: ["run.json", "manifest.json"] };

describe("what is wrong with how a program ended", () => {
  it.each<[string, Watched, Partial<Asked>]>([
    ["a result", done, {}],
    ["a result that is written", done, written],
    ["a refusal", refused, { out: true }],
    ["a stop", stopped, {}],
    ["a claim that fails", { ...done, status: 1 }, { agree: true }],
    ["an interrupt of what is long", { ...stopped, interruptedAfter: 3000 }, { operations: 1e11 }],
    [
      "one with nothing to keep",
      { ...done, status: 130, stdout: "", interruptedAfter: 3000 },
      { operations: 1e11 },
    ],
    [
      "one in a long step",
      { ...stopped, interruptedAfter: 3000, insisted: true },
      { operations: 1e11, step: 1e10 },
    ],
  ])("is nothing with %s", (_, ended, more) => {
    expect(complaints(ended, { ...asked, ...more })).toEqual([]);
  });

  it.each<[string, Watched, Partial<Asked>]>([
    ["a trace", { ...refused, stderr: "a: b\n    at main (x.js:1:1)\n" }, {}],
    ["NaN in a refusal", { ...refused, stderr: "solver.steps: is NaN, want a number.\n" }, {}],
    ["a refusal without a place", { ...refused, stderr: "Invalid typed array length.\n" }, {}],
    ["a refusal without a sentence", { ...refused, stderr: "" }, {}],
    ["a refusal with a result", { ...refused, stdout: done.stdout }, {}],
    ["a refusal with a directory", refused, written],
    ["an unexpected error", { ...refused, status: 1 }, {}],
    ["an unexpected error of agree", { ...refused, status: 1 }, { agree: true }],
    ["the same, as text", { ...refused, status: 1 }, { agree: true, json: false }],
    ["no result where one was done", { ...done, stdout: "" }, {}],
    ["a mean that is no number", { ...done, stdout: done.stdout.replace("0.5", "null") }, {}],
    ["nothing written", done, { out: true }],
    ["a lock left behind", done, { ...written, files: [...written.files, ".lock"] }],
    ["a stop without its cause", { ...stopped, stderr: "" }, {}],
    ["a result of an interrupt that was not asked for", { ...done, status: 130, stdout: "" }, {}],
    ["two gibibytes", { ...done, peak: 2 ** 31 + 1 }, {}],
    ["what should be short", { ...stopped, interruptedAfter: 20_000 }, {}],
    [
      "an interrupt that is not heard",
      { ...stopped, interruptedAfter: 3000, insisted: true },
      { operations: 1e11 },
    ],
    [
      "what does not end",
      { ...done, status: null, signal: "SIGKILL", interruptedAfter: 3000 },
      { operations: 1e11 },
    ],
  ])("is told of %s", (_, ended, more) => {
    expect(complaints(ended, { ...asked, ...more })).not.toEqual([]);
  });
});
