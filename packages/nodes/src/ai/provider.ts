/** The provider behind the installation's settings. */
import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModel } from "ai";
import { openOutbound, type GuardedFetch, type Outbound } from "../outbound/guarded-fetch.ts";
import type { AiSettings } from "./settings.ts";

/** Used where neither the node nor the installation names one. */
export const DEFAULT_MODEL = "gpt-5-mini";

/** OpenAI's own address. */
const OPENAI = "https://api.openai.com/v1";

// What the SDK warns about (a setting that a model ignores) goes into the step's meta, not to the console.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** One door per server: the operator named it, so its address is allowed, a private one too. Nothing else is. */
const doors = new Map<string, Outbound>();

/** The model, with a key that is only in the closure of its requests. */
export function languageModel(settings: AiSettings & { readonly apiKey: string }, model: string): LanguageModel {
  const baseURL = settings.baseUrl ?? OPENAI;
  const provider = createOpenAI({ apiKey: settings.apiKey, baseURL, fetch: asFetch(doorTo(baseURL)) });
  const api = settings.api ?? (settings.baseUrl === undefined ? "responses" : "chat");
  return api === "responses" ? provider.responses(model) : provider.chat(model);
}

function doorTo(baseUrl: string): GuardedFetch {
  const { hostname, port, protocol } = new URL(baseUrl);
  const standardPort = protocol === "https:" ? "443" : "80";
  const allowed = `${hostname}:${port === "" ? standardPort : port}`;
  let door = doors.get(allowed);
  if (!door) doors.set(allowed, (door = openOutbound({ allow: [allowed] })));
  return door.fetch;
}

/** The door in the shape the SDK calls; it sends JSON texts only. */
function asFetch(door: GuardedFetch): typeof globalThis.fetch {
  return (input, init = {}) => {
    const { body, method, headers, signal } = init;
    if (input instanceof Request || (body !== undefined && body !== null && typeof body !== "string")) {
      throw new TypeError("Only plain requests go through this door.");
    }
    return door(input, {
      ...(method !== undefined && { method }),
      headers: new Headers(headers),
      body: body ?? undefined,
      signal: signal ?? undefined,
    });
  };
}
