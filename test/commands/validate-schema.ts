/** The keywords of JSON Schema (draft 2020-12) that a configuration's schema uses. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** Keywords that say nothing of what is valid. */
const SILENT = ["$schema", "default", "description"];

const CHECKS: Readonly<Record<string, (schema: Schema, value: unknown) => boolean>> = {
  type: ({ type }, value) => typesOf(value).includes(type!),
  const: (schema, value) => value === schema.const,
  enum: (schema, value) => schema.enum!.includes(value),
  properties: ({ properties }, value) =>
    !isObject(value) ||
    Object.entries(properties!).every(
      ([key, each]) => !Object.hasOwn(value, key) || isValid(each, value[key]),
    ),
  required: ({ required }, value) => !isObject(value) || required!.every((key) => Object.hasOwn(value, key)),
  additionalProperties: ({ properties = {} }, value) =>
    !isObject(value) || Object.keys(value).every((key) => Object.hasOwn(properties, key)),
  items: ({ items }, value) => !Array.isArray(value) || value.every((each) => isValid(items!, each)),
  minItems: ({ minItems }, value) => !Array.isArray(value) || value.length >= minItems!,
  minLength: ({ minLength }, value) => typeof value !== "string" || value.length >= minLength!,
  minimum: ({ minimum }, value) => typeof value !== "number" || value >= minimum!,
  maximum: ({ maximum }, value) => typeof value !== "number" || value <= maximum!,
  exclusiveMinimum: ({ exclusiveMinimum }, value) => typeof value !== "number" || value > exclusiveMinimum!,
  oneOf: ({ oneOf }, value) => oneOf!.filter((each) => isValid(each, value)).length === 1,
  anyOf: ({ anyOf }, value) => anyOf!.some((each) => isValid(each, value)),
};

/** Whether a value is valid. Throws on a keyword that is not known here. */
export function isValid(schema: Schema, value: unknown): boolean {
  return Object.keys(schema)
    .filter((keyword) => !SILENT.includes(keyword))
    .every((keyword) => {
      if (!Object.hasOwn(CHECKS, keyword)) throw new Error(`no check of the keyword ${keyword}`);
      if (keyword === "additionalProperties" && schema.additionalProperties !== false) {
        throw new Error("additionalProperties is checked as false only");
      }
      return CHECKS[keyword](schema, value);
    });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typesOf(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  if (typeof value === "number") return Number.isInteger(value) ? ["number", "integer"] : ["number"];
  return [typeof value];
}
