/** Objects of the offline model: any JSON Schema, filled with the prompt's facts where a property's name asks for one. */
import { isJsonObject, moneyText, type Json, type JsonObject } from "@holdfast/dsl";
import { factsOf, type Facts } from "./facts.ts";

const DEPTH = 8;

/** Everything a value is made from. */
interface Asked {
  readonly facts: Facts;
  readonly prompt: string;
  readonly root: JsonObject;
}

/** A value that fits `schema` (unless the schema uses means beyond a form's) and agrees with the prompt. */
export function offlineObject(prompt: string, schema: JsonObject): Json {
  return valueFor("", schema, { facts: factsOf(prompt), prompt, root: schema }, 0);
}

function valueFor(name: string, rawSchema: Json | undefined, asked: Asked, depth: number): Json {
  const schema = resolve(rawSchema, asked.root, depth);
  if (schema === undefined) return null;
  if (schema["const"] !== undefined) return schema["const"];
  const choices = schema["enum"];
  if (Array.isArray(choices) && choices.length > 0) return choose(choices, asked);
  switch (typeOf(schema)) {
    case "object":
      return objectFor(schema, asked, depth);
    case "array":
      return Array.from({ length: Math.min(numberAt(schema, "minItems") ?? 0, 100) }, () =>
        valueFor(name, schema["items"], asked, depth + 1),
      );
    case "boolean":
      return booleanFor(name, asked.facts);
    case "number":
      return fitNumber(numberFor(name, asked.facts), schema, false);
    case "integer":
      return fitNumber(numberFor(name, asked.facts), schema, true);
    case "string":
      return textFor(name, schema, asked.facts);
    default:
      return null;
  }
}

function objectFor(schema: JsonObject, asked: Asked, depth: number): JsonObject {
  const properties = isJsonObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const result: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    // Deep in a schema that contains itself only what must be there is made.
    if (depth < DEPTH || required.includes(name)) result[name] = valueFor(name, property, asked, depth + 1);
  }
  return result;
}

/** Follows a reference, the first alternative and the parts of an `allOf`. */
function resolve(raw: Json | undefined, root: JsonObject, depth: number): JsonObject | undefined {
  if (depth > 2 * DEPTH || !isJsonObject(raw)) return undefined;
  const { $ref: reference, allOf: parts } = raw;
  if (typeof reference === "string") return resolve(definition(reference, root), root, depth + 1);
  const alternatives = raw["anyOf"] ?? raw["oneOf"];
  if (Array.isArray(alternatives)) return resolve(alternatives[0], root, depth + 1);
  if (Array.isArray(parts)) {
    return parts.reduce<JsonObject>((whole, part) => merge(whole, resolve(part, root, depth + 1) ?? {}), raw);
  }
  return raw;
}

function definition(reference: string, root: JsonObject): Json | undefined {
  let value: Json | undefined = root;
  for (const part of reference.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    value = isJsonObject(value) ? value[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return value;
}

function merge(a: JsonObject, b: JsonObject): JsonObject {
  const [one, other] = [a["properties"], b["properties"]];
  return { ...a, ...b, ...(isJsonObject(one) && isJsonObject(other) && { properties: { ...one, ...other } }) };
}

function typeOf(schema: JsonObject): Json | undefined {
  const type = schema["type"];
  if (Array.isArray(type)) return type.find((entry) => entry !== "null") ?? "null";
  if (type !== undefined) return type;
  if (schema["properties"] !== undefined) return "object";
  return schema["items"] === undefined ? "string" : "array";
}

/** A choice that the prompt names; else one that agrees with the decision; else the first. */
function choose(choices: readonly Json[], { facts, prompt }: Asked): Json {
  const agreeing = facts.eligible
    ? /^(yes|approved?|accept\w*|eligible|grant\w*|refund)$/i
    : /^(no|reject\w*|declin\w*|refus\w*|not_?eligible|den\w+)$/i;
  const words = choices.filter((choice): choice is string => typeof choice === "string");
  return (
    words.find((choice) => agreeing.test(choice)) ??
    words.find((choice) => prompt.toLowerCase().includes(choice.toLowerCase())) ??
    choices[0] ??
    null
  );
}

function booleanFor(name: string, facts: Facts): boolean {
  if (/reject|den(y|ied)|refus|fraud|suspicious|spam/i.test(name)) return false;
  return /eligib|approv|allow|accept|valid|refund|grant|ok/i.test(name) && facts.eligible;
}

function numberFor(name: string, facts: Facts): number {
  if (/confidence|score|probab|certain/i.test(name)) return 0.8;
  if (/total|paid/i.test(name)) return facts.total ?? 0;
  if (!/amount|refund|sum|price|value/i.test(name)) return 0;
  if (!facts.eligible) return 0;
  return Math.min(facts.requested ?? facts.total ?? 0, facts.total ?? facts.requested ?? 0);
}

/** The nearest number the schema takes; downwards where there is a choice, since it may be money. */
function fitNumber(wanted: number, schema: JsonObject, whole: boolean): number {
  const step = numberAt(schema, "multipleOf") ?? (whole ? 1 : undefined);
  const above = numberAt(schema, "exclusiveMinimum");
  const below = numberAt(schema, "exclusiveMaximum");
  const smallest = Math.max(
    numberAt(schema, "minimum") ?? -Infinity,
    above === undefined ? -Infinity : above + (step ?? 0.01),
  );
  const largest = Math.min(
    numberAt(schema, "maximum") ?? Infinity,
    below === undefined ? Infinity : below - (step ?? 0.01),
  );
  const inside = Math.max(Math.min(wanted, largest), smallest);
  if (step === undefined) return inside;
  // 0.29 is no whole number of 0.01 in binary: what is nearly a step is one.
  const steps = inside / step;
  const near = Math.round(steps);
  const down = Number(((Math.abs(steps - near) < 1e-9 ? near : Math.floor(steps)) * step).toFixed(10));
  return down < smallest ? Number((Math.ceil(smallest / step) * step).toFixed(10)) : down;
}

function textFor(name: string, schema: JsonObject, facts: Facts): string {
  const formatted = FORMATS[typeof schema["format"] === "string" ? schema["format"] : ""];
  const text = formatted ?? wordsFor(name, facts);
  const shortest = numberAt(schema, "minLength") ?? 0;
  const longest = numberAt(schema, "maxLength") ?? Infinity;
  return text.padEnd(shortest, ".").slice(0, Math.min(longest, 10_000));
}

const FORMATS: { readonly [format: string]: string | undefined } = {
  "date-time": "2000-01-01T00:00:00Z",
  date: "2000-01-01",
  time: "00:00:00Z",
  email: "nobody@example.com",
  uri: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

function wordsFor(name: string, facts: Facts): string {
  if (/currency/i.test(name)) return facts.currency ?? "EUR";
  if (/order/i.test(name)) return facts.order ?? "unknown";
  if (/customer|name/i.test(name)) return facts.customer ?? "unknown";
  if (/reason|expla|summary|justif|rationale|why|comment|note|message|text/i.test(name)) return explanation(facts);
  return "offline";
}

function explanation({ eligible, order, total, currency, reason }: Facts): string {
  const subject = order === undefined ? "The order" : `Order ${order}`;
  if (!eligible) return `${subject} is not refundable.`;
  const paid = total === undefined ? "" : ` and ${moneyText(total, currency)} was paid`;
  return `${subject} is refundable${paid}${reason === undefined ? "" : `; the customer says: ${reason}`}.`;
}

function numberAt(schema: JsonObject, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}
