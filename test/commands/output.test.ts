import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-output-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A result longer than a pipe holds (64 kB). */
const long = {
  model: { name: "rotation", dimension: 2 },
  initial: { kind: "points", points: [[1, 0]] },
  solver: { kind: "particles", horizon: 1, steps: 4096 },
  observe: ["coordinate:0", "coordinate:1"],
};

const write = (name: string, content: object): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const node = JSON.stringify(process.execPath);

/** A line of the shell, with `cn` for the program. */
const shell = (line: string) => {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `cn() { ${node} ${cli} "$@"; }; ${line}`], {
    encoding: "utf8",
    cwd: folder,
  });
  return { status, stdout, stderr };
};

const call = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
};

const mayMount = process.platform === "linux" && process.getuid?.() === 0;

/** Uses a disk of its own; skips the test where none may be mounted. */
function onDisk(options: string, context: TestContext, use: (disk: string) => void): void {
  const disk = mkdtempSync(join(folder, "disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", disk]);
  if (status !== 0) context.skip("no file system may be mounted here");
  try {
    use(disk);
  } finally {
    spawnSync("umount", [disk]);
  }
}

describe("standard output", () => {
  it("may end before the result does: no error, no word", () => {
    const path = write("long.json", long);
    const { stdout, stderr } = shell(
      `set -o pipefail; cn run ${path} --json | head -c 3; echo " \${PIPESTATUS[0]}"`,
    );
    expect([stdout, stderr]).toEqual(["{\n  0\n", ""]);
    expect(shell("cn --help | true; echo ${PIPESTATUS[0]}")).toMatchObject({ stdout: "0\n", stderr: "" });
  });

  it.runIf(existsSync("/dev/full"))("on a full disk: one sentence, and the files are kept", () => {
    const path = write("long.json", long);
    const sentence = "Could not write to standard output: the disk is full.\n";
    expect(shell(`cn run ${path} > /dev/full`)).toMatchObject({ status: 1, stderr: sentence });
    for (const asked of ["--help", "--version", "study weak --help", "schema"])
      expect(shell(`cn ${asked} > /dev/full`)).toMatchObject({ status: 1, stderr: sentence });
    expect(shell(`cn run ${path} --json --out kept > /dev/full`)).toMatchObject({
      status: 3,
      stderr: sentence,
    });
    expect(JSON.parse(readFileSync(join(folder, "kept", "run.json"), "utf8"))).toHaveProperty("observables");
    // What is said on standard error is lost with it, and nothing else is.
    expect(shell(`cn run ${path} --out quiet 2> /dev/full`).status).toBe(0);
  });

  it.runIf(mayMount)("takes the whole result when the disk of the directory is full", (context) => {
    // Room for what is reserved at the start, and not for what is written at the end.
    onDisk("size=1200k", context, (disk) => {
      const path = write("long.json", { ...long, solver: { ...long.solver, steps: 65_536 } });
      const out = join(disk, "run");
      const ended = call("run", path, "--out", out);
      expect(ended.stderr).toBe(
        `Could not write ${out}: the disk is full; the whole result stands on standard output.\n`,
      );
      expect(ended.status).toBe(3);
      const result = JSON.parse(ended.stdout) as { observables: Record<string, { time: number[] }> };
      expect(result.observables["coordinate:0"].time).toHaveLength(65_537);
      expect(readdirSync(disk)).toEqual([]);
      // And at the start.
      writeFileSync(join(disk, "filler"), new Uint8Array(900_000));
      const refused = call("run", path, "--out", out);
      expect([refused.status, refused.stderr]).toEqual([2, `Could not write ${out}: the disk is full.\n`]);
      expect(readdirSync(disk)).toEqual(["filler"]);
      // And without room for anything.
      expect(() => writeFileSync(join(disk, "rest"), new Uint8Array(2 ** 20))).toThrow("ENOSPC");
      const full = call("run", path, "--out", out);
      expect([full.status, full.stderr]).toEqual([2, `Could not write ${out}: the disk is full.\n`]);
      expect(readdirSync(disk)).toEqual(["filler", "rest"]);
    });
  });
});

describe("--out", () => {
  const quick = { ...long, solver: { ...long.solver, steps: 8 } };

  it.runIf(mayMount)("is refused where the file system is read-only, by every command", (context) => {
    onDisk("ro", context, (disk) => {
      const path = write("endless.json", {
        ...long,
        ensemble: { paths: 1_000_000 },
        study: { levels: [4, 8], paths: 1_000_000 },
      });
      const law = fileURLToPath(new URL("../../examples/one-common-noise.json", import.meta.url));
      const out = join(disk, "deep", "run");
      const commands = [
        ["run", path],
        ["study", "strong", path],
        ["agree", law],
        ["figure", "1"],
        ["validate"],
      ];
      for (const command of commands) {
        expect(call(...command, "--out", out), command.join(" ")).toEqual({
          status: 2,
          stdout: "",
          stderr: `Could not write ${out}: the file system is read-only.\n`,
        });
      }
    });
  });

  it("is refused before any work", () => {
    const path = write("endless.json", {
      ...long,
      ensemble: { paths: 1_000_000 },
      study: { levels: [4, 8], paths: 1_000_000 },
    });
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine", "thesis.tex"), "x");
    for (const out of [join(folder, "mine"), path, join(path, "below"), "/proc/nope", "/dev/null"]) {
      for (const command of [["run"], ["study", "strong"]]) {
        const before = performance.now();
        const { status, stdout, stderr } = call(...command, path, "--out", out);
        expect(status, stderr).toBe(2);
        expect(stderr.trim().split("\n")).toHaveLength(1);
        expect(stdout).toBe("");
        expect(performance.now() - before).toBeLessThan(20_000);
      }
    }
    expect(readdirSync(join(folder, "mine"))).toEqual(["thesis.tex"]);
  });

  it("shows a finished result of the same configuration again, and --force computes it", () => {
    const path = write("again.json", { ...quick, observe: ["coordinate:1", "coordinate:0"] });
    const out = join(folder, "again");
    const first = call("run", path, "--out", out, "--json");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    const manifest = readFileSync(join(out, "manifest.json"), "utf8");
    const again = call("run", path, "--out", out, "--json");
    expect(again.stdout).toBe(first.stdout);
    expect([again.status, again.stderr]).toEqual([
      0,
      `${out} holds this result already, finished: it is shown here; --force computes it again.\n`,
    ]);
    expect(readFileSync(join(out, "manifest.json"), "utf8")).toBe(manifest);
    const text = call("run", path, "--out", out).stdout;
    expect(`${text}Written to ${out}.\n`).toBe(call("run", path, "--out", out, "--force").stdout);
    expect(readFileSync(join(out, "manifest.json"), "utf8")).not.toBe(manifest);
  });

  const explodes = {
    model: { name: "affine", dimension: 1, drift: { matrix: [[-2000]] }, noise: [{ matrix: [[1]] }] },
    initial: { kind: "points", points: [[1]] },
    solver: { kind: "particles", horizon: 10, steps: 1000 },
    observe: ["coordinate:0"],
  };

  it("keeps a finished result from an unfinished one of the same configuration", () => {
    const out = join(folder, "same");
    const path = write("explodes.json", explodes);
    /** As if it had not stopped; gives its run.json. */
    const finish = (directory: string): string => {
      const file = join(directory, "run.json");
      const result = JSON.parse(readFileSync(file, "utf8")) as object;
      const text = JSON.stringify({ ...result, stopped: undefined });
      writeFileSync(file, text);
      return text;
    };
    expect(call("run", path, "--out", out).status).toBe(3);
    const before = finish(out);
    for (const beside of [`${out}-stopped`, `${out}-stopped-2`]) {
      const { status, stdout } = call("run", path, "--out", out, "--force");
      expect(status).toBe(3);
      expect(stdout).toContain(`Written to ${beside}.\n`);
      expect(readFileSync(join(out, "run.json"), "utf8")).toBe(before);
      finish(beside);
    }
  });

  it("keeps a finished result from an unfinished one of another configuration, even with --force", () => {
    const out = join(folder, "precious");
    expect(call("run", write("quick.json", quick), "--out", out).status).toBe(0);
    const before = readFileSync(join(out, "run.json"), "utf8");
    const exploding = write("exploding.json", explodes);
    expect(call("run", exploding, "--out", out)).toMatchObject({ status: 2, stdout: "" });
    // The name may end like that of a folder.
    const { status, stdout } = call("run", exploding, "--out", `${out}/`, "--force");
    expect(status).toBe(3);
    expect(stdout).toContain(`Written to ${out}-stopped.\n`);
    expect(readFileSync(join(out, "run.json"), "utf8")).toBe(before);
    expect(JSON.parse(readFileSync(join(`${out}-stopped`, "run.json"), "utf8"))).toHaveProperty("stopped");
    expect(
      call("run", write("quicker.json", { ...quick, observe: ["clusters"] }), "--out", out, "--force").status,
    ).toBe(0);
    expect(readFileSync(join(out, "run.json"), "utf8")).not.toBe(before);
  });
});
