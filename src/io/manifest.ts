import { readFileSync } from "node:fs";
import { arch, platform } from "node:os";
import type { Json } from "./json.js";

/** What decides a result: two with the same identity are the same. */
export type Identity = {
  readonly package: { readonly name: string; readonly version: string };
  /** What was asked for: "run", "study strong", "figure 2". */
  readonly command: string;
  /** Every setting, defaults filled in. */
  readonly config: Json;
  readonly seed: string;
};

/** What reproduces a result, and nothing that differs between two runs of it. */
export type Manifest = Identity & {
  readonly scheme?: string;
  /** Facts about the method a reader needs: orders, what was redrawn, what was skipped. */
  readonly notes?: readonly string[];
};

/** Where and when it ran: kept apart, because it differs between runs that agree bit for bit. */
export type Environment = {
  readonly node: string;
  readonly platform: string;
  readonly started: string;
  readonly seconds?: number;
  /** Threads that shared the work, at most. */
  readonly workers?: number;
};

/** Name and version of this package, from the nearest package.json above this file. */
export function packageFacts(): { name: string; version: string } {
  for (let up = new URL("..", import.meta.url); ; up = new URL("..", up)) {
    const facts = readPackage(new URL("package.json", up));
    if (facts) return facts;
    if (up.pathname === "/" || new URL("..", up).href === up.href)
      throw new Error("The package's own package.json was not found above its files.");
  }
}

function readPackage(address: URL): { name: string; version: string } | null {
  let text: string;
  try {
    text = readFileSync(address, "utf8");
  } catch {
    return null;
  }
  const { name, version } = JSON.parse(text) as { name?: unknown; version?: unknown };
  return typeof name === "string" && typeof version === "string" ? { name, version } : null;
}

export function identity(facts: Omit<Identity, "package">): Identity {
  return { package: packageFacts(), ...facts };
}

/** The machine now. `started` is when the run began; with `ended`, the time it took; with how many threads. */
export function environment(started: Date, ended?: Date, workers?: number): Environment {
  const seconds = ended ? { seconds: (ended.getTime() - started.getTime()) / 1000 } : {};
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    started: started.toISOString(),
    ...seconds,
    ...(workers !== undefined && { workers }),
  };
}
