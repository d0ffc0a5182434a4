/**
 * Writes a text to standard output, all of it before the promise settles. A reader that has seen enough (`| head`) is no
 * error. Throws one sentence when the output cannot be written, such as a file on a full disk.
 */
export function print(text: string, stream: NodeJS.WritableStream = process.stdout): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EPIPE") resolve();
      else reject(new Error(`Could not write to standard output: ${outputReason(error)}.`, { cause: error }));
    };
    // Node reports a failed write twice, to the callback and as an event; the event without a listener ends the process.
    stream.on("error", failed);
    stream.write(text, (error) => (error ? failed(error) : resolve()));
  });
}

const outputReason = ({ code, message }: NodeJS.ErrnoException): string =>
  code === "ENOSPC" ? "the disk is full" : message;
