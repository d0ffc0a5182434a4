import { readFileSync } from "node:fs";

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
