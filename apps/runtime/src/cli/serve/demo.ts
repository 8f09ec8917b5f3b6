/** The demo around a runtime: people, keys, the shop, and the flows that talk to it. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Credential } from "@holdfast/nodes/executors";
import type { Pool } from "pg";
import { actorText, type Actor } from "../../actor/actor.ts";
import { credentialVariable } from "../../config/credential-text.ts";
import type { Config } from "../../config/config.ts";
import { createPool } from "../../database/pool.ts";
import { ensureDemo, type Demo } from "../../people/demo-people.ts";
import type { DemoMode } from "../../rpc/context.ts";
import type { Services } from "../../services/services.ts";
import { table } from "../table.ts";
import { readKeptDemo, writeDemo } from "./demo-file.ts";
import type { Lifetime } from "./lifetime.ts";
import { startShopProcess } from "./shop-process.ts";

export interface DemoOptions {
  readonly dir: string;
  /** Migrated. */
  readonly databaseUrl: string;
  readonly config: Config;
  readonly lifetime: Lifetime;
  readonly progress: (message: string) => void;
  /** Where this Holdfast is reached. */
  readonly url: string;
}

export interface RunningDemo {
  /** The configuration with what leads to the shop. */
  readonly config: Config;
  readonly mode: DemoMode;
  readonly shop: { readonly url: string; readonly mails: string };
  /** `DIR/demo.json`. */
  readonly file: string;
  /** Who the people are, for a terminal. */
  readonly lines: readonly string[];
  /** Publishes the demo's flows, unless somebody has published a version of their own: a restart changes nothing of theirs. */
  deploy(services: Services): Promise<void>;
}

const DEMO: Actor = { kind: "system", id: "demo" };

/** By their ids. */
const FLOWS: ReadonlyMap<string, URL> = new Map([
  ["process-refund", new URL("../../../../../examples/refund.flow.json", import.meta.url)],
  ["customer-message", new URL("../../../../../examples/customer-message.flow.json", import.meta.url)],
]);

/** The name under which the example flows know the shop. */
const SHOP_NAME = "shop.localhost";

export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { dir, config, lifetime, url } = options;
  await mkdir(dir, { recursive: true });
  const kept = await readKeptDemo(dir);
  const demo = await preparePeople(options.databaseUrl, kept);
  options.progress("Starting the shop");
  const shop = await startShopProcess({
    dir,
    holdfast: { url, apiKey: demo.bankKey },
    paymentToken: kept.paymentToken,
  });
  await lifetime.add(() => shop.stop());
  const links = { url: shop.url, mails: `${shop.url}/mails` };
  await writeDemo(dir, demo, { url, paymentToken: kept.paymentToken, shop: links });
  for (const secret of [kept.paymentToken, ...demo.people.map((person) => person.password)]) {
    config.scrubber.add(secret);
  }
  return {
    config: withShop(config, shop, kept.paymentToken),
    mode: { links: { shop: links.url, mails: links.mails }, people: demo.people },
    shop: links,
    file: join(dir, "demo.json"),
    lines: demoLines(demo, links, join(dir, "demo.json")),
    deploy: async (services) => {
      for (const [id, file] of FLOWS) {
        if (!(await isChanged(options.databaseUrl, id))) await publish(services, id, file);
      }
    },
  };
}

const preparePeople = (databaseUrl: string, kept: Parameters<typeof ensureDemo>[1]): Promise<Demo> =>
  withPool(databaseUrl, (pool) => ensureDemo(pool, kept));

/** Whether a flow has become somebody's own: published by them, or archived. */
const isChanged = (databaseUrl: string, id: string): Promise<boolean> =>
  withPool(databaseUrl, async (pool) => {
    const found = await pool.query<{ changed: boolean }>(
      `select exists (
         select from holdfast.flows f
          where f.id = $1 and (f.archived_at is not null
            or exists (select from holdfast.flow_versions v where v.flow = f.ref and v.published_by <> $2))
       ) as changed`,
      [id, actorText(DEMO)],
    );
    return found.rows[0]?.changed ?? false;
  });

async function withPool<T>(databaseUrl: string, use: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool({ url: databaseUrl, max: 1, name: "demo", onError: () => undefined });
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

/** What the operator has set stands; the shop fills in the rest. */
function withShop(config: Config, shop: { readonly url: string; readonly smtpUrl: string }, token: string): Config {
  const { hostname, port } = new URL(shop.url);
  const credentials = new Map([
    [credentialVariable("payments"), new Credential({ type: "bearer", token })],
    [credentialVariable("mail"), new Credential({ type: "smtp", url: shop.smtpUrl })],
    ...config.credentials,
  ]);
  const mail = new URL(shop.smtpUrl);
  return {
    ...config,
    credentials,
    hostAliases: new Map([[SHOP_NAME, { host: hostname, port: Number(port) }], ...config.hostAliases]),
    allowPrivate: [...config.allowPrivate, `${mail.hostname}:${mail.port}`],
  };
}

async function publish(services: Services, id: string, file: URL): Promise<void> {
  const caller = { workspace: 1, actor: DEMO, door: "cli" } as const;
  const document: unknown = JSON.parse(await readFile(file, "utf8"));
  await services.publishFlow(caller, id, document);
}

const demoLines = (demo: Demo, shop: { readonly url: string; readonly mails: string }, file: string): string[] => [
  "",
  ...table(
    ["PERSON", "E-MAIL", "PASSWORD", "ROLES"],
    demo.people.map(({ name, email, password, roles, groups }) => [
      name,
      email,
      password,
      [...roles, ...groups].join(" "),
    ]),
  ),
  "",
  `The shop is at ${shop.url}, its mails at ${shop.mails}`,
  `Keys and passwords are in ${file}`,
];
