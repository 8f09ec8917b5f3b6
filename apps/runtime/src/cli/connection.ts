/** Which server a command talks to: what was told, else the environment, else the demo that runs here. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { CliError } from "./cli-error.ts";
import type { CliIo } from "./io.ts";

export interface Connection {
  readonly url: string;
  readonly key: string;
}

export interface ConnectionOptions {
  readonly url?: string;
  readonly key?: string;
}

const demoFile = z.object({ url: z.string(), apiKey: z.string() });

/** @throws CliError `no_server` if nothing says where the server is, or with which key. */
export async function resolveConnection(io: CliIo, options: ConnectionOptions): Promise<Connection> {
  const told = {
    url: options.url ?? setIn(io, "HOLDFAST_URL"),
    key: options.key ?? setIn(io, "HOLDFAST_API_KEY"),
  };
  const { url, apiKey: key } =
    told.url !== undefined && told.key !== undefined
      ? { url: told.url, apiKey: told.key }
      : await readDemo(join(io.cwd, ".holdfast", "demo.json"), told);
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new CliError(
      "no_server",
      `${JSON.stringify(url)} is not the address of a server, such as http://127.0.0.1:4400`,
    );
  }
  return { url: url.replace(/\/+$/, ""), key };
}

/** An empty variable is one that is not set. */
function setIn(io: CliIo, name: string): string | undefined {
  const value = io.env[name];
  return value === "" ? undefined : value;
}

async function readDemo(
  file: string,
  told: { readonly url: string | undefined; readonly key: string | undefined },
): Promise<z.infer<typeof demoFile>> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) {
    const missing = told.url === undefined ? "--url or HOLDFAST_URL" : "--key or HOLDFAST_API_KEY";
    throw new CliError("no_server", `tell the server with ${missing}; there is no .holdfast/demo.json here either`);
  }
  const demo = demoFile.safeParse(parse(text));
  if (!demo.success) throw new CliError("no_server", `${file} is not what holdfast up writes`);
  // A key is for its own server: it is not sent to another one that was told by hand.
  if (told.url !== undefined && told.url.replace(/\/+$/, "") !== demo.data.url) {
    throw new CliError("no_server", `tell the key for ${told.url} with --key or HOLDFAST_API_KEY`);
  }
  return { url: demo.data.url, apiKey: told.key ?? demo.data.apiKey };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
