/** What a test of kills happens in: a database of its own, and the targets of effects, which outlive every kill. */
import { builtinManifests } from "@holdfast/nodes/manifests";
import { type Ledger, startLedger } from "@holdfast/testkit/ledger";
import { type MailLedger, startMailLedger } from "@holdfast/testkit/ledger-mail";
import {
  FAKE_KEY,
  type FakeOpenAi,
  type LedgerEntry,
  type Protocol,
  type Reply,
  startOpenAi,
} from "@holdfast/testkit/openai/server";
import type pg from "pg";
import { createPool } from "../../../src/database/pool.ts";
import { type RunningHost, startHost } from "../../../src/host/start-host.ts";
import { createLogger } from "../../../src/log/logger.ts";
import { Scrubber } from "../../../src/log/scrubber.ts";
import { publishFlow } from "../../../src/services/publish-flow.ts";
import { createRuntimeDatabase } from "../../support/runtime-database.ts";
import { CLIENT } from "./door.ts";
import { durableNode } from "./durable-node.ts";
import type { Flow } from "./flows.ts";
import { HostProcess, type HostProcessOptions } from "./host-process.ts";
import { hostSettings } from "./host-settings.ts";
import type { HostOfTest } from "./messages.ts";
import { middleNode } from "./middle-node.ts";
import { Shop } from "./shop.ts";
import { Web } from "./web.ts";
import { writingNode } from "./writing-node.ts";

const MANIFESTS = [...builtinManifests, durableNode.manifest, middleNode.manifest, writingNode.manifest];

/** Leases of a second: a test that kills waits for one. */
const QUICK = { role: "all", capacity: 500, leaseMs: 1_000, sweepMs: 100 } as const;

/** A model whose answers a test decides. */
interface Model {
  reply: (request: LedgerEntry) => Reply;
}

interface WorldOptions {
  readonly databaseUrl?: string;
  readonly api?: Protocol;
}

interface Targets {
  readonly databaseUrl: string;
  readonly ledger: Ledger;
  readonly mail: MailLedger;
  readonly web: Web;
  readonly model: Model;
  readonly ai: FakeOpenAi;
  readonly api: Protocol;
}

export class World implements AsyncDisposable {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly ledger: Ledger;
  readonly mail: MailLedger;
  readonly model: Model;
  /** To be opened by whoever uses it. */
  readonly shop: Shop;
  readonly web: Web;
  readonly #ai: FakeOpenAi;
  readonly #api: Protocol;
  readonly #own: AsyncDisposableStack;
  readonly #processes: HostProcess[] = [];

  private constructor(targets: Targets, own: AsyncDisposableStack) {
    this.databaseUrl = targets.databaseUrl;
    this.ledger = targets.ledger;
    this.mail = targets.mail;
    this.web = targets.web;
    this.model = targets.model;
    this.#ai = targets.ai;
    this.#api = targets.api;
    this.#own = own;
    this.pool = createPool({ url: this.databaseUrl, max: 4, name: "test", onError: () => undefined });
    own.defer(() => this.pool.end());
    this.shop = own.use(new Shop(this.databaseUrl));
  }

  /**
   * `databaseUrl`: of a migrated database that somebody else takes away. `api`: how models are asked; default: as OpenAI
   * itself is.
   */
  static async create({ databaseUrl, api = "responses" }: WorldOptions = {}): Promise<World> {
    const own = new AsyncDisposableStack();
    const url = databaseUrl ?? own.use(await createRuntimeDatabase()).url;
    const ledger = own.use(await startLedger());
    const mail = own.use(await startMailLedger());
    const web = own.use(await Web.open());
    const model: Model = { reply: () => ({ kind: "json", value: { isEligible: true } }) };
    const ai = own.use(await startOpenAi((request) => model.reply(request)));
    return new World({ databaseUrl: url, ledger, mail, web, model, ai, api }, own);
  }

  /** What the model's provider has said of tokens. */
  get told(): FakeOpenAi["told"] {
    return this.#ai.told;
  }

  /** Publishes as a door would; no host has to live. */
  async publish({ id, ...flow }: Flow): Promise<void> {
    const document = { dsl: 1, id, name: id, triggers: [{ type: "call" }], ...flow };
    await publishFlow({ database: this.pool, manifests: MANIFESTS }, CLIENT, { id, document });
  }

  /** A host in this process. Stopped with the world. */
  async host(more: Partial<HostOfTest> = {}): Promise<RunningHost> {
    const level = process.env["HOLDFAST_TEST_LOG"] === undefined ? "silent" : "debug";
    const log = createLogger({ level, scrubber: new Scrubber() });
    const host = await startHost(hostSettings({ ...this.#settings(), ...more }, log));
    this.#own.defer(() => host.stop());
    return host;
  }

  /** A host in a process of its own. Killed with the world. */
  async process(options: HostProcessOptions & Partial<HostOfTest> = {}): Promise<HostProcess> {
    const { failpoint, ...more } = options;
    const settings = { ...this.#settings(), ...more };
    const started = this.#own.use(await HostProcess.start(settings, failpoint === undefined ? {} : { failpoint }));
    this.#processes.push(started);
    return started;
  }

  /** How often the model was asked, by whichever process. */
  get asked(): number {
    return this.#ai.requests.length;
  }

  /** Ids of the hosts whose processes have died. */
  get deadWorkers(): readonly number[] {
    return this.#processes.filter((process) => process.dead).map((process) => process.workerId);
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#own.disposeAsync();
  }

  #settings(): HostOfTest {
    return {
      ...QUICK,
      databaseUrl: this.databaseUrl,
      mailUrl: this.mail.url,
      shopUrl: this.shop.url,
      chatUrl: `${this.web.url}/chat`,
      ai: { baseUrl: this.#ai.url, apiKey: FAKE_KEY, api: this.#api },
    };
  }
}
