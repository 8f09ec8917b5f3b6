/** The providers behind the installation's settings, and which of them a model's name means. */
import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModel } from "ai";
import { fatalFailure, type NodeFailure } from "../failure.ts";
import { openOutbound, type GuardedFetch, type Outbound } from "../outbound/guarded-fetch.ts";
import type { AiSettings, ProviderKey } from "./settings.ts";

/** Used where neither the node nor the installation names one. */
const DEFAULT_MODEL = "gpt-5-mini";

/** Addresses of the providers themselves. */
const OPENAI = "https://api.openai.com/v1";
const ANTHROPIC = "https://api.anthropic.com/v1";
const GOOGLE = "https://generativelanguage.googleapis.com/v1beta";

// What the SDK warns about (a setting that a model ignores) goes into the step's meta, not to the console.
globalThis.AI_SDK_LOG_WARNINGS = false;

/** One door per server: the operator named it, so its address is allowed, a private one too. Nothing else is. */
const doors = new Map<string, Outbound>();

/** Of the packages that an installation may add: those that speak with the SDK that Holdfast brings. */
const ADDED_MAJOR = 4;

/** Sees the answers of a server before the SDK does. */
export type Lens = (send: typeof globalThis.fetch) => typeof globalThis.fetch;

/** Which models a node names. */
interface Named {
  readonly model?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
}

/** The models to ask, in this order. */
export function modelsOf(settings: AiSettings, { model, fallbacks = [] }: Named): readonly string[] {
  return [...new Set([model ?? settings.model ?? DEFAULT_MODEL, ...fallbacks])];
}

/**
 * Whether the offline model answers: where no provider is set up at all, and for the models of the installation's own
 * server where it has no key. A key that happens to be in the environment does not break what needs none.
 */
export function isOffline(settings: AiSettings, named: Named): boolean {
  const { apiKey, anthropic, google } = settings;
  if (apiKey !== undefined) return false;
  return (anthropic ?? google) === undefined || modelsOf(settings, named).every((name) => !OTHERS.test(name));
}

/** Names of models of other providers than the installation's server. */
const OTHERS = /^(anthropic|google)\/(.+)$/s;

/**
 * The model, with a key that is only in the closure of its requests. `anthropic/…` and `google/…` are asked of those
 * providers, `server/…` and every other name of the installation's server.
 * @throws NodeFailure `ai_provider_missing`
 */
export async function languageModel(settings: AiSettings, name: string, lens: Lens): Promise<LanguageModel> {
  const [, provider, model = ""] = OTHERS.exec(name) ?? [];
  if (provider === "anthropic") return anthropicModel(settings.anthropic, model, lens);
  if (provider === "google") return googleModel(settings.google, model, lens);
  return serverModel(settings, name.replace(/^server\//, ""), lens);
}

/** Where a model's answers come from: what is learned of one holds for the other models there. */
export function serverOf(settings: AiSettings, name: string): string {
  return OTHERS.exec(name)?.[1] ?? settings.baseUrl ?? OPENAI;
}

function serverModel(settings: AiSettings, model: string, lens: Lens): LanguageModel {
  const { apiKey, baseUrl: baseURL = OPENAI } = settings;
  if (apiKey === undefined) throw missing("OpenAI, or a server that speaks its protocol,", "OPENAI_API_KEY");
  const provider = createOpenAI({ apiKey, baseURL, fetch: lens(asFetch(doorTo(baseURL))) });
  return speaksResponses(settings) ? provider.responses(model) : provider.chat(model);
}

/** Whether the installation's server is asked by the newer protocol, which keeps what was said unless told otherwise. */
export function speaksResponses({ api, baseUrl }: AiSettings): boolean {
  return (api ?? (baseUrl === undefined ? "responses" : "chat")) === "responses";
}

async function anthropicModel(key: ProviderKey | undefined, model: string, lens: Lens): Promise<LanguageModel> {
  if (key === undefined) throw missing("Anthropic", "ANTHROPIC_API_KEY");
  const { createAnthropic } = await added("@ai-sdk/anthropic", () => import("@ai-sdk/anthropic"));
  const baseURL = key.baseUrl ?? ANTHROPIC;
  return createAnthropic({ apiKey: key.apiKey, baseURL, fetch: lens(asFetch(doorTo(baseURL))) })(model);
}

async function googleModel(key: ProviderKey | undefined, model: string, lens: Lens): Promise<LanguageModel> {
  if (key === undefined) throw missing("Google", "GOOGLE_GENERATIVE_AI_API_KEY");
  const { createGoogle } = await added("@ai-sdk/google", () => import("@ai-sdk/google"));
  const baseURL = key.baseUrl ?? GOOGLE;
  return createGoogle({ apiKey: key.apiKey, baseURL, fetch: lens(asFetch(doorTo(baseURL))) })(model);
}

/** A package that the installation may have added. */
async function added<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch {
    throw fatalFailure(
      "ai_provider_missing",
      `The models of this provider need the package ${name}: run “npm install ${name}@${ADDED_MAJOR}” where Holdfast is installed, and start it again.`,
    );
  }
}

function missing(provider: string, variable: string): NodeFailure {
  return fatalFailure(
    "ai_provider_missing",
    `${provider} is not set up: its key belongs into the variable ${variable}.`,
  );
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
      secretHeaders: ["x-api-key", "x-goog-api-key"],
    });
  };
}
