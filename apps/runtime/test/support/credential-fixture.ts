/** A running host with a store of credentials, its API, its logs, and a target that tells what it was sent. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import { createFetch } from "@holdfast/nodes/executors";
import type { z } from "zod";
import { SCOPES, type Role } from "../../src/access/rights.ts";
import { createApi } from "../../src/api/create-api.ts";
import type { HostSettings } from "../../src/host/start-host.ts";
import { KeyRing, parseSealKeys, type SealKey } from "../../src/credentials/key-ring.ts";
import { Vault, type newCredential } from "../../src/credentials/vault.ts";
import { createPool } from "../../src/database/pool.ts";
import { createKey } from "../../src/keys/key-store.ts";
import { createLogger, type Logger } from "../../src/log/logger.ts";
import { Scrubber } from "../../src/log/scrubber.ts";
import { putPerson } from "../../src/people/person-store.ts";
import { HostFixture, SYSTEM_CALLER } from "./host-fixture.ts";

export const newSealKey = (id: string): SealKey => {
  const [key] = parseSealKeys(`${id}:${randomBytes(32).toString("base64")}`);
  if (key === undefined) throw new Error("no key");
  return key;
};

interface Means {
  readonly keys: { now: readonly SealKey[] };
  readonly log: Logger;
  readonly logs: readonly string[];
  readonly ring: KeyRing;
  readonly learned: (secret: string) => void;
}

type Answer = (headers: IncomingHttpHeaders, response: ServerResponse) => void;

export class CredentialFixture implements AsyncDisposable {
  readonly hosts: HostFixture;
  readonly logs: readonly string[];
  readonly #keys: { now: readonly SealKey[] };
  readonly ring: KeyRing;
  readonly vault: Vault;
  readonly pool: ReturnType<typeof createPool>;
  readonly app: ReturnType<typeof createApi>;
  /** The headers of every request that the target has seen. */
  readonly seen: IncomingHttpHeaders[] = [];
  /** By path. Default: 200 with nothing. */
  readonly answers = new Map<string, Answer>();
  readonly #target: Server;

  private constructor(hosts: HostFixture, target: Server, means: Means) {
    const { keys, log, logs, ring, learned } = means;
    this.hosts = hosts;
    this.logs = logs;
    this.ring = ring;
    this.#keys = keys;
    this.#target = target;
    target.on("request", (request, response) => {
      this.seen.push(request.headers);
      request.resume();
      const answer = this.answers.get(new URL(request.url ?? "/", "http://x").pathname);
      if (answer === undefined) response.writeHead(200, { "content-type": "application/json" }).end("{}");
      else answer(request.headers, response);
    });
    this.pool = createPool({ url: hosts.database.url, max: 4, name: "test", onError: () => undefined });
    const fetch = createFetch({ allow: ["127.0.0.1"] });
    this.vault = new Vault({ database: this.pool, ring, fetch, log, learned });
    this.app = createApi({
      services: hosts.services,
      database: this.pool,
      nodeTypes: hosts.host.manifests,
      logger: log,
      version: "0.0.0-test",
      jobsFetched: async () => true,
      vault: this.vault,
    });
  }

  /** @param settingsOf What the host has beside it; is told where the target is. */
  static async create(settingsOf: (target: string) => Partial<HostSettings> = () => ({})): Promise<CredentialFixture> {
    const hosts = await HostFixture.create();
    const target = createServer();
    await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
    const scrubber = new Scrubber();
    const learned = (secret: string): void => scrubber.add(secret);
    const logs: string[] = [];
    const log = createLogger({ level: "trace", scrubber, destination: { write: (line) => void logs.push(line) } });
    const keys = { now: [newSealKey("first")] };
    const ring = new KeyRing(() => keys.now);
    const settings = settingsOf(urlOf(target));
    // As the configuration does with the one of the environment.
    if (settings.ai?.apiKey !== undefined) learned(settings.ai.apiKey);
    await hosts.start({ log, ring, learned, allowPrivate: ["127.0.0.1"], ...settings });
    return new CredentialFixture(hosts, target, { keys, log, logs, ring, learned });
  }

  /** The keys of this moment, the first of which seals. */
  useKeys(change: (keys: readonly SealKey[]) => readonly SealKey[]): void {
    this.#keys.now = change(this.#keys.now);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get url(): string {
    return urlOf(this.#target);
  }

  /** Stores a credential; for the target, and every flow, unless told otherwise. */
  async set(
    name: string,
    value: z.input<typeof newCredential>["value"],
    grants: Partial<z.input<typeof newCredential>> = {},
  ) {
    await this.vault.set(SYSTEM_CALLER, name, { flows: null, hosts: [`127.0.0.1:${this.port}`], ...grants, value });
  }

  /** A key of a new person with these roles. */
  async key(roles: readonly Role[]): Promise<string> {
    const name = `person-${randomBytes(4).toString("hex")}`;
    const person = await putPerson(this.pool, SYSTEM_CALLER, { email: `${name}@example.com`, name, roles, groups: [] });
    return (await createKey(this.pool, SYSTEM_CALLER, { person, name, scopes: SCOPES })).text;
  }

  async call(path: string, key: string, init: { method?: string; json?: unknown } = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const body = init.json === undefined ? {} : { body: JSON.stringify(init.json) };
    return this.app.request(`http://localhost/api/v1${path}`, { method: init.method ?? "GET", headers, ...body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.end();
    await this.hosts[Symbol.asyncDispose]();
    this.#target.closeAllConnections();
    await new Promise((resolve) => this.#target.close(resolve));
  }
}

function urlOf(target: Server): string {
  const address = target.address();
  if (address === null || typeof address === "string") throw new Error("it does not listen");
  return `http://127.0.0.1:${address.port}`;
}
