import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The house from the ground up. A file stands on the floor of the longest name here that contains it, so that a folder
 * inside a room can have a floor of its own. It may import from its own folder and from any floor below.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ["src/types.ts"],
  ["src/numerics"],
  ["src/kernels/embedded"],
  ["src/kernels"],
  ["src/sphere"],
  ["src/noise/areas"],
  ["src/noise"],
  ["src/spectral/kernels"],
  ["src/spectral"],
  ["src/laws", "src/observables"],
  ["src/models"],
  ["src/models/heads"],
  ["src/models/attention"],
  ["src/models/gallery"],
  ["solvers/schemes"],
  ["solvers"],
  ["solvers/density"],
  ["src/exact/overlap", "src/exact/circle-pair"],
  ["src/exact"],
  ["src/studies"],
  ["src/plots"],
  ["src/config"],
  ["src/experiments"],
  ["src/experiments/study", "src/experiments/agree", "src/experiments/plan"],
  ["src/paper/claims"],
  ["src/paper/figures"],
  ["src/validation"],
  ["src/io"],
  ["src/core.ts"],
  ["src/arrays"],
  ["src/commands", "src/index.ts"],
  ["src/cli.ts"],
  ["examples"],
];

/** Source files by path from the root, with their text. */
export type House = ReadonlyMap<string, string>;

const root = fileURLToPath(new URL("../..", import.meta.url));

export function readHouse(): House {
  const under = (directory: string): string[] =>
    readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const files = ["src", "solvers", "examples"].flatMap(under);
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

export const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target]) => target);

/** The files of the house that a file imports. */
export const localImports = (house: House, file: string): string[] =>
  importsOf(house.get(file)!)
    .filter((target) => target.startsWith("."))
    .map((target) =>
      normalize(join(dirname(file), target))
        .replaceAll("\\", "/")
        .replace(/\.js$/, ".ts"),
    );

const contains = (name: string, file: string): boolean => file === name || file.startsWith(`${name}/`);

/** The longest name of FLOORS that contains the file, or "". */
export const place = (file: string): string =>
  FLOORS.flat()
    .filter((name) => contains(name, file))
    .reduce((longest, name) => (name.length > longest.length ? name : longest), "");

export const floorOf = (file: string): number => FLOORS.findIndex((places) => places.includes(place(file)));

/** The room a file belongs to: the folder below src or the top. */
export const roomOf = (file: string): string => {
  const [top, second] = file.split("/");
  return top === "src" && second.includes(".") ? file : top === "src" ? `src/${second}` : top;
};

/** Imports that do not point down, as "from -> to". */
export const upwardImports = (house: House): string[] =>
  [...house.keys()].flatMap((file) =>
    localImports(house, file)
      .filter((target) => place(target) !== place(file) && floorOf(target) >= floorOf(file))
      .map((target) => `${file} -> ${target}`),
  );

/** Loops among nodes, each arrow of `arrows` from a file to a file, read as arrows between what `node` makes of them. */
export function cycles(house: House, node: (file: string) => string): string[] {
  const arrows = new Map<string, Set<string>>();
  for (const file of house.keys()) {
    const targets = arrows.get(node(file)) ?? new Set();
    arrows.set(node(file), targets);
    for (const target of localImports(house, file)) {
      if (house.has(target) && (node(target) !== node(file) || target === file)) targets.add(node(target));
    }
  }
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (at: string, trail: readonly string[]): void => {
    if (state.get(at) === "done") return;
    if (state.get(at) === "open") {
      found.push([...trail.slice(trail.indexOf(at)), at].join(" -> "));
      return;
    }
    state.set(at, "open");
    for (const target of arrows.get(at) ?? []) visit(target, [...trail, at]);
    state.set(at, "done");
  };
  for (const at of arrows.keys()) visit(at, []);
  return found;
}

/** A folder is a place of its own; src/types.ts, which everyone knows, and the doors stand apart from "src". */
export const folderOf = (file: string): string => (dirname(file) === "src" ? file : dirname(file));
