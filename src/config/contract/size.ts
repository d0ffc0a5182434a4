/** Something that takes memory or time, roughly. */
export interface Size {
  /** The path of the key that drives it, */
  readonly key: string;
  /** and its name in a sentence. */
  readonly what: string;
  /** Held at once. */
  readonly bytes: number;
  /** Of one use: multiplications, additions and the like, near a nanosecond each. */
  readonly operations: number;
}

/** What is asked of a model's fields at n points. */
export interface FieldUse {
  /** n */
  readonly count: number;
  /** Whether a step takes derivatives of the fields, */
  readonly derivatives: boolean;
  /** and their brackets with the Lévy area. */
  readonly area: boolean;
}

/** What a solver moves in a step. */
export interface Moved extends Omit<FieldUse, "area"> {
  /** Whether it uses Lévy areas where they are drawn. */
  readonly usesArea: boolean;
  /** How often a step evaluates the model's fields. */
  readonly evaluations: number;
  /** Whether it keeps the noise of all steps of a path, to go over them again; it does not unless given. */
  readonly keepsNoise?: boolean;
  /** Heads of the model's transformer that a step draws; none unless given. */
  readonly heads?: number;
  /** What it takes beside the model's fields; operations are those of a step. */
  readonly sizes: readonly Size[];
}

/** Bytes of a number in a Float64Array. */
export const NUMBER = 8;
