import type { Config } from "./config.js";
import type { FileArrays, FileReference } from "./contract/file-arrays.js";
import { initialEntryOf, modelEntryOf } from "./entries.js";

/** The files of arrays that a configuration names. */
export const filesOf = ({ model, initial }: Config): FileReference[] =>
  [modelEntryOf(model).file?.(model), initialEntryOf(initial).file?.(initial)].filter((file) => !!file);

/**
 * The configuration with what its files hold: arrays and digest are attached to the part that names the file, and that part
 * is checked. They go where the configuration goes, to other threads too. Throws a ConfigError.
 */
export function withArrays(
  config: Config,
  read: (file: FileReference) => { readonly arrays: FileArrays; readonly sha256: string },
): Config {
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
    (changed, { at }) => changeAt(changed, at, ({ arrays: _arrays, ...part }) => part),
    config,
  );

type Part = Readonly<Record<string, unknown>>;

/** A copy with the part at these keys replaced. */
function changeAt<T extends object>(
  whole: T,
  [key, ...rest]: readonly string[],
  change: (part: Part) => Part,
): T {
  const part = (whole as Part)[key] as Part;
  return { ...whole, [key]: rest.length > 0 ? changeAt(part, rest, change) : change(part) };
}
