import { commutes } from "../src/models/commutes.js";
import { areaBytes, MOST_BYTES, MOST_CHANNELS } from "../src/noise/areas/limits.js";
import type {
  CommonNoise,
  Diagnostics,
  Evolution,
  Interval,
  Measure,
  Model,
  SchemeFacts,
} from "../src/types.js";

/**
 * Whether a run is given Lévy areas: "auto" where its scheme needs them and they can be had, "full" insists on it, "none"
 * asks for less.
 */
export type AreaChoice = (typeof AREA_CHOICES)[number];

export const AREA_CHOICES = ["auto", "full", "none"] as const;

/** What a scheme needs and promises on a model: path by path nothing, where the noise is redrawn every step. */
export const factsOn = (scheme: SchemeFacts, { redrawn }: Model): SchemeFacts =>
  redrawn ? { name: scheme.name, needsArea: "never", strongOrder: 0, strongOrderWithoutArea: 0 } : scheme;

/** Who needs the Lévy area: a scheme that uses it, on a model whose noise fields do not commute from this law. */
export const wantsArea = (scheme: SchemeFacts, model: Model, law: Measure): boolean =>
  needsArea({ scheme: factsOn(scheme, model), commuting: () => commutes(model, law) });

/** The same of an evolution. */
export const needsArea = ({ scheme, commuting }: Pick<Evolution, "scheme" | "commuting">): boolean =>
  scheme?.needsArea === "unless-commuting" && commuting !== undefined && !commuting();

/** The strong order a scheme has, `given` areas or not. */
export const orderOf = (scheme: SchemeFacts, commuting: () => boolean, given: boolean): number => {
  const { strongOrder, strongOrderWithoutArea } = scheme;
  if (strongOrder === strongOrderWithoutArea || (given && scheme.needsArea !== "never")) return strongOrder;
  return commuting() ? strongOrder : strongOrderWithoutArea;
};

/** What the reader of a result must know that has this order. */
export const orderNote = (scheme: SchemeFacts, order: number): string | null => {
  if (order === 0) return "the noise is redrawn every step: right in law only, with no strong order";
  return order < scheme.strongOrder
    ? "the fields do not commute and no Lévy area is used: strong order 1/2, not 1"
    : null;
};

/**
 * Whether areas are drawn for a noise of K channels on `steps` finest steps. Throws a RangeError when "full" insists on
 * more than `MOST_BYTES`, with the bytes that it would take.
 */
export function drawsArea(choice: AreaChoice, needed: boolean, channels: number, steps: number): boolean {
  if (!needed || choice === "none") return false;
  if (choice === "auto") return channels <= MOST_CHANNELS;
  const bytes = areaBytes(channels, steps);
  if (bytes > MOST_BYTES) {
    throw new RangeError(
      `"full" would take ${gigabytes(bytes)} of memory for areas of ${channels} x ${channels} channels (at most ` +
        `${gigabytes(MOST_BYTES)}); want fewer channels, or "none" for strong order 1/2`,
    );
  }
  return true;
}

const gigabytes = (bytes: number): string => `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;

/**
 * Whether the areas that a noise has are handed to an evolution: those that it needs, under "auto"; all, under "full",
 * which throws a RangeError where there are none.
 */
export function handsArea(choice: AreaChoice, evolution: Evolution, noise: CommonNoise): boolean {
  if (choice === "full" && !noise.area) {
    throw new RangeError('noise: carries no Lévy areas, and this run needs them (area: "full")');
  }
  return noise.area !== undefined && (choice === "full" || (choice === "auto" && needsArea(evolution)));
}

/** What a method was given so far, and the strong order it then has. */
export interface AreaUse {
  /** What steps the evolution, as far as it goes on its model. */
  readonly scheme: SchemeFacts;
  /** Whether the fields commute. Decided once. */
  readonly commuting: () => boolean;
  /** Takes note of a step. */
  see(interval: Interval): void;
  diagnostics(): Diagnostics;
}

/** `law` is one from which the model starts. */
export function areaUse(given: SchemeFacts, model: Model, law: () => Measure): AreaUse {
  const scheme = factsOn(given, model);
  let known: boolean | undefined;
  let always = true;
  const commuting = (): boolean => (known ??= commutes(model, law()));
  return {
    scheme,
    commuting,
    see: ({ area }) => void (always &&= area !== null),
    diagnostics() {
      const strongOrder = orderOf(scheme, commuting, always);
      const note = orderNote(scheme, strongOrder);
      return { scheme: scheme.name, strongOrder, ...(note !== null && { note }) };
    },
  };
}
