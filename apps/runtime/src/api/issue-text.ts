/** What zod found wrong, in words that say what would be right. */
import type { z } from "@hono/zod-openapi";

type Issue = z.ZodError["issues"][number];

const TYPES: ReadonlyMap<string, string> = new Map([
  ["string", "a text"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
  ["record", "an object"],
  ["null", "null"],
]);

const FORMATS: ReadonlyMap<string, string> = new Map([
  ["datetime", "a time such as 2026-11-23T09:30:00Z"],
  ["date", "a day such as 2026-11-23"],
  ["base64", "Base64"],
  ["uuid", "an id such as 019a8f3e-5b7c-7d21-9c55-0f6f5a3b2c10"],
  ["email", "an e-mail address"],
  ["url", "an address such as https://example.com"],
]);

/** How zod's own texts begin: any other text is that of the schema, which knows better. */
const OF_ZOD = /^(?:Too (?:small|big)|Invalid )/;

export function issueText(issue: Issue): string {
  if (issue.code === "invalid_type") return `this must be ${TYPES.get(issue.expected) ?? issue.expected}`;
  if (!OF_ZOD.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "too_small":
      return `${issue.inclusive === false ? "more than" : "at least"} ${counted(issue.minimum, issue.origin)}`;
    case "too_big":
      return `${issue.inclusive === false ? "less than" : "at most"} ${counted(issue.maximum, issue.origin)}`;
    case "invalid_value":
      return `this must be ${oneOf(issue.values)}`;
    case "invalid_union":
      return "options" in issue && issue.options !== undefined
        ? `this must be ${oneOf(issue.options)}`
        : "this is none of the possible forms";
    case "invalid_format":
      return `this must be ${FORMATS.get(issue.format) ?? `like ${issue.pattern ?? issue.format}`}`;
    default:
      return issue.message;
  }
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;

function counted(count: number | bigint, origin: string): string {
  const [one, many] = UNITS.get(origin) ?? ["", ""];
  const unit = Number(count) === 1 ? one : many;
  return unit === "" ? String(count) : `${count} ${unit}`;
}

const UNITS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["string", ["character", "characters"]],
  ["array", ["item", "items"]],
  ["set", ["item", "items"]],
  ["file", ["byte", "bytes"]],
]);
