import { jsonSchema } from "../config/json-schema.js";

/** What `commonnoise schema` prints: the JSON Schema (draft 2020-12) of a configuration, for editors and other programs. */
export const schemaText = (): string => `${JSON.stringify(jsonSchema(), null, 2)}\n`;
