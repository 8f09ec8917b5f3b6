/** Tries a credential out: the least that shows whether its target takes it, by the guarded door. */
import {
  actionNodes,
  type Credential,
  DeliveryError,
  freshToken,
  type GuardedFetch,
  OutboundError,
  signInOnly,
  signInToPostgres,
  smtpError,
} from "@holdfast/nodes/executors";
import { memoryModels } from "@holdfast/nodes";
import type { Logger } from "../log/logger.ts";
import { CredentialDoor } from "./credential-door.ts";

export interface TestedCredential {
  readonly ok: boolean;
  /** What the other side said, without anything of the secret. */
  readonly message: string;
}

export interface TestMeans {
  readonly fetch: GuardedFetch;
  readonly log: Logger;
}

export interface ToTest {
  readonly name: string;
  readonly credential: Credential;
  readonly hosts: readonly string[];
  /** Of credentials for HTTP. */
  readonly testUrl: string | null;
}

/** Milliseconds. */
const PATIENCE_MS = 15_000;

export async function testCredential(means: TestMeans, asked: ToTest): Promise<TestedCredential> {
  const { credential, hosts, name, testUrl } = asked;
  const door = new CredentialDoor(means.fetch, async () => ({ name, credential, hosts }));
  await door.credential();
  const value = credential.reveal();
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    switch (value.type) {
      case "smtp":
        await signInOnly(value.url, { connect: door.fetch.connect, signal });
        return { ok: true, message: "The mail server takes the login." };
      case "connectionString":
        return await testConnection(value.url, door.fetch, signal);
      case "oauth2": {
        await freshToken(credential, value, { fetch: door.fetch, signal, now: Date.now });
        if (testUrl !== null) return await testHttp(means, door, testUrl, signal);
        return { ok: true, message: "The server gives a token." };
      }
      case "webhook":
        return await testWebhook(value.url, door.fetch, signal);
      case "bearer":
      case "basic":
      case "header":
      case "query":
      case "apiKey":
        return await testHttp(means, door, testUrl ?? "", signal);
    }
  } catch (error) {
    return { ok: false, message: door.redactText(told(error, (text) => credential.redact(text))) };
  }
}

function told(error: unknown, redact: (text: string) => string): string {
  if (error instanceof DeliveryError) return smtpError(error.cause, redact, error.dataSent).message;
  if (error instanceof OutboundError) return error.message;
  return error instanceof Error ? redact(error.message) : "It did not work.";
}

/** HEAD, which changes nothing; where a server knows none, GET. */
async function testHttp(
  { log }: TestMeans,
  door: CredentialDoor,
  url: string,
  signal: AbortSignal,
): Promise<TestedCredential> {
  const node = actionNodes.get("http.request");
  if (node === undefined) return { ok: false, message: "There is no node type http.request here." };
  for (const method of ["HEAD", "GET"] as const) {
    const outcome = door.settle(
      await node.execute({
        params: { method, url },
        key: "credential-test",
        attempt: 1,
        signal,
        now: Date.now,
        fetch: door.fetch,
        credential: door.credential,
        log,
        run: { id: "credential-test", flow: "", version: 0, node: "" },
        ai: memoryModels(),
      }),
    );
    if (outcome.type === "output") return { ok: true, message: `${method} was answered as it should be.` };
    if (outcome.type !== "fail") break;
    const { code, message } = outcome.error;
    if (code === "response_invalid") return { ok: true, message: `${method} was answered.` };
    if (method === "GET" || !["http_405", "http_501"].includes(code)) return { ok: false, message };
  }
  return { ok: false, message: "There was no answer." };
}

const SLACK = /(?:^|\.)slack(?:-gov)?\.com$/;

/** Nothing is posted. Slack says whether it knows the address before it looks for a text; others can't be asked. */
async function testWebhook(address: string, fetch: GuardedFetch, signal: AbortSignal): Promise<TestedCredential> {
  const { hostname, port, protocol } = new URL(address);
  if (!SLACK.test(hostname)) {
    const usual = protocol === "http:" ? 80 : 443;
    const socket = await fetch.connect({
      host: hostname.replaceAll(/[[\]]/g, ""),
      port: port === "" ? usual : Number(port),
      signal,
    });
    socket.destroy();
    return { ok: true, message: "The server is there. Whether it takes messages shows when a flow sends one." };
  }
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    signal,
    maxRedirects: 0,
    maxResponseBytes: 10_000,
  });
  const answer = await response.text();
  if (response.status === 400 && /^(?:no_text|invalid_payload)$/.test(answer.trim())) {
    return { ok: true, message: "Slack knows the address. Nothing was posted." };
  }
  const why = /^[\w.-]{1,60}$/.test(answer.trim()) ? ` (${answer.trim()})` : "";
  return { ok: false, message: `Slack answered ${response.status}${why}.` };
}

async function testConnection(url: string, { connect }: GuardedFetch, signal: AbortSignal): Promise<TestedCredential> {
  const { hostname, port, protocol } = new URL(url);
  if (/^postgres(?:ql)?:$/.test(protocol)) {
    await signInToPostgres(url, { connect, signal });
    return { ok: true, message: "The database takes the login." };
  }
  if (port === "") return { ok: false, message: "The address names no port to try." };
  const socket = await connect({ host: hostname.replaceAll(/[[\]]/g, ""), port: Number(port), signal });
  socket.destroy();
  return { ok: true, message: "The server is there. Whether it takes the login shows when a flow uses it." };
}
