import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { load } from "../../src/commands/load.js";
import { withoutArrays } from "../../src/config/file-arrays.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers } from "../../src/experiments/run.js";
import { copiesOf } from "../../src/io/array-files.js";
import { encodeNpy, encodeNpz, type NpyArray } from "../../src/io/npz.js";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

/**
 * numpy.savez_compressed of numpy 2.4.6: V float32 in Fortran order, A int64, weights float32 of 1/3 and 2/3, for
 * V = [[[1, .5], [-.25, 1]], [[0, -1], [1, 0]]], A = [[[1, 2], [3, 4]], [[0, 1], [1, 0]]].
 */
const NUMPY =
  "UEsDBC0AAAAIAAAAIQC2w6fH//////////8FABQAVi5ucHkBABAAoAAAAAAAAABWAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9U" +
  "UpSYF59flJIKEg8pKk0FChdnJBakArkaRjoKIKSpo1CrQCbgYmBosGcAg4Z9UDYQN+yHiQMAUEsDBC0AAAAIAAAAIQDfxEIH//////////8FABQAQS5u" +
  "cHkBABAAwAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CiCkqaNQ" +
  "q0Ae4GJkgAAmKM0MpVkYUAEjGg0DAFBLAwQtAAAACAAAACEAt1RUif//////////CwAUAHdlaWdodHMubnB5AQAQAIgAAAAAAAAATQAAAAAAAACb7Bfq" +
  "GxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACu1atW2a1epWUPAFBLAQItAy0AAAAIAAAA" +
  "IQC2w6fHVgAAAKAAAAAFAAAAAAAAAAAAAACAAQAAAABWLm5weVBLAQItAy0AAAAIAAAAIQDfxEIHVwAAAMAAAAAFAAAAAAAAAAAAAACAAY0AAABBLm5w" +
  "eVBLAQItAy0AAAAIAAAAIQC3VFSJTQAAAIgAAAALAAAAAAAAAAAAAACAARsBAAB3ZWlnaHRzLm5weVBLBQYAAAAAAwADAJ8AAAClAQAAAAA=";
const LIST = [
  {
    V: [
      [1, 0.5],
      [-0.25, 1],
    ],
    A: [
      [1, 2],
      [3, 4],
    ],
    weight: 1 / 3,
  },
  {
    V: [
      [0, -1],
      [1, 0],
    ],
    A: [
      [0, 1],
      [1, 0],
    ],
    weight: 2 / 3,
  },
];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-arrays-"));
  mkdirSync(join(folder, "data"));
  put("data/heads.npz", Buffer.from(NUMPY, "base64"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: Uint8Array | string | object): string => {
  const path = join(folder, name);
  const plain = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(path, plain ? content : JSON.stringify(content));
  return path;
};
const digest = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");
const array = (shape: number[], data: number[]): NpyArray => ({ shape, data: Float64Array.from(data) });

const config = (heads: object, initial: object = { kind: "uniform", tokens: 3 }, solver: object = {}) => ({
  model: { name: "homogenized", dimension: 2, beta: 1, heads, clock: { eta: 0.1, heads: 1 } },
  initial,
  solver: { kind: "particles", scheme: "milstein", horizon: 0.2, steps: 4, ...solver },
  ensemble: { seed: "files" },
});
const fromFile = { law: "given", file: "data/heads.npz" };
const loaded = (given: object) => load(put("config.json", given));

describe("heads from a file", () => {
  it("written by numpy are those of a list, for the limit and for its layers", () => {
    const chain = { kind: "transformer", heads: 1, eta: 0.1, layers: 6 };
    for (const solver of [{}, chain]) {
      const make = (heads: object) => {
        const given = config(heads, undefined, solver);
        return solver === chain ? { ...given, solver: chain } : given;
      };
      const file = runNumbers(loaded(make(fromFile))).final!.points!.flat();
      const list = runNumbers(parseConfig(make({ law: "given", list: LIST }))).final!.points!.flat();
      // The file's weights are of single precision.
      file.forEach((v, i) => expect(Math.abs(v - list[i])).toBeLessThan(1e-7));
    }
  });

  it("of equal weights, in an archive or in JSON by name, are exactly those of a list", () => {
    const flatten = (key: "V" | "A"): number[] => LIST.flatMap((head) => head[key].flat());
    put("equal.npz", encodeNpz({ V: array([2, 2, 2], flatten("V")), A: array([2, 2, 2], flatten("A")) }));
    put("equal.json", { V: LIST.map(({ V }) => V), A: LIST.map(({ A }) => A) });
    const list = { law: "given", list: LIST.map(({ V, A }) => ({ V, A })) };
    const wanted = runNumbers(parseConfig(config(list))).final;
    for (const file of ["equal.npz", "equal.json"]) {
      expect(runNumbers(loaded(config({ law: "given", file }))).final).toEqual(wanted);
    }
  });

  it("are written down by name and digest, and no other file is taken for them", () => {
    const read = loaded(config(fromFile));
    const written = withoutArrays(read);
    const sha256 = digest(Buffer.from(NUMPY, "base64"));
    expect(written.model).toMatchObject({ heads: { ...fromFile, sha256 } });
    expect(JSON.stringify(written).length).toBeLessThan(1000);
    expect(runNumbers(loaded(written)).final).toEqual(runNumbers(read).final);
    const other = { ...fromFile, sha256: digest("another file") };
    expect(() => loaded(config(other))).toThrow(
      `model.heads.sha256: is ${other.sha256}, and "data/heads.npz" has ${sha256}; want the file that was used`,
    );
  });

  it("that do not fit are refused with the name of the file", () => {
    const refused = (arrays: Record<string, NpyArray>, message: RegExp | string, more: object = {}) => {
      put("bad.npz", encodeNpz(arrays));
      expect(() => loaded({ ...config({ law: "given", file: "bad.npz" }), ...more })).toThrow(message);
    };
    const one = array([1, 2, 2], [1, 0, 0, 1]);
    refused({ V: one }, 'model.heads.file: "bad.npz" has no array "A"; want one of shape [1,2,2]');
    refused({ V: array([2, 2], [1, 0, 0, 1]), A: one }, 'has "V" of shape [2,2], want [M,2,2]');
    refused(
      { V: one, A: array([2, 2, 2], [1, 0, 0, 1, 1, 0, 0, 1]) },
      'has "A" of shape [2,2,2], want [1,2,2]',
    );
    refused(
      { V: array([1, 3, 3], new Array<number>(9).fill(1)), A: one },
      '"V" of shape [1,3,3], want [M,2,2]',
    );
    refused({ V: array([0, 2, 2], []), A: array([0, 2, 2], []) }, "with at least one number");
    refused({ V: array([1, 2, 2], [1, NaN, 0, 1]), A: one }, 'has NaN in "V", want finite numbers');
    refused({ V: one, A: one, weights: array([1], [0.9]) }, "model.heads.file: weights sum to 0.9, want 1");
    const two = {
      V: array([2, 2, 2], [1, 0, 0, 1, 2, 0, 0, 1]),
      A: array([2, 2, 2], [1, 0, 0, 1, 1, 0, 0, 1]),
    };
    refused({ ...two, weights: array([2], [1.5, -0.5]) }, "model.heads.file: has the weight -0.5");
    refused(
      { ...two, weight: array([2], [0.9, 0.1]) },
      'model.heads.file: "bad.npz" has an array "weight"; did you mean "weights"?',
    );
    refused({ ...two, weights: array([1], [1]) }, '"weights" of shape [1], want [2]');
    const diffusive = {
      model: { ...config(fromFile).model, heads: { law: "given", file: "bad.npz" }, clock: "diffusive" },
    };
    refused(two, /^model\.clock: "diffusive" is for heads whose mean vanishes/, diffusive);
  });

  it("that cannot be read are refused with the reason", () => {
    const refused = (file: string, message: RegExp) =>
      expect(() => loaded(config({ law: "given", file }))).toThrow(message);
    refused("none.npz", /^model\.heads\.file: .*none\.npz: cannot be read: there is no such file$/);
    refused("data", /^model\.heads\.file: .*: cannot be read: it is a directory$/);
    put("text.npz", "no archive");
    refused("text.npz", /^model\.heads\.file: .*text\.npz: cannot be read: /);
    put("ragged.json", {
      V: [[[1, 0], [0]]],
      A: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    });
    refused("ragged.json", /ragged\.json: cannot be read: V\[0\]\[1\] is not a list of 2 like the first$/);
    expect(() => runNumbers(parseConfig(config(fromFile)))).toThrow(
      'model.heads.file: "data/heads.npz" was not read; want a configuration read from a file beside it',
    );
  });
});

describe("points from a file", () => {
  const angles = [0.3, 1.7, 4];
  const rows = angles.map((t) => [Math.cos(t), Math.sin(t)]);
  const model = { name: "rotation", dimension: 2 };
  const given = (initial: object) => ({
    ...config(fromFile),
    model,
    initial: { kind: "points", ...initial },
  });
  const ran = (initial: object) => runNumbers(loaded(given(initial)));

  it("of double precision are exactly those of a list, in every format", () => {
    const points = array([3, 2], rows.flat());
    put("points.npz", encodeNpz({ points }));
    put("points.npy", encodeNpy(points));
    put("points.json", rows);
    put("named.json", { points: rows });
    put("points.csv", `# two columns\n${rows.map((row) => row.join(", ")).join("\n")}\n`);
    const wanted = ran({ points: rows });
    for (const file of ["points.npz", "points.npy", "points.json", "named.json", "points.csv"]) {
      expect(ran({ file }).final).toEqual(wanted.final);
      expect(ran({ file }).diagnostics.points).toBe(3);
    }
    const weights = [0.5, 0.25, 0.25];
    put("weighted.npz", encodeNpz({ points, weights: array([3], weights) }));
    expect(ran({ file: "weighted.npz" }).final).toEqual(ran({ points: rows, weights }).final);
  });

  it("of single precision are unit vectors of double precision", () => {
    put("single.npy", encodeNpy({ shape: [3, 2], data: Float32Array.from(rows.flat()) }));
    const { final } = ran({ file: "single.npy" });
    final!.points!.forEach((x, i) => {
      expect(Math.abs(Math.hypot(...x) - 1)).toBeLessThan(1e-15);
      ran({ points: rows }).final!.points![i].forEach((v, a) =>
        expect(Math.abs(v - x[a])).toBeLessThan(1e-6),
      );
    });
    put("long.npy", encodeNpy({ shape: [1, 2], data: Float32Array.of(1, 0.1) }));
    expect(() => loaded(given({ file: "long.npy" }))).toThrow(
      /^initial\.file: "long\.npy": points\[0\]: has norm 1\.00/,
    );
  });

  it("are as many tokens as the file has, for observables too", () => {
    put("points.npy", encodeNpy(array([3, 2], rows.flat())));
    const overlap = (name: string) =>
      runNumbers(loaded({ ...given({ file: "points.npy" }), observe: [name] }));
    expect(overlap("overlap:0,2").observables["overlap:0,2"].mean[0]).toBeCloseTo(Math.cos(3.7), 14);
    expect(() => overlap("overlap:0,3")).toThrow(/^observe\[0\]: /);
  });

  it("that do not fit are refused", () => {
    put("three.npy", encodeNpy(array([1, 3], [1, 0, 0])));
    const refused = (initial: object, message: RegExp) =>
      expect(() => loaded(given(initial))).toThrow(message);
    refused(
      { file: "three.npy" },
      /^initial\.file: "three\.npy" has "points" of shape \[1,3\], want \[n,2\]/,
    );
    refused({ file: "three.npy", points: rows }, /^initial\.file: is given beside points/);
    refused({ file: "three.npy", weights: [1] }, /^initial\.weights: are those of the file/);
    refused({}, /^initial\.points: is missing; want points, or a file/);
    refused({ points: rows, sha256: digest("x") }, /^initial\.sha256: is the digest of no file/);
    put("bad.csv", "1, 0\n0, x\n");
    refused(
      { file: "bad.csv" },
      /^initial\.file: .*bad\.csv: cannot be read: points\[1\]\[1\] is not a finite number$/,
    );
    put("near.npz", encodeNpz({ points: array([1, 2], [1, 0]), Weights: array([1], [1]) }));
    refused(
      { file: "near.npz" },
      /^initial\.file: "near\.npz" has an array "Weights"; did you mean "weights"/,
    );
    put("far.npz", encodeNpz({ points: array([1, 2], [1, 0]), weights: array([1], [0.5]) }));
    refused({ file: "far.npz" }, /^initial\.file: "far\.npz": weights: sum to 0\.5, want 1/);
  });
});

describe("on the command line", () => {
  it("a run reads the files, in its own thread, and its manifest has names and digests", () => {
    const points = [
      [1, 0],
      [0, 1],
    ];
    put("points.npy", encodeNpy(array([2, 2], points.flat())));
    const path = put("run.json", config(fromFile, { kind: "points", file: "points.npy" }));
    const out = execFileSync(process.execPath, [cli, "run", path, "--json"], { encoding: "utf8" });
    const { manifest, final } = JSON.parse(out) as { manifest: { config: object }; final: object };
    expect(final).toEqual(runNumbers(load(path)).final);
    expect(manifest.config).toMatchObject({
      model: {
        heads: { law: "given", file: "data/heads.npz", sha256: digest(Buffer.from(NUMPY, "base64")) },
      },
      initial: { kind: "points", file: "points.npy" },
    });
    expect(JSON.stringify(manifest.config)).not.toMatch(/arrays/);
    // The manifest's own configuration runs again, and not with another file.
    const again = put("again.json", manifest.config);
    expect(
      (
        JSON.parse(execFileSync(process.execPath, [cli, "run", again, "--json"], { encoding: "utf8" })) as {
          final: object;
        }
      ).final,
    ).toEqual(final);
    put("points.npy", encodeNpy(array([2, 2], [0, 1, 1, 0])));
    const { status, stderr } = spawnSync(process.execPath, [cli, "run", again, "--json"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^initial\.sha256: is [0-9a-f]{64}, and "points\.npy" has [0-9a-f]{64}; want/);
  });

  it("a result has copies of the files beside it, and both its records reproduce it wherever it is moved", () => {
    put("start.npy", encodeNpy(array([2, 2], [1, 0, 0, 1])));
    const path = put("whole.json", config(fromFile, { kind: "points", file: "start.npy" }));
    const cn = (...args: string[]) =>
      spawnSync(process.execPath, [cli, "run", ...args], { encoding: "utf8" });
    const out = join(folder, "result");
    expect(cn(path, "--out", out)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(out)).toEqual(expect.arrayContaining(["heads.npz", "initial.npy"]));
    expect(digest(readFileSync(join(out, "heads.npz")))).toBe(digest(Buffer.from(NUMPY, "base64")));
    const text = readFileSync(join(out, "run.json"), "utf8");
    const moved = join(folder, "elsewhere", "kept");
    mkdirSync(join(folder, "elsewhere"));
    renameSync(out, moved);
    for (const record of ["run.json", "manifest.json"]) {
      expect(cn(join(moved, record), "--json")).toMatchObject({ status: 0, stdout: text, stderr: "" });
    }
    // A copy that was changed is not taken for the file.
    writeFileSync(join(moved, "initial.npy"), encodeNpy(array([2, 2], [0, 1, 1, 0])));
    expect(cn(join(moved, "run.json"))).toMatchObject({ status: 2, stdout: "" });
  });

  it.runIf(process.platform === "linux")("a pipe is read once: the result has no copy of it", () => {
    const path = put("piped.json", config(fromFile, { kind: "points", file: "pipe.csv" }));
    const out = join(folder, "piped");
    const { status, stderr } = spawnSync(
      "bash",
      ["-c", 'mkfifo pipe.csv; echo 1,0 > pipe.csv & exec "$@"', "bash"].concat([
        process.execPath,
        cli,
        "run",
        path,
        "--out",
        out,
      ]),
      { cwd: folder, encoding: "utf8", timeout: 20_000, killSignal: "SIGKILL" },
    );
    expect([status, stderr]).toEqual([
      0,
      `${join(folder, "pipe.csv")} is no longer the file that was used: the result has its digest, and no copy.\n`,
    ]);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(["heads.npz", "run.json"]));
  });

  it("says of a file that changed during the run that there is no copy of it", () => {
    put("brief.npy", encodeNpy(array([1, 2], [1, 0])));
    const read = load(put("brief.json", config(fromFile, { kind: "points", file: "brief.npy" })));
    expect(Object.keys(copiesOf(read).copies)).toEqual(["heads.npz", "initial.npy"]);
    put("brief.npy", encodeNpy(array([1, 2], [0, 1])));
    const { copies, changed } = copiesOf(read);
    expect(Object.keys(copies)).toEqual(["heads.npz"]);
    expect(changed).toEqual([expect.stringMatching(/brief\.npy is no longer the file that was used: /)]);
    rmSync(join(folder, "brief.npy"));
    expect(copiesOf(read)).toEqual({ copies, changed });
    mkdirSync(join(folder, "brief.npy"));
    expect(copiesOf(read)).toEqual({ copies, changed });
  });
});
