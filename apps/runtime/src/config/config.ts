/**
 * The environment, read once, at the start. Every bad value is told at once, each in a line that names the variable
 * and says what would be right.
 */
import { isDuration, parseDuration } from "@holdfast/dsl";
import type { AiSettings } from "@holdfast/nodes";
import { percentDecoded, type Credential } from "@holdfast/nodes/executors";
import { z } from "zod";
import { type AuditKey, readPrivateKey } from "../audit/audit-key.ts";
import { parseSealKeys, type SealKey } from "../credentials/key-ring.ts";
import { LOG_LEVELS, type LogLevel } from "../log/logger.ts";
import { Scrubber } from "../log/scrubber.ts";
import { Secret } from "../log/secret.ts";
import { CREDENTIAL_FORMS, isCredentialVariable, parseCredential } from "./credential-text.ts";
import { parseHostAliases, type HostAlias } from "./host-aliases.ts";
import { parsePrices, Prices } from "../models/prices.ts";
import { providerSettings, providerVariables, type ProviderSettings } from "./provider-settings.ts";

export interface Config {
  /** Absent: `up` starts an embedded Postgres; other commands need it. */
  readonly databaseUrl: Secret | undefined;
  /** Address to listen on. */
  readonly host: string;
  readonly port: number;
  /** Where people reach it through a proxy that ends TLS; absent: on this computer alone. */
  readonly publicUrl: URL | undefined;
  /** Absent: the command's own. */
  readonly logLevel: LogLevel | undefined;
  /** Runs that one process carries at a time. */
  readonly capacity: number | undefined;
  /** Milliseconds. */
  readonly leaseMs: number | undefined;
  /** Milliseconds that ended runs and events are kept; absent: for ever. */
  readonly keepHistoryMs: number | undefined;
  readonly metricsToken: Secret | undefined;
  /** The file of the audit's signed heads; absent: in the data folder. */
  readonly auditHeads: string | undefined;
  /** Signs them; absent: the key in the data folder, made at the first start. */
  readonly auditKey: AuditKey | undefined;
  /** Where people may sign in beside e-mail and password. */
  readonly provider: ProviderSettings | undefined;
  readonly hostAliases: ReadonlyMap<string, HostAlias>;
  /** Private addresses that flows may reach. */
  readonly allowPrivate: readonly string[];
  readonly ai: AiSettings;
  /** Of language models. */
  readonly prices: Prices;
  /** By the variable that has it. */
  readonly credentials: ReadonlyMap<string, Credential>;
  /** What seals stored credentials; absent: a file in the data folder, where there is one. */
  readonly sealKeys: readonly SealKey[] | undefined;
  readonly sealKeyFile: string | undefined;
  /** Knows every secret of the environment. */
  readonly scrubber: Scrubber;
}

/** One line per bad value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

const DEFAULT_HOST = "127.0.0.1";
export const DEFAULT_PORT = 4400;
/** Who mistakes the unit loses no more than they meant to keep for a day. */
const SHORTEST_HISTORY_MS = 24 * 60 * 60 * 1000;

const wholeNumber = (from: number, to: number, what: string) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= from && Number(text) <= to, `must be ${what}`)
    .transform(Number);

const url = (protocols: readonly string[], what: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be ${what}`)
    .refine((text) => {
      const address = URL.parse(text);
      return address === null || percentDecoded(address.username + address.password) !== undefined;
    }, "must have %25 for each % in its user or password");

const aliases = z.string().transform((text, context) => {
  try {
    return parseHostAliases(text);
  } catch (error) {
    context.addIssue(`must be name=host:port,…: ${error instanceof Error ? error.message : ""}`);
    return z.NEVER;
  }
});

const auditKey = z.string().transform((text, context) => {
  try {
    return { text, key: readPrivateKey(text) };
  } catch {
    // The value is a secret: the line says only what would be right.
    context.addIssue("must be a private Ed25519 key in PEM, as openssl genpkey -algorithm ed25519 makes it");
    return z.NEVER;
  }
});

const sealKeys = z.string().transform((text, context): readonly SealKey[] => {
  try {
    return parseSealKeys(text);
  } catch (error) {
    // Never the text: it is the secret of all secrets.
    context.addIssue(error instanceof Error ? error.message : "can't be read");
    return z.NEVER;
  }
});

const prices = z.string().transform((text, context): Prices => {
  const parsed = parsePrices(text);
  if ("prices" in parsed) return parsed.prices;
  for (const fault of parsed.faults) context.addIssue(fault);
  return z.NEVER;
});

const environment = z.object({
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "an address such as postgres://name:password@host:5432/database",
  ).optional(),
  HOLDFAST_HOST: z
    .string()
    .regex(/^[\w.:[\]-]+$/, "must be an address or a host name such as 127.0.0.1 or 0.0.0.0")
    .default(DEFAULT_HOST),
  HOLDFAST_PORT: wholeNumber(0, 65_535, "a port from 0 (any free one) to 65535").default(DEFAULT_PORT),
  HOLDFAST_PUBLIC_URL: url(["https:"], "an address such as https://holdfast.example.com")
    .refine((text) => !URL.canParse(text) || new URL(text).pathname === "/", "must be an address without a path")
    .optional(),
  HOLDFAST_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).optional(),
  HOLDFAST_CAPACITY: wholeNumber(1, 10_000, "a number of runs from 1 to 10000").optional(),
  HOLDFAST_LEASE: z
    .string()
    .refine(
      (text) => isDuration(text) && parseDuration(text) >= 500,
      "must be a duration of at least 500ms, such as 15s",
    )
    .transform(parseDuration)
    .optional(),
  HOLDFAST_KEEP_HISTORY: z
    .string()
    .refine(
      (text) => isDuration(text) && parseDuration(text) >= SHORTEST_HISTORY_MS,
      "must be a duration of at least 1d, such as 365d; without it history is kept for ever",
    )
    .transform(parseDuration)
    .optional(),
  HOLDFAST_METRICS_TOKEN: z.string().min(16, "must be at least 16 characters long").optional(),
  HOLDFAST_AUDIT_HEADS: z.string().optional(),
  HOLDFAST_AUDIT_KEY: auditKey.optional(),
  HOLDFAST_HOST_ALIASES: aliases.default(new Map()),
  HOLDFAST_ALLOW_PRIVATE: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .default([]),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url(["http:", "https:"], "an address such as https://models.example.com/v1").optional(),
  HOLDFAST_AI_MODEL: z.string().optional(),
  HOLDFAST_AI_PRICES: prices.default(new Prices()),
  HOLDFAST_SECRET_KEYS: sealKeys.optional(),
  HOLDFAST_SECRET_KEYS_FILE: z.string().optional(),
  HOLDFAST_AI_API: z.enum(["responses", "chat"], "must be responses or chat").optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: url(["http:", "https:"], "an address such as https://api.anthropic.com/v1").optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional(),
  GOOGLE_GENERATIVE_AI_BASE_URL: url(
    ["http:", "https:"],
    "an address such as https://generativelanguage.googleapis.com/v1beta",
  ).optional(),
  ...providerVariables,
});

const KNOWN = new Set(Object.keys(environment.shape));

/** @throws ConfigError with a line for every bad value. */
export function readConfig(variables: { readonly [name: string]: string | undefined }): Config {
  // An empty variable is one that is not set: shells and compose files can hardly say otherwise.
  const told = Object.fromEntries(Object.entries(variables).filter(([name, value]) => KNOWN.has(name) && value !== ""));
  const lines: string[] = [];
  const credentials = readCredentials(variables, lines);
  const parsed = environment.safeParse(told);
  if (!parsed.success) lines.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
  const provider = parsed.success ? providerSettings(parsed.data, lines) : undefined;
  if (!parsed.success || lines.length > 0) throw new ConfigError(lines);
  const values = parsed.data;

  const scrubber = new Scrubber();
  const secret = (text: string | undefined): Secret | undefined => {
    if (text === undefined) return undefined;
    scrubber.add(text);
    return new Secret(text);
  };
  const databaseUrl = secret(values.DATABASE_URL);
  if (values.DATABASE_URL !== undefined) scrubber.add(decodeURIComponent(new URL(values.DATABASE_URL).password));
  secret(values.OPENAI_API_KEY);
  secret(values.ANTHROPIC_API_KEY);
  secret(values.GOOGLE_GENERATIVE_AI_API_KEY);
  secret(values.HOLDFAST_AUDIT_KEY?.text);
  if (provider?.clientSecret !== undefined) scrubber.add(provider.clientSecret);
  for (const credential of credentials.values()) for (const part of credential.secrets()) scrubber.add(part);

  return {
    databaseUrl,
    host: values.HOLDFAST_HOST,
    port: values.HOLDFAST_PORT,
    publicUrl: values.HOLDFAST_PUBLIC_URL === undefined ? undefined : new URL(values.HOLDFAST_PUBLIC_URL),
    logLevel: values.HOLDFAST_LOG_LEVEL,
    capacity: values.HOLDFAST_CAPACITY,
    leaseMs: values.HOLDFAST_LEASE,
    keepHistoryMs: values.HOLDFAST_KEEP_HISTORY,
    metricsToken: secret(values.HOLDFAST_METRICS_TOKEN),
    auditHeads: values.HOLDFAST_AUDIT_HEADS,
    auditKey: values.HOLDFAST_AUDIT_KEY?.key,
    provider,
    hostAliases: values.HOLDFAST_HOST_ALIASES,
    allowPrivate: values.HOLDFAST_ALLOW_PRIVATE,
    ai: aiSettings(values),
    prices: values.HOLDFAST_AI_PRICES,
    credentials,
    sealKeys: values.HOLDFAST_SECRET_KEYS,
    sealKeyFile: values.HOLDFAST_SECRET_KEYS_FILE,
    scrubber,
  };
}

function aiSettings(values: z.output<typeof environment>): AiSettings {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, HOLDFAST_AI_MODEL: model, HOLDFAST_AI_API: api } = values;
  const { ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, GOOGLE_GENERATIVE_AI_API_KEY, GOOGLE_GENERATIVE_AI_BASE_URL } = values;
  return {
    ...(apiKey !== undefined && { apiKey }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(model !== undefined && { model }),
    ...(api !== undefined && { api }),
    ...(ANTHROPIC_API_KEY !== undefined && { anthropic: providerKey(ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL) }),
    ...(GOOGLE_GENERATIVE_AI_API_KEY !== undefined && {
      google: providerKey(GOOGLE_GENERATIVE_AI_API_KEY, GOOGLE_GENERATIVE_AI_BASE_URL),
    }),
  };
}

const providerKey = (apiKey: string, baseUrl: string | undefined): NonNullable<AiSettings["anthropic"]> =>
  baseUrl === undefined ? { apiKey } : { apiKey, baseUrl };

function readCredentials(
  variables: { readonly [name: string]: string | undefined },
  lines: string[],
): ReadonlyMap<string, Credential> {
  const credentials = new Map<string, Credential>();
  for (const [name, text] of Object.entries(variables)) {
    if (!isCredentialVariable(name) || text === undefined || text === "") continue;
    const credential = parseCredential(text);
    if (credential !== undefined) credentials.set(name, credential);
    else {
      // The value is a secret: the line says only what would be right.
      lines.push(`${name} must be ${CREDENTIAL_FORMS}`);
    }
  }
  return credentials;
}
