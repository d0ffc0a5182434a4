/** What one check found. */
export interface ModelCheck {
  readonly name: string;
  readonly ok: boolean;
  /** How far the model is from what it must be; Infinity where it could not be asked. */
  readonly value: number;
  /** How far it may be, from rounding and differencing. */
  readonly bound: number;
  /** What holds, or what is wrong. */
  readonly message: string;
}

/** A check before it is made: `wrong` is the sentence for a model that fails it. */
export interface CheckPlan {
  readonly name: string;
  readonly wrong: string;
  /** How far the model is, and may be. */
  measure(): { readonly value: number; readonly bound: number };
}

/** Makes the check. A model that throws fails it, with its own words; a number that is none fails it as well. */
export function makeCheck({ name, wrong, measure }: CheckPlan): ModelCheck {
  try {
    const { value, bound } = measure();
    const ok = value <= bound;
    const found = `${digits(value)} (at most ${digits(bound)})`;
    return {
      name,
      ok,
      value: Number.isNaN(value) ? Infinity : value,
      bound,
      message: ok ? `${name}: ${found}` : `${name}: ${wrong}, by ${found}`,
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { name, ok: false, value: Infinity, bound: 0, message: `${name}: ${cause}` };
  }
}

const digits = (v: number): string => String(Number(v.toPrecision(2)));
