/** A computation that cannot go on, or was asked not to: what was found until then is right. A mistake is a RangeError. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  /** When it ended, where that is known. */
  readonly time?: number;
  /** Set when the user asked for the end. */
  readonly interrupted?: true;

  constructor(cause: string, at: { readonly time?: number; readonly interrupted?: true } = {}) {
    super(cause);
    this.time = at.time;
    this.interrupted = at.interrupted;
  }
}
