const reasons: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "its directory does not exist, and cannot be made",
  ENOTDIR: "a part of its path is not a directory",
  EEXIST: "there is something in its place",
  EISDIR: "it is a directory",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links lead in a circle",
};

/** The code of a failed file operation, such as ENOENT; "" for any other error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** One sentence for a failed file operation. */
export function fileError(path: string, error: unknown): Error {
  const code = codeOf(error);
  const reason = Object.hasOwn(reasons, code)
    ? reasons[code]
    : error instanceof Error
      ? error.message
      : String(error);
  return new Error(`Could not write ${path}: ${reason}.`, { cause: error });
}
