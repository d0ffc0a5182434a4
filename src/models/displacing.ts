import type { Displace, Field } from "../types.js";

const TERMS = ["freeze", "increment", "derivative", "correction", "bracket"] as const;

/**
 * The one map of a field's step, where the field still has the terms that it was made from: who takes a field apart and puts
 * another term in its place, `{ ...field, increment }`, is stepped by that term.
 */
export function displacing(field: Field): Displace | undefined {
  const { displace } = field;
  return displace && TERMS.every((term) => displace.of[term] === field[term]) ? displace : undefined;
}
