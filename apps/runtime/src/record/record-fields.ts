/** How somebody wants a record: what both doors take. */
import { z } from "@hono/zod-openapi";
import { LANGUAGES } from "./words.ts";

export const languageField = z.enum(LANGUAGES).default("en");

export const timeZoneField = z
  .string()
  .max(100)
  .refine(isTimeZone, { error: "this must be a time zone such as Europe/Kyiv", params: { code: "time_zone_invalid" } })
  .default("UTC");

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
