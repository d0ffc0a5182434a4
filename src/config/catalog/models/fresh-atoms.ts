/** What the result says of atoms that are drawn anew every step, `"atoms": "fresh"`. */
export const FRESH_WORDS = "fresh every step: right in law only, not path by path";

/** Why a strong order makes no sense with them; null where it does. */
export const freshInLawOnly = ({ atoms }: { readonly atoms?: unknown }): string | null =>
  atoms === "fresh"
    ? 'model.atoms: "fresh" is right in law only, and a strong order is path by path; want a number of atoms, or the study "weak"'
    : null;
