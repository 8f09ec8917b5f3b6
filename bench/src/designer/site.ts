/** The built pages, served by `holdfast up --demo` on data of its own. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FlowDocument, JsonObject } from "@holdfast/dsl";
import type { Page } from "@playwright/test";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const demoSchema = z.object({
  url: z.string(),
  apiKey: z.string(),
  people: z.array(z.object({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
});

interface Person {
  readonly email: string;
  readonly password: string;
}

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Of somebody who draws flows. */
  readonly analyst: Person;
  /** Of somebody who decides. */
  readonly manager: Person;
  /** Publishes a flow. @throws Error if it is refused */
  publish(flow: FlowDocument): Promise<void>;
  /** Sends events. @throws Error if they are refused */
  send(events: readonly { readonly name: string; readonly data: JsonObject }[]): Promise<void>;
}

export function buildPages(): void {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const { status, stderr } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: join(ROOT, "apps/designer"),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the pages could not be built: ${stderr}`);
}

export async function openSite(): Promise<Site> {
  const dir = await mkdtemp(join(tmpdir(), "holdfast-bench-pages-"));
  // Root's Postgres runs as somebody else, who has to reach its data.
  await chmod(dir, 0o711);
  const child = spawn(
    process.execPath,
    [join(ROOT, "apps/runtime/bin/holdfast.mjs"), "up", "--demo", "--data", dir, "--port", "0"],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, OPENAI_API_KEY: "", DATABASE_URL: "" } },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const ready = Promise.withResolvers<undefined>();
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("Holdfast is ready at ")) ready.resolve(undefined);
    });
    child.once("exit", (code) => ready.reject(new Error(`holdfast up ended with ${code}`)));
    await ready.promise;
    const { url, apiKey, people } = demoSchema.parse(JSON.parse(await readFile(join(dir, "demo.json"), "utf8")));
    const analyst = people.find(({ roles }) => roles.includes("analyst"));
    if (analyst === undefined) throw new Error("the demo has no analyst");
    const manager = people.find(({ roles }) => roles.length === 1 && roles[0] === "manager");
    if (manager === undefined) throw new Error("the demo has no manager");
    const call = async (method: "PUT" | "POST", path: string, body: unknown): Promise<void> => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path} was refused: ${answer.status} ${await answer.text()}`);
    };
    const publish: Site["publish"] = (flow) => call("PUT", `/flows/${flow.id}`, flow);
    const send: Site["send"] = (events) => call("POST", "/events", events);
    return { url, analyst, manager, publish, send, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** In the browser, as one of the demo's people. */
export async function signIn(page: Page, { url }: Pick<Site, "url">, { email, password }: Person): Promise<void> {
  const answer = await page.request.post(`${url}/rpc/session.signIn`, {
    headers: { origin: url, "sec-fetch-site": "same-origin" },
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`nobody could sign in: ${answer.status()}`);
}
