/** An app on a database with sample rows, fake services behind it, and keys of people in every role. */
import { pino } from "pino";
import type { Pool } from "pg";
import { ROLES, SCOPES, type Role, type Scope } from "../../src/access/rights.ts";
import { createApi, type ApiOptions } from "../../src/api/create-api.ts";
import { createPool } from "../../src/database/pool.ts";
import { createKey } from "../../src/keys/key-store.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { putPerson } from "../../src/people/person-store.ts";
import type { Caller } from "../../src/services/services.ts";
import { FakeServices } from "./fake-services.ts";
import { createRuntimeDatabase } from "./runtime-database.ts";
import { insertSample } from "./sample-rows.ts";

const OPERATOR: Caller = { workspace: 1, actor: { kind: "system", id: "test" }, door: "system" };

export interface Call {
  readonly method?: string;
  readonly key?: string | null;
  readonly json?: unknown;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

export class ApiFixture implements AsyncDisposable {
  readonly services = new FakeServices();
  readonly pool: Pool;
  readonly #drop: () => Promise<void>;
  readonly #keys: ReadonlyMap<Role, { readonly id: string; readonly text: string }>;
  /** Wall clock of the app. */
  now = Date.now();
  app: ReturnType<typeof createApi>;

  constructor(pool: Pool, drop: () => Promise<void>, keys: ReadonlyMap<Role, { id: string; text: string }>) {
    this.pool = pool;
    this.#drop = drop;
    this.#keys = keys;
    this.app = this.createApp();
  }

  static async create(): Promise<ApiFixture> {
    const database = await createRuntimeDatabase();
    const pool = createPool({ url: database.url, max: 4, name: "test", onError: () => {} });
    await insertSample(pool);
    const keys = new Map<Role, { id: string; text: string }>();
    for (const role of ROLES) keys.set(role, await newKey(pool, role, [role], SCOPES));
    return new ApiFixture(
      pool,
      async () => {
        await pool.end();
        await database.drop();
      },
      keys,
    );
  }

  createApp(options: Partial<ApiOptions> = {}): ReturnType<typeof createApi> {
    return createApi({
      services: this.services,
      database: this.pool,
      nodeTypes: [],
      logger: pino({ level: "silent" }),
      metrics: createMetrics(),
      version: "0.0.0-test",
      jobsFetched: async () => true,
      now: () => this.now,
      demo: { links: { mails: "http://127.0.0.1:1/mails" }, people: [] },
      ...options,
    });
  }

  key(role: Role): string {
    return this.#keys.get(role)?.text ?? "";
  }

  keyId(role: Role): string {
    return this.#keys.get(role)?.id ?? "";
  }

  /** A new person with these roles, and a key with these scopes. */
  newKey(roles: readonly Role[], scopes: readonly Scope[]): Promise<{ id: string; text: string }> {
    return newKey(this.pool, `person-${Math.random().toString(36).slice(2)}`, roles, scopes);
  }

  /** Calls with the administrator's key unless told otherwise; null: without one. */
  async call(path: string, call: Call = {}): Promise<Response> {
    const key = call.key === undefined ? this.key("administrator") : call.key;
    const body = call.json === undefined ? call.body : JSON.stringify(call.json);
    const headers: Record<string, string> = {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...call.headers,
    };
    const init = { method: call.method ?? (body === undefined ? "GET" : "POST"), headers };
    return this.app.request(`http://localhost${path}`, body === undefined ? init : { ...init, body });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#drop();
  }
}

async function newKey(
  pool: Pool,
  name: string,
  roles: readonly Role[],
  scopes: readonly Scope[],
): Promise<{ id: string; text: string }> {
  const person = await putPerson(pool, OPERATOR, { email: `${name}@example.com`, name, roles, groups: [] });
  return createKey(pool, OPERATOR, { person, name, scopes });
}
