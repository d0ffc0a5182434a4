import type { Config } from "../config/config.js";
import { refuse, refusing } from "../config/contract/config-error.js";
import { withArrays } from "../config/file-arrays.js";
import { placeOf } from "../io/array-files.js";
import { readArrays } from "../io/read-arrays.js";

/** What the one array of a file without names is: files of heads need two. */
const ALONE = "points";

/**
 * The configuration with the arrays of the files it names, relative to `directory`, and their digests. One from a result's
 * `record` takes the copies that stand beside it, where there are some. Throws a ConfigError for a file that cannot be read,
 * is not the one whose digest is given, or does not fit.
 */
export const loadArrays = (config: Config, directory: string, record = false): Config =>
  withArrays(config, (reference) => {
    const { at, file, sha256 } = reference;
    const key = at.join(".");
    const source = placeOf(reference, directory, record);
    const read = refusing(`${key}.file: `, () => readArrays(source, ALONE));
    if (sha256 !== undefined && sha256 !== read.sha256) {
      refuse(
        `${key}.sha256`,
        `is ${sha256}, and "${file}" has ${read.sha256}; want the file that was used, or no digest`,
      );
    }
    return { ...read, source };
  });
