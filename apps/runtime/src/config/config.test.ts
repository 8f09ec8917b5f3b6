import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { ConfigError, DEFAULT_PORT, readConfig } from "./config.ts";
import { credentialVariable } from "./credential-text.ts";

const linesOf = (variables: Record<string, string>): readonly string[] => {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
  }
  return [];
};

test("nothing set is fine", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    port: DEFAULT_PORT,
    logLevel: undefined,
    databaseUrl: undefined,
  });
  expect(readConfig({ HOLDFAST_PORT: "" }).port).toBe(DEFAULT_PORT);
});

test("values are read", () => {
  const config = readConfig({
    HOLDFAST_PORT: "0",
    HOLDFAST_LEASE: "1s",
    HOLDFAST_KEEP_HISTORY: "90d",
    HOLDFAST_PUBLIC_URL: "https://holdfast.example.com/",
    HOLDFAST_CAPACITY: "20",
    HOLDFAST_HOST_ALIASES: "Shop.localhost=127.0.0.1:4010, other=[::1]:80",
    HOLDFAST_ALLOW_PRIVATE: "10.0.0.0/8, db.internal:5432",
    OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
  });
  expect(config).toMatchObject({
    port: 0,
    leaseMs: 1_000,
    keepHistoryMs: 90 * 24 * 60 * 60 * 1_000,
    publicUrl: new URL("https://holdfast.example.com"),
    capacity: 20,
    allowPrivate: ["10.0.0.0/8", "db.internal:5432"],
    ai: { baseUrl: "http://127.0.0.1:9/v1" },
  });
  expect([...config.hostAliases]).toEqual([
    ["shop.localhost", { host: "127.0.0.1", port: 4010 }],
    ["other", { host: "::1", port: 80 }],
  ]);
});

describe("each bad value is one line that names the variable and says what would be right", () => {
  test.each([
    ["DATABASE_URL", "mysql://x", "postgres://"],
    ["DATABASE_URL", "postgres://ada:s3cr3t-value%@db.example/holdfast", "%25"],
    ["HOLDFAST_CREDENTIAL_SHOP_DB", "postgres://ada:s3cr3t-value%@db.example/shop", "%25"],
    ["HOLDFAST_HOST", "a b", "127.0.0.1"],
    ["HOLDFAST_PORT", "80000", "65535"],
    ["HOLDFAST_PORT", "1e3", "65535"],
    ["HOLDFAST_PUBLIC_URL", "http://holdfast.example.com", "https://"],
    ["HOLDFAST_PUBLIC_URL", "https://example.com/holdfast", "without a path"],
    ["HOLDFAST_PUBLIC_URL", "holdfast.example.com", "https://"],
    ["HOLDFAST_LOG_LEVEL", "loud", "debug"],
    ["HOLDFAST_CAPACITY", "0", "from 1"],
    ["HOLDFAST_LEASE", "soon", "15s"],
    ["HOLDFAST_LEASE", "1ms", "500ms"],
    ["HOLDFAST_KEEP_HISTORY", "365", "365d"],
    ["HOLDFAST_KEEP_HISTORY", "90m", "at least 1d"],
    ["HOLDFAST_METRICS_TOKEN", "short", "16 characters"],
    ["HOLDFAST_HOST_ALIASES", "shop", "name=host:port"],
    ["OPENAI_BASE_URL", "ftp://x", "https://"],
    ["HOLDFAST_CREDENTIAL_PAYMENTS", "s3cr3t-value", "Bearer TOKEN"],
  ])("%s=%s", (name, value, hint) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(name);
    expect(lines[0]).toContain(hint);
    expect(lines[0]).not.toContain("s3cr3t-value");
  });

  test("all of them at once", () => {
    expect(linesOf({ HOLDFAST_PORT: "x", HOLDFAST_LOG_LEVEL: "x", HOLDFAST_CREDENTIAL_A: "x" })).toHaveLength(3);
  });
});

describe("credentials", () => {
  test.each([
    ["Bearer tok-123456", { type: "bearer", token: "tok-123456" }],
    ["Basic ada:pass:word", { type: "basic", username: "ada", password: "pass:word" }],
    ["Header X-Api-Key: abc def", { type: "header", name: "X-Api-Key", value: "abc def" }],
    ["Query api_key: abc def", { type: "query", name: "api_key", value: "abc def" }],
    [
      "OAuth2 shop:s3:cret https://login.example.com/token orders:read orders:write",
      {
        type: "oauth2",
        tokenUrl: "https://login.example.com/token",
        clientId: "shop",
        clientSecret: "s3:cret",
        scope: "orders:read orders:write",
      },
    ],
    ["Webhook https://hooks.example.com/a/b", { type: "webhook", url: "https://hooks.example.com/a/b" }],
    ["smtp://ada:pw@mail.example.com:587", { type: "smtp", url: "smtp://ada:pw@mail.example.com:587" }],
  ])("%s", (text, value) => {
    const { credentials } = readConfig({ HOLDFAST_CREDENTIAL_PAYMENTS: text });
    expect(credentials.get(credentialVariable("payments"))?.reveal()).toEqual(value);
  });

  test("a name's signs that no variable can have are underscores", () => {
    expect(credentialVariable("payments-eu.v2")).toBe("HOLDFAST_CREDENTIAL_PAYMENTS_EU_V2");
  });

  test("reads the keys of language models", () => {
    const { ai } = readConfig({
      OPENAI_API_KEY: "sk-1",
      HOLDFAST_AI_MODEL: "anthropic/claude-sonnet-5",
      ANTHROPIC_API_KEY: "sk-ant-1",
      GOOGLE_GENERATIVE_AI_API_KEY: "goog-1",
      GOOGLE_GENERATIVE_AI_BASE_URL: "https://models.example.com/v1beta",
    });
    expect(ai).toEqual({
      apiKey: "sk-1",
      model: "anthropic/claude-sonnet-5",
      anthropic: { apiKey: "sk-ant-1" },
      google: { apiKey: "goog-1", baseUrl: "https://models.example.com/v1beta" },
    });
  });

  test("no secret of the environment can be printed, and all are known to the logs", () => {
    const config = readConfig({
      DATABASE_URL: "postgres://ada:db-pass-1@host/db",
      OPENAI_API_KEY: "sk-openai-1",
      ANTHROPIC_API_KEY: "sk-ant-1",
      GOOGLE_GENERATIVE_AI_API_KEY: "google-key-1",
      HOLDFAST_CREDENTIAL_A: "Bearer token-1",
      HOLDFAST_CREDENTIAL_B: "Basic ada:basic-1",
      HOLDFAST_CREDENTIAL_C: "smtp://ada:smtp-pass-1@host",
      HOLDFAST_METRICS_TOKEN: "metrics-token-1-1",
    });
    const secrets = [
      "db-pass-1",
      "sk-openai-1",
      "sk-ant-1",
      "google-key-1",
      "token-1",
      "basic-1",
      "smtp-pass-1",
      "metrics-token-1-1",
    ];
    const { ai: _, ...rest } = config;
    for (const secret of secrets) {
      expect(inspect(rest, { depth: 9 })).not.toContain(secret);
      expect(JSON.stringify(rest)).not.toContain(secret);
      expect(config.scrubber.scrub(`x ${secret} y`)).not.toContain(secret);
    }
  });
});
