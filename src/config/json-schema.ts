import * as z from "zod";
import { configSchema } from "./config.js";

/** The JSON Schema (draft 2020-12) of a configuration as it is written: what may be left out is not required. */
export const jsonSchema = (): JsonSchema => z.toJSONSchema(configSchema, { io: "input" }) as JsonSchema;

/** What is read off a JSON Schema here. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}
