import { arch, platform } from "node:os";
import { ConfigError } from "../config/contract/config-error.js";
import { kernelChoice, type KernelChoice } from "../kernels/choice.js";
import type { Json } from "./json.js";
import { packageFacts } from "./package-facts.js";

/** What decides a result: two with the same identity are the same. */
export type Identity = {
  readonly package: { readonly name: string; readonly version: string };
  /** What was asked for: "run", "study strong", "figure 2". */
  readonly command: string;
  /** Every setting, defaults filled in. */
  readonly config: Json;
  readonly seed: string;
  /** Set where the kernels round in their own way: all others give the same bits. */
  readonly kernels?: "fma";
};

/** What reproduces a result, and nothing that differs between two runs of it. */
export type Manifest = Identity & {
  readonly scheme?: string;
  /** Facts about the method a reader needs: orders, what was redrawn, what was skipped. */
  readonly notes?: readonly string[];
};

/** Where and when it ran: kept apart, because it differs between runs that agree bit for bit. */
export type Environment = {
  readonly node: string;
  readonly platform: string;
  readonly kernels: KernelChoice;
  readonly started: string;
  readonly seconds?: number;
};

/** Throws a ConfigError where COMMONNOISE_KERNELS asks for what cannot be had. */
export function identity(facts: Omit<Identity, "package" | "kernels">): Identity {
  const kernels = kernelsAsked();
  return { package: packageFacts(), ...facts, ...(kernels === "fma" && { kernels }) };
}

function kernelsAsked(): KernelChoice {
  try {
    return kernelChoice();
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}

/** The machine now. `started` is when the run began; with `ended`, the time it took. */
export function environment(started: Date, ended?: Date): Environment {
  const seconds = ended ? { seconds: (ended.getTime() - started.getTime()) / 1000 } : {};
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    kernels: kernelChoice(),
    started: started.toISOString(),
    ...seconds,
  };
}
