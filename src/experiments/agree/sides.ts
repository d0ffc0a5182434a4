import type { Stop } from "../stop.js";
import type { LawSide } from "./law-side.js";
import type { LimitSide } from "./limit-side.js";
import type { TokenSide } from "./token-side.js";

export type SideName = "limit" | "tokens" | "law";

/** What is held against each other, as far as it came. */
export interface Sides {
  /** Null when there is nothing of it. */
  readonly limit: LimitSide | null;
  readonly tokens: TokenSide | null;
  /** Null as well when it was left out, or the model has no heads to draw. */
  readonly law: LawSide | null;
  /** The sides that ended early. */
  readonly stops: Readonly<Partial<Record<SideName, Stop>>>;
}
