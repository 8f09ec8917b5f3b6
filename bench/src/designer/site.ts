/** The built pages, served by `holdfast up --demo` on data of its own. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FlowDocument } from "@holdfast/dsl";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const demoSchema = z.object({
  url: z.string(),
  apiKey: z.string(),
  people: z.array(z.object({ email: z.string(), password: z.string(), roles: z.array(z.string()) })),
});

export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Of somebody who draws flows. */
  readonly analyst: { readonly email: string; readonly password: string };
  /** Publishes a flow. @throws Error if it is refused */
  publish(flow: FlowDocument): Promise<void>;
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
    const publish = async (flow: FlowDocument): Promise<void> => {
      const answer = await fetch(`${url}/api/v1/flows/${flow.id}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(flow),
      });
      if (!answer.ok) throw new Error(`the flow was refused: ${answer.status} ${await answer.text()}`);
    };
    return { url, analyst, publish, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
