/**
 * The demo's shop, as a process of its own: it stands for the world outside, so it goes on when the runtime is killed,
 * and a runtime that comes back finds it. What it knows is in a file.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { birthOf } from "../../embedded-postgres/index.ts";
import { CliError } from "../cli-error.ts";

export interface ShopProcess {
  readonly url: string;
  readonly smtpUrl: string;
  stop(): Promise<void>;
}

export interface ShopProcessOptions {
  /** The folder for what lasts. */
  readonly dir: string;
  /** Where its bank sends events, and with which key. */
  readonly holdfast: { readonly url: string; readonly apiKey: string };
  readonly paymentToken: string;
}

const address = z.object({ url: z.string(), smtpUrl: z.string() });
/** What `DIR/shop.json` remembers of the process. */
const record = address.extend({ pid: z.int(), birth: z.string(), holdfast: z.string() });
type Record = z.infer<typeof record>;

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.resolve("@holdfast/shop")));
const PATIENCE_MS = 20_000;

export async function startShopProcess(options: ShopProcessOptions): Promise<ShopProcess> {
  const file = join(options.dir, "shop.json");
  const before = await readRecord(file);
  if (before !== undefined && (await isRunning(before))) {
    if (before.holdfast === options.holdfast.url) return { ...before, stop: () => stop(before, file) };
    await stop(before, file);
  }
  const started = await start(options, before);
  await writeFile(file, JSON.stringify(started), { mode: 0o600 });
  return { ...started, stop: () => stop(started, file) };
}

async function readRecord(file: string): Promise<Record | undefined> {
  try {
    return record.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Its id may have gone to another process since: only the same birth is the same process. */
const isRunning = async ({ pid, birth }: Record): Promise<boolean> => (await birthOf(pid)) === birth;

async function start(options: ShopProcessOptions, before: Record | undefined): Promise<Record> {
  // The same ports as before, so that links in people's browsers stay good; any free ones if they are taken.
  const ports = before === undefined ? [] : portArguments(before);
  try {
    return await launch(options, ports);
  } catch (error) {
    if (ports.length === 0) throw error;
    return launch(options, []);
  }
}

const portArguments = ({ url, smtpUrl }: Record): string[] => [
  "--port",
  new URL(url).port,
  "--smtp-port",
  new URL(smtpUrl).port,
];

async function launch(options: ShopProcessOptions, ports: readonly string[]): Promise<Record> {
  const log = await open(join(options.dir, "shop.log"), "a", 0o600);
  const child = spawn(process.execPath, [MAIN, ...ports, "--data", join(options.dir, "shop.jsonl")], {
    detached: true,
    stdio: ["ignore", "pipe", log.fd],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      TZ: process.env["TZ"],
      SHOP_PAYMENT_TOKEN: options.paymentToken,
      HOLDFAST_URL: options.holdfast.url,
      HOLDFAST_API_KEY: options.holdfast.apiKey,
    },
  });
  try {
    const { url, smtpUrl } = await firstLine(child);
    const birth = child.pid === undefined ? undefined : await birthOf(child.pid);
    if (child.pid === undefined || birth === undefined) throw new Error("it ended at once");
    return { url, smtpUrl, pid: child.pid, birth, holdfast: options.holdfast.url };
  } catch (error) {
    child.kill("SIGKILL");
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError("no_shop", `the demo's shop did not start (${reason}); see ${join(options.dir, "shop.log")}`);
  } finally {
    await log.close();
    child.stdout?.destroy();
    child.unref();
  }
}

/** The shop says in its first line where it is. */
function firstLine(child: ChildProcess): Promise<z.infer<typeof address>> {
  const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof address>>();
  if (child.stdout === null) throw new Error("it has no output");
  const overdue = setTimeout(() => reject(new Error("it did not say where it is")), PATIENCE_MS);
  createInterface({ input: child.stdout }).once("line", (line) => {
    const said = address.safeParse(parse(line));
    if (said.success) resolve(said.data);
    else reject(new Error("it did not say where it is"));
  });
  child.once("error", reject);
  child.once("exit", () => reject(new Error("it ended at once")));
  return promise.finally(() => clearTimeout(overdue));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function stop(shop: Record, file: string): Promise<void> {
  if (await isRunning(shop)) {
    process.kill(shop.pid, "SIGTERM");
    const until = performance.now() + 3_000;
    while ((await isRunning(shop)) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (await isRunning(shop)) process.kill(shop.pid, "SIGKILL");
  }
  // The ports stay remembered; the process is no more.
  await writeFile(file, JSON.stringify({ ...shop, pid: 0, birth: "ended" }), { mode: 0o600 }).catch(() =>
    rm(file, { force: true }),
  );
}
