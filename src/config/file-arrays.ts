import type { Config } from "./config.js";
import type { FileArrays, FileReference } from "./contract/file-arrays.js";
import { initialEntryOf, modelEntryOf } from "./entries.js";

/** The files of arrays that a configuration names. */
export const filesOf = ({ model, initial }: Config): FileReference[] =>
  [modelEntryOf(model).file?.(model), initialEntryOf(initial).file?.(initial)].filter((file) => !!file);

/** What is read for a part that names a file. */
export interface ReadFile {
  readonly arrays: FileArrays;
  /** Digest of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Where it was found. */
  readonly source: string;
}

/**
 * The configuration with what its files hold: arrays, digest and place are attached to the part that names the file, and that
 * part is checked. They go where the configuration goes, to other threads too. Throws a ConfigError.
 */
export function withArrays(config: Config, read: (file: FileReference) => ReadFile): Config {
  const files = filesOf(config);
  if (files.length === 0) return config;
  const { model, initial, ...rest } = files.reduce(
    (changed, file) => changeAt(changed, file.at, (part) => ({ ...part, ...read(file) })),
    config,
  );
  const { manifold = "sphere", check } = modelEntryOf(model);
  check?.(model);
  initialEntryOf(initial).check?.(initial, { dimension: model.dimension, manifold });
  return { model, initial, ...rest };
}

/** The configuration as it is written down: files by name and digest, without the numbers in them. */
export const withoutArrays = (config: Config): Config =>
  filesOf(config).reduce(
    (changed, { at }) => changeAt(changed, at, ({ arrays: _arrays, source: _source, ...part }) => part),
    config,
  );

/** What a file is called beside a result that was made with it: after the part that names it, "heads.npz". */
export const copyName = ({ at, file }: FileReference): string =>
  at[at.length - 1] + (/\.[a-z0-9]+$/i.exec(file)?.[0] ?? "");

/** The files that were read for a configuration, where they were found. */
export const readFilesOf = (config: Config): (FileReference & { readonly source: string })[] =>
  filesOf(config).map((file) => ({ ...file, source: String(partAt(config, file.at).source) }));

type Part = Readonly<Record<string, unknown>>;

const partAt = (whole: object, at: readonly string[]): Part =>
  at.reduce((part, key) => part[key] as Part, whole as Part);

/** A copy with the part at these keys replaced. */
function changeAt<T extends object>(
  whole: T,
  [key, ...rest]: readonly string[],
  change: (part: Part) => Part,
): T {
  const part = (whole as Part)[key] as Part;
  return { ...whole, [key]: rest.length > 0 ? changeAt(part, rest, change) : change(part) };
}
