import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { besideFile, mayBlock, readText } from "../../src/io/read-text.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-text-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("a text", () => {
  it("is read whole, without its byte order mark", () => {
    const long = "Lévy ".repeat(100_000);
    expect(readText(file("long", long))).toBe(long);
    expect(readText(file("mark", "\ufeff{}"))).toBe("{}");
    expect(readText(file("empty", ""))).toBe("");
  });

  it("in a file is there at once, in a pipe it may never come", () => {
    expect(mayBlock(file("plain", "{}"))).toBe(false);
    expect(mayBlock(join(folder, "nowhere"))).toBe(false);
    const pipe = join(folder, "pipe");
    if (spawnSync("mkfifo", [pipe]).status === 0) expect(mayBlock(pipe)).toBe(true);
  });

  it("that is none is refused with the reason", () => {
    const reason = (path: string) => {
      try {
        readText(path);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return (error as Error).message.replace(`${path}: cannot be read: `, "");
      }
      return "read";
    };
    expect(reason(join(folder, "nowhere"))).toBe("there is no such file");
    expect(reason(join(file("a", "x"), "b"))).toBe("there is no such file");
    expect(reason(folder)).toBe("it is a directory");
    expect(reason(file("utf16le", Uint8Array.of(0xff, 0xfe, 0x7b, 0)))).toBe("it is UTF-16; want UTF-8");
    expect(reason(file("utf16be", Uint8Array.of(0xfe, 0xff, 0, 0x7b)))).toBe("it is UTF-16; want UTF-8");
    expect(reason(file("zeros", Uint8Array.of(0x7b, 0, 0x7d)))).toBe("it is not text");
    expect(reason(file("latin1", Uint8Array.of(0x7b, 0xe9, 0x7d)))).toBe("it is not text in UTF-8");
    expect(reason("\0")).not.toBe("read");
    const large = file("large", "");
    truncateSync(large, 256 * 2 ** 20 + 1);
    expect(reason(large)).toBe("it has more than 256 MiB");
    expect(() => readText(join(folder, "a\nb"))).toThrow(/^"[^\n]*a\\nb": cannot be read: /);
  });

  it("names other files relative to its own, and to the working directory from standard input", () => {
    mkdirSync(join(folder, "inner"), { recursive: true });
    expect(besideFile(join(folder, "inner", "c.json"), "n.csv")).toBe(join(folder, "inner", "n.csv"));
    expect(besideFile("-", "n.csv")).toBe(resolve("n.csv"));
  });

  it("comes from standard input as it arrives", () => {
    const dist = new URL("../../dist/src/io/read-text.js", import.meta.url).href;
    const read = `import { readText } from ${JSON.stringify(dist)}; process.stdout.write(readText("-"));`;
    const slowly = `printf '\\357\\273\\277{"a":'; sleep 0.3; printf '1}'`;
    const piped = spawnSync("sh", [
      "-c",
      `(${slowly}) | "$0" --input-type=module -e "$1"`,
      process.execPath,
      read,
    ]);
    expect(piped.stdout.toString()).toBe('{"a":1}');
    const nothing = spawnSync(process.execPath, ["--input-type=module", "-e", read], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect([nothing.status, nothing.stdout.toString()]).toEqual([0, ""]);
  });
});
